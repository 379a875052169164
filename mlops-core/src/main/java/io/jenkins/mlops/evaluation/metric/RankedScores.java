package io.jenkins.mlops.evaluation.metric;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * The rows of a binary task sorted by score: everything that depends only on the order of the scores follows from one
 * pass over it. Rows of equal score are one step of every curve, as in scikit-learn.
 */
public final class RankedScores {
    /** Ascending by score. Without order: (score bits << 1 | positive), else the score's bits alone. */
    private final long[] keys;

    @CheckForNull
    private final int[] order;

    @CheckForNull
    private final boolean[] positive;

    @CheckForNull
    private final double[] weight;

    private RankedScores(long[] keys, @CheckForNull int[] order, boolean[] positive, @CheckForNull double[] weight) {
        this.keys = keys;
        this.order = order;
        this.positive = positive;
        this.weight = weight;
    }

    /**
     * Sorts rows without weights; the rows lose their identity, which is what makes it fast.
     *
     * @param positive per row, whether it is positive
     * @param score per row a score in 0 to 1
     * @throws IllegalArgumentException if a score is NaN or outside 0 to 1
     */
    public static RankedScores of(boolean[] positive, double[] score) {
        long[] keys = new long[score.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key(score[i], i) << 1 | (positive[i] ? 1 : 0);
        }
        return new RankedScores(RadixSort.sort(keys), null, null, null);
    }

    /** Sorts rows and remembers which is which, for weights and for counts by row. */
    public static RankedScores of(boolean[] positive, double[] score, @CheckForNull double[] weight) {
        long[] keys = new long[score.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = key(score[i], i);
        }
        int[] order = RadixSort.order(keys);
        long[] sorted = new long[keys.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = keys[order[i]];
        }
        return new RankedScores(sorted, order, positive, weight);
    }

    private static long key(double score, int row) {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("expected a score between 0 and 1, found " + score + " in row " + row);
        }
        return Double.doubleToRawLongBits(score + 0.0); // -0.0 becomes 0.0
    }

    public int rows() {
        return keys.length;
    }

    /** The row at a position of the ascending order; only where the rows are remembered. */
    public int row(int position) {
        if (order == null) {
            throw new IllegalStateException("these rows were sorted without their identity");
        }
        return order[position];
    }

    /** Takes the steps of the curves, from the highest score down. */
    public interface Steps {
        /**
         * One distinct score.
         *
         * @param threshold the score
         * @param positives rows or weight of the positive class with exactly this score
         * @param negatives the same of the negative class
         */
        void step(double threshold, double positives, double negatives);
    }

    /**
     * Walks down the distinct scores.
     *
     * @param counts how often each row counts (by row if the rows are remembered, else by position), or null for once
     */
    public void descend(@CheckForNull byte[] counts, Steps steps) {
        if (order == null) {
            descendKeys(counts, steps);
        } else {
            descendRows(counts, steps);
        }
    }

    private void descendKeys(@CheckForNull byte[] counts, Steps steps) {
        int i = keys.length - 1;
        while (i >= 0) {
            long bits = keys[i] >>> 1;
            long positives = 0;
            long negatives = 0;
            while (i >= 0 && keys[i] >>> 1 == bits) {
                int times = counts == null ? 1 : counts[i];
                if ((keys[i] & 1) != 0) {
                    positives += times;
                } else {
                    negatives += times;
                }
                i--;
            }
            if (positives + negatives > 0) {
                steps.step(Double.longBitsToDouble(bits), positives, negatives);
            }
        }
    }

    private void descendRows(@CheckForNull byte[] counts, Steps steps) {
        int i = keys.length - 1;
        while (i >= 0) {
            long bits = keys[i];
            double positives = 0;
            double negatives = 0;
            while (i >= 0 && keys[i] == bits) {
                int row = order[i];
                double times = (counts == null ? 1 : counts[row]) * (weight == null ? 1 : weight[row]);
                if (positive[row]) {
                    positives += times;
                } else {
                    negatives += times;
                }
                i--;
            }
            if (positives + negatives > 0) {
                steps.step(Double.longBitsToDouble(bits), positives, negatives);
            }
        }
    }
}
