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
        Map<Long, int[]> index = new HashMap<>();
        long[] found = new long[16];
        long[] keys = new long[16];
        for (int i = 0; i < truth.length; i++) {
            long key = ((long) truth[i] * classes + first[i]) * classes + second[i];
            int[] at = index.computeIfAbsent(key, k -> new int[] {-1});
            if (at[0] < 0) {
                at[0] = index.size() - 1;
                if (at[0] == found.length) {
                    found = Arrays.copyOf(found, found.length * 2);
                    keys = Arrays.copyOf(keys, keys.length * 2);
                }
                keys[at[0]] = key;
            }
            found[at[0]]++;
        }
        int size = index.size();
        counts = Arrays.copyOf(found, size);
        this.truth = new int[size];
        this.first = new int[size];
        this.second = new int[size];
        for (int i = 0; i < size; i++) {
            this.truth[i] = (int) (keys[i] / classes / classes);
            this.first[i] = (int) (keys[i] / classes % classes);
            this.second[i] = (int) (keys[i] % classes);
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
