package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.List;

/**
 * One page of a longer list.
 *
 * @param items in the list's order
 * @param nextToken asks for the page after this one; null when this is the last
 */
public record Page<T>(List<T> items, @CheckForNull String nextToken) implements Serializable {
    public Page {
        items = Limits.list("A page's items", items, Integer.MAX_VALUE);
    }

    /**
     * Which page is asked for.
     *
     * @param limit most items on it, 1 to 1,000
     * @param token {@link Page#nextToken} of the page before; null or empty for the first
     */
    public record Request(int limit, @CheckForNull String token) implements Serializable {
        public Request {
            limit = (int) Limits.range("A page's size", limit, 1, 1_000);
            token = token == null || token.isEmpty() ? null : Limits.line("A page's token", token, Limits.LINE);
        }

        /** The first page. */
        public static Request first(int limit) {
            return new Request(limit, null);
        }
    }
}
