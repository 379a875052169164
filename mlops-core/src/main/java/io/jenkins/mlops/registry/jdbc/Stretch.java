package io.jenkins.mlops.registry.jdbc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A stretch of a sorted list of known length, looked for from the nearer end, because what comes before it is passed
 * over entry by entry.
 *
 * @param offset how many entries stand before it, from that end
 * @param count how many entries it has
 * @param descending whether it is read from the greatest down
 * @param isFromEnd whether it is read from the list's end
 */
record Stretch(long offset, int count, boolean descending, boolean isFromEnd) {
    /** The stretch after {@code offset} entries, of {@code limit} entries as far as there are so many. */
    static Stretch of(long offset, int limit, long total, boolean descending) {
        int count = (int) Math.max(0, Math.min(limit, total - offset));
        long after = total - offset - count;
        return count > 0 && after < offset
                ? new Stretch(after, count, !descending, true)
                : new Stretch(offset, count, descending, false);
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** What follows each column of the order in SQL. */
    String direction() {
        return descending ? " DESC" : "";
    }

    /** What was read, in the list's order. */
    <T> List<T> inOrder(List<T> read) {
        if (!isFromEnd) {
            return read;
        }
        List<T> turned = new ArrayList<>(read);
        Collections.reverse(turned);
        return turned;
    }
}
