package io.jenkins.mlops.evaluation.metric;

import java.util.Arrays;
import java.util.concurrent.ForkJoinTask;

/**
 * Sorts non-negative longs, optionally with their rows, by least significant digit first: a few sequential passes, where
 * comparing sorts take twenty random ones. Stable.
 */
public final class RadixSort {
    private static final int BITS = 11;
    private static final int BUCKETS = 1 << BITS;
    private static final int PASSES = 6;

    /** Below this many keys a comparing sort is faster than clearing the buckets. */
    private static final int SMALL = 3_000;

    /** From this many keys on, the work is worth a second thread. */
    private static final int PARALLEL = 1_000_000;

    private RadixSort() {}

    /** Sorts ascending and returns the sorted array, which is {@code keys} or a new one; {@code keys} is spent. */
    public static long[] sort(long[] keys) {
        if (keys.length < SMALL) {
            Arrays.sort(keys);
            return keys;
        }
        long[] other = new long[keys.length];
        if (keys.length < PARALLEL) {
            return sort(keys, other, 0, keys.length) ? keys : other;
        }
        // Two halves by size of the keys, so that each can be sorted by a thread of its own.
        long pivot = median(keys);
        int low = 0;
        int high = keys.length;
        for (long key : keys) {
            if (key < pivot) {
                other[low++] = key;
            } else {
                other[--high] = key;
            }
        }
        int middle = low;
        ForkJoinTask<Boolean> upper =
                ForkJoinTask.adapt(() -> sort(other, keys, middle, keys.length)).fork();
        boolean lowerStays = sort(other, keys, 0, middle);
        boolean upperStays = upper.join();
        // Passes that would change nothing are left out, so that the halves may end in different arrays.
        if (lowerStays && !upperStays) {
            System.arraycopy(keys, middle, other, middle, keys.length - middle);
        } else if (!lowerStays && upperStays) {
            System.arraycopy(other, middle, keys, middle, keys.length - middle);
        }
        return lowerStays ? other : keys;
    }

    private static long median(long[] keys) {
        long[] sample = new long[1_001];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = keys[(int) ((long) i * (keys.length - 1) / (sample.length - 1))];
        }
        Arrays.sort(sample);
        return sample[sample.length / 2];
    }

    /** Sorts a range with the help of the same range of another array; tells whether it ended in the first. */
    private static boolean sort(long[] keys, long[] other, int start, int end) {
        int[][] counts = histograms(keys, start, end);
        long[] from = keys;
        long[] to = other;
        for (int pass = 0; pass < PASSES; pass++) {
            int[] next = starts(counts[pass], start, end - start);
            if (next == null) {
                continue;
            }
            int shift = pass * BITS;
            for (int i = start; i < end; i++) {
                long key = from[i];
                to[next[(int) (key >>> shift) & (BUCKETS - 1)]++] = key;
            }
            long[] swap = from;
            from = to;
            to = swap;
        }
        return from == keys;
    }

    /** Sorts keys ascending in place of the caller's arrays and returns the rows in the order of their keys. */
    static int[] order(long[] keys) {
        int n = keys.length;
        int[][] counts = histograms(keys, 0, n);
        int[] from = new int[n];
        for (int i = 0; i < n; i++) {
            from[i] = i;
        }
        int[] to = new int[n];
        for (int pass = 0; pass < PASSES; pass++) {
            int[] next = starts(counts[pass], 0, n);
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

    private static int[][] histograms(long[] keys, int start, int end) {
        int[][] counts = new int[PASSES][BUCKETS];
        int[] c0 = counts[0];
        int[] c1 = counts[1];
        int[] c2 = counts[2];
        int[] c3 = counts[3];
        int[] c4 = counts[4];
        int[] c5 = counts[5];
        int mask = BUCKETS - 1;
        for (int i = start; i < end; i++) {
            long key = keys[i];
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
    private static int[] starts(int[] counts, int start, int n) {
        int[] starts = new int[BUCKETS];
        int sum = start;
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
