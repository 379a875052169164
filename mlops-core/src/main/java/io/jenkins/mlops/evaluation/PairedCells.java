package io.jenkins.mlops.evaluation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How often each combination of truth, candidate's and champion's decision occurs: all that a paired bootstrap of
 * decisions needs, however many rows there are.
 */
final class PairedCells {
    private final int[] truth;
    private final int[] first;
    private final int[] second;
    private final long[] counts;

    /** Decisions are class codes. */
    PairedCells(int classes, int[] truth, int[] first, int[] second) {
        Found found = new Found(classes);
        for (int i = 0; i < truth.length; i++) {
            found.count(((long) truth[i] * classes + first[i]) * classes + second[i]);
        }
        int size = found.size;
        counts = Arrays.copyOf(found.counts, size);
        this.truth = new int[size];
        this.first = new int[size];
        this.second = new int[size];
        for (int i = 0; i < size; i++) {
            long key = found.keys[i];
            this.truth[i] = (int) (key / classes / classes);
            this.first[i] = (int) (key / classes % classes);
            this.second[i] = (int) (key % classes);
        }
    }

    /** The combinations in the order of their first occurrence. */
    private static final class Found {
        private static final int MOST_DIRECT = 100;

        /** Position plus one by combination, where there are few enough classes for that; else null. */
        private final int[] direct;

        private final Map<Long, Integer> sparse = new HashMap<>();
        private long[] keys = new long[16];
        private long[] counts = new long[16];
        private int size;

        Found(int classes) {
            direct = classes <= MOST_DIRECT ? new int[classes * classes * classes] : null;
        }

        void count(long key) {
            int at;
            if (direct == null) {
                at = sparse.computeIfAbsent(key, this::add);
            } else {
                if (direct[(int) key] == 0) {
                    direct[(int) key] = add(key) + 1;
                }
                at = direct[(int) key] - 1;
            }
            counts[at]++;
        }

        private int add(long key) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, size * 2);
                counts = Arrays.copyOf(counts, size * 2);
            }
            keys[size] = key;
            return size++;
        }
    }

    long[] counts() {
        return counts;
    }

    /** The confusion matrix of one model, row-major, from counts of combinations. */
    double[] confusion(int classes, long[] drawn, boolean ofFirst) {
        double[] cells = new double[classes * classes];
        for (int i = 0; i < drawn.length; i++) {
            cells[truth[i] * classes + (ofFirst ? first[i] : second[i])] += drawn[i];
        }
        return cells;
    }
}
