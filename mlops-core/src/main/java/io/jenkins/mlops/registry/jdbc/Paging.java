package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Page;
import java.util.List;
import java.util.function.Function;

/** Cuts a list that was asked one item too long into a page. */
final class Paging {
    private Paging() {}

    /** A page of at most {@code limit} items; {@code token} is what the next page begins after. */
    static <T> Page<T> of(List<T> found, int limit, Function<T, String> token) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, limit);
        return new Page<>(items, token.apply(items.get(limit - 1)));
    }

    /** The number in a token; {@code start} for the first page. */
    static long number(@CheckForNull String token, long start) {
        if (token == null) {
            return start;
        }
        try {
            return Long.parseLong(token);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Not a page token of this list: " + token, e);
        }
    }
}
