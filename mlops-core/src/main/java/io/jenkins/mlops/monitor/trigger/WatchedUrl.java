package io.jenkins.mlops.monitor.trigger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.http.BoundedExchange;
import io.jenkins.mlops.http.LimitedBody;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A web address that is watched by its entity tag, else its time of change, else the digest of its content.
 *
 * <p>Redirects are followed where they lead to an allowed address; what authenticates is sent to the first origin only.
 */
public final class WatchedUrl {
    private static final int MAX_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final URI address;
    private final Predicate<URI> allowed;
    private final boolean byContent;
    private final BoundedExchange exchange;

    /**
     * @param address an http or https address
     * @param allowed tells whether an address may be asked; asked for each redirect, too
     * @param byContent true to compare contents though the server has tags, for servers whose tags change by themselves
     * @param maxBytes how long a content may be that is digested
     * @param deadline how long a request may take, content included
     */
    public WatchedUrl(URI address, Predicate<URI> allowed, boolean byContent, long maxBytes, Duration deadline) {
        this.address = address;
        this.allowed = allowed;
        this.byContent = byContent;
        this.exchange = new BoundedExchange(maxBytes, deadline);
    }

    /**
     * Looks.
     *
     * @param before what the last look returned; null for the first
     * @param authorization value of the header {@code Authorization}; null for none
     */
    public DataState look(@CheckForNull DataState before, @CheckForNull String authorization)
            throws IOException, InterruptedException {
        if (!byContent) {
            BoundedExchange.Answer head = send("HEAD", before, authorization, bytes -> {});
            if (head.status() == 304 && before != null) {
                return before;
            }
            String mark = mark(head);
            if (head.status() == 200 && mark != null) {
                return new DataState(
                        mark,
                        1,
                        head.headers().firstValueAsLong("content-length").orElse(-1),
                        -1,
                        tag(head));
            }
            if (head.status() != 200 && head.status() != 405 && head.status() != 501) {
                throw refused(head);
            }
        }
        MessageDigest digest = WatchedFiles.sha256();
        BoundedExchange.Answer get = send("GET", before, authorization, digest::update);
        if (get.status() == 304 && before != null) {
            return before;
        }
        if (get.status() != 200) {
            throw refused(get);
        }
        String mark = byContent ? null : mark(get);
        return new DataState(
                mark == null ? "sha256:" + HexFormat.of().formatHex(digest.digest()) : mark,
                1,
                get.bytes(),
                -1,
                tag(get));
    }

    private IOException refused(BoundedExchange.Answer answer) {
        return new IOException(BoundedExchange.place(address) + " answered " + answer.status() + ", expected 200");
    }

    @CheckForNull
    private static String mark(BoundedExchange.Answer answer) {
        String etag = answer.header("etag");
        if (etag != null && !etag.isBlank()) {
            return "etag:" + clipped(etag);
        }
        String modified = answer.header("last-modified");
        return modified == null || modified.isBlank()
                ? null
                : "modified:" + clipped(modified) + ", "
                        + answer.headers().firstValueAsLong("content-length").orElse(-1);
    }

    /** What the next request may ask with: {@code E} and the entity tag, or {@code M} and the time of change. */
    private static String tag(BoundedExchange.Answer answer) {
        String etag = answer.header("etag");
        if (etag != null && !etag.isBlank() && etag.length() < 1_000) {
            return "E" + etag;
        }
        String modified = answer.header("last-modified");
        return modified == null || modified.length() > 100 ? "" : "M" + modified;
    }

    private static String clipped(String text) {
        return text.length() > 1_000 ? text.substring(0, 1_000) : text;
    }

    private BoundedExchange.Answer send(
            String method, @CheckForNull DataState before, @CheckForNull String authorization, LimitedBody.Sink sink)
            throws IOException, InterruptedException {
        URI target = address;
        for (int redirects = 0; ; redirects++) {
            if (!allowed.test(target)) {
                throw new IOException(BoundedExchange.origin(target)
                        + " may not be called: an administrator has to add it to the allowed hosts");
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(target)
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .header("User-Agent", "Jenkins-MLOps");
            if (before != null && before.tag().startsWith("E")) {
                request.header("If-None-Match", before.tag().substring(1));
            } else if (before != null && before.tag().startsWith("M")) {
                request.header("If-Modified-Since", before.tag().substring(1));
            }
            if (authorization != null && BoundedExchange.origin(target).equals(BoundedExchange.origin(address))) {
                request.header("Authorization", authorization);
            }
            BoundedExchange.Answer answer = exchange.send(request.build(), sink);
            String location = answer.header("location");
            if (!REDIRECTS.contains(answer.status()) || location == null) {
                return answer;
            }
            if (redirects >= MAX_REDIRECTS) {
                throw new IOException(
                        BoundedExchange.place(address) + " redirects more than " + MAX_REDIRECTS + " times");
            }
            try {
                target = target.resolve(location);
            } catch (IllegalArgumentException x) {
                throw new IOException(BoundedExchange.place(address) + " redirects to what is no address", x);
            }
        }
    }
}
