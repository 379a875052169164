package io.jenkins.mlops.monitor.drift;

import java.util.HashMap;
import java.util.Map;

/**
 * How often each value occurs, in bounded memory: exact up to {@code most} values, then by the summary of Misra and Gries,
 * in which every count is too low by {@link #error()} at most and rare values are left out.
 */
final class CategoryCounts {
    /** The longest text that is a category by itself; longer ones go by their beginning and a hash. */
    private static final int LONGEST = 200;

    private final int most;
    private final Map<String, Long> counts = new HashMap<>();
    private long total;
    private long error;

    /**
     * @param most so many values are kept, 2 or more
     */
    CategoryCounts(int most) {
        this.most = most;
    }

    void add(String value) {
        add(key(value), 1);
    }

    void add(String key, long count) {
        total += count;
        counts.merge(key, count, Long::sum);
        if (counts.size() > most) {
            reduce();
        }
    }

    /** Rows whose values nobody names, as the rest beside a profile's most frequent ones. */
    void addUnnamed(long count, long itsError) {
        total += count;
        error = Math.max(error, itsError);
    }

    static String key(String value) {
        if (value.length() <= LONGEST) {
            return value;
        }
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < value.length(); i++) {
            hash = (hash ^ value.charAt(i)) * 0x100000001b3L;
        }
        return value.substring(0, LONGEST - 20) + "..." + Long.toHexString(hash);
    }

    /** Takes the median count off every value, which frees at least half of the places. */
    private void reduce() {
        long[] sorted = counts.values().stream().mapToLong(Long::longValue).toArray();
        java.util.Arrays.sort(sorted);
        long by = sorted[sorted.length / 2];
        error += by;
        counts.entrySet().removeIf(entry -> entry.getValue() <= by);
        counts.replaceAll((value, count) -> count - by);
    }

    Map<String, Long> counts() {
        return counts;
    }

    /** All rows, those of left out values included. */
    long total() {
        return total;
    }

    /** By how much a count may be too low. */
    long error() {
        return error;
    }

    boolean exact() {
        return error == 0;
    }
}
