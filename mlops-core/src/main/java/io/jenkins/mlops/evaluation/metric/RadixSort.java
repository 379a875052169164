package io.jenkins.mlops.evaluation.metric;

/**
 * Sorts non-negative longs, optionally with their rows, by least significant digit first: a few sequential passes, where
 * comparing sorts take twenty random ones. Stable.
 */
final class RadixSort {
    private static final int BITS = 11;
    private static final int BUCKETS = 1 << BITS;
    private static final int PASSES = 6;

    /** Below this many keys a comparing sort is faster than clearing the buckets. */
    private static final int SMALL = 3_000;

    private RadixSort() {}

    /** Sorts ascending and returns the sorted array, which is {@code keys} or a new one; {@code keys} is spent. */
    static long[] sort(long[] keys) {
        if (keys.length < SMALL) {
            java.util.Arrays.sort(keys);
            return keys;
        }
        int[][] counts = histograms(keys);
        long[] from = keys;
        long[] to = new long[keys.length];
        for (int pass = 0; pass < PASSES; pass++) {
            int[] next = starts(counts[pass], keys.length);
            if (next == null) {
                continue;
            }
            int shift = pass * BITS;
            for (long key : from) {
                to[next[(int) (key >>> shift) & (BUCKETS - 1)]++] = key;
            }
            long[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    /** Sorts keys ascending in place of the caller's arrays and returns the rows in the order of their keys. */
    static int[] order(long[] keys) {
        int n = keys.length;
        int[][] counts = histograms(keys);
        int[] from = new int[n];
        for (int i = 0; i < n; i++) {
            from[i] = i;
        }
        int[] to = new int[n];
        for (int pass = 0; pass < PASSES; pass++) {
            int[] next = starts(counts[pass], n);
            if (next == null) {
                continue;
            }
            int shift = pass * BITS;
            for (int row : from) {
                to[next[(int) (keys[row] >>> shift) & (BUCKETS - 1)]++] = row;
            }
            int[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private static int[][] histograms(long[] keys) {
        int[][] counts = new int[PASSES][BUCKETS];
        int[] c0 = counts[0];
        int[] c1 = counts[1];
        int[] c2 = counts[2];
        int[] c3 = counts[3];
        int[] c4 = counts[4];
        int[] c5 = counts[5];
        int mask = BUCKETS - 1;
        for (long key : keys) {
            c0[(int) key & mask]++;
            c1[(int) (key >>> BITS) & mask]++;
            c2[(int) (key >>> 2 * BITS) & mask]++;
            c3[(int) (key >>> 3 * BITS) & mask]++;
            c4[(int) (key >>> 4 * BITS) & mask]++;
            c5[(int) (key >>> 5 * BITS) & mask]++;
        }
        return counts;
    }

    /** Where each bucket begins; null if all keys fall into one, so that the pass would change nothing. */
    private static int[] starts(int[] counts, int n) {
        int[] starts = new int[BUCKETS];
        int sum = 0;
        for (int i = 0; i < BUCKETS; i++) {
            if (counts[i] == n) {
                return null;
            }
            starts[i] = sum;
            sum += counts[i];
        }
        return starts;
    }
}
