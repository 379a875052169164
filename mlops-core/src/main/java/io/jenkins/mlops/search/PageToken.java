package io.jenkins.mlops.search;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Page tokens that belong to their query: one that was given for another query is refused, instead of answering with
 * a page of something else.
 */
public final class PageToken {
    private static final int BOUND = 8;
    private static final int MAX_LENGTH = 4_000;

    private PageToken() {}

    /**
     * The token for the page that begins at a position.
     *
     * @param query the query, whole, in one form
     * @param position the store's own token; null when there is no further page
     */
    @CheckForNull
    public static String give(String query, @CheckForNull String position) {
        if (position == null) {
            return null;
        }
        byte[] at = position.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(hash(query), BOUND + at.length);
        System.arraycopy(at, 0, all, BOUND, at.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /**
     * The position in a token.
     *
     * @param token null or empty for the first page, whose position is null
     * @throws IllegalArgumentException when it is no token, or one of another query
     */
    @CheckForNull
    public static String take(String query, @CheckForNull String token) {
        if (token == null || token.isEmpty()) {
            return null;
        }
        byte[] all = {};
        if (token.length() <= MAX_LENGTH && token.matches("[A-Za-z0-9_-]+")) {
            try {
                all = Base64.getUrlDecoder().decode(token);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("Invalid page token: it is not one of this server's", e);
            }
        }
        if (all.length <= BOUND) {
            throw new IllegalArgumentException("Invalid page token: it is not one of this server's");
        }
        if (!MessageDigest.isEqual(Arrays.copyOf(all, BOUND), hash(query))) {
            throw new IllegalArgumentException("Invalid page token: it was given for another query. Repeat the query"
                    + " that it came from, or leave the token out");
        }
        return new String(all, BOUND, all.length - BOUND, StandardCharsets.UTF_8);
    }

    private static byte[] hash(String query) {
        try {
            return Arrays.copyOf(
                    MessageDigest.getInstance("SHA-256").digest(query.getBytes(StandardCharsets.UTF_8)), BOUND);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
