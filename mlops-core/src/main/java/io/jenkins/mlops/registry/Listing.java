package io.jenkins.mlops.registry;

import java.io.Serializable;
import java.util.List;

/**
 * A stretch of a sorted list, for pages with numbers.
 *
 * @param items in the list's order
 * @param total how many items the whole list has
 * @param offset how many items stand before the first of these
 * @param limit most items asked for
 */
public record Listing<T>(List<T> items, long total, int offset, int limit) implements Serializable {
    public Listing {
        items = Limits.list("A listing's items", items, Integer.MAX_VALUE);
    }

    /** Whether there are items after these. */
    public boolean hasMore() {
        return offset + (long) items.size() < total;
    }
}
