package io.jenkins.mlops.evaluation.metric;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * The rows of a binary task sorted by score: everything that depends only on the order of the scores follows from one
 * pass over it. Rows of equal score are one step of every curve, as in scikit-learn.
 */
public final class RankedScores {
    /** Ascending by score. Without order: (score bits << 1 | positive), else the score's bits alone. */
    private final long[] keys;

    private final int[] order;

    private final boolean[] positive;

    private final double[] weight;

    private final double positives;
    private final double negatives;

    private RankedScores(long[] keys, int[] order, boolean[] positive, double[] weight) {
        this.keys = keys;
        this.order = order;
        this.positive = positive;
        this.weight = weight;
        Totals totals = totals(null);
        positives = totals.positives;
        negatives = totals.negatives;
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
    public static RankedScores of(boolean[] positive, double[] score, double[] weight) {
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

    /** Rows or weight of the positive class. */
    public double positives() {
        return positives;
    }

    /** Rows or weight of the negative class. */
    public double negatives() {
        return negatives;
    }

    /**
     * Rows or weight of both classes.
     *
     * @param positives of the positive one
     * @param negatives of the negative one
     */
    public record Totals(double positives, double negatives) {}

    /**
     * The totals of a resample.
     *
     * @param counts see {@link #descend}
     */
    public Totals totals(@CheckForNull byte[] counts) {
        double ofPositives = 0;
        double ofNegatives = 0;
        if (order == null) {
            long all = 0;
            long called = 0;
            for (int i = 0; i < keys.length; i++) {
                int times = counts == null ? 1 : counts[i];
                all += times;
                called += times * (keys[i] & 1);
            }
            return new Totals(called, all - called);
        }
        for (int row : order) {
            double times = (counts == null ? 1 : counts[row]) * (weight == null ? 1 : weight[row]);
            if (positive[row]) {
                ofPositives += times;
            } else {
                ofNegatives += times;
            }
        }
        return new Totals(ofPositives, ofNegatives);
    }

    /** The rows (positions, if rows are not remembered) of one batch. */
    public RankedScores batch(byte[] batches, int batch) {
        int size = 0;
        for (byte other : batches) {
            size += other == batch ? 1 : 0;
        }
        long[] picked = new long[size];
        int[] rows = order == null ? null : new int[size];
        int next = 0;
        for (int i = 0; i < keys.length; i++) {
            if (batches[order == null ? i : order[i]] == batch) {
                picked[next] = keys[i];
                if (rows != null) {
                    rows[next] = order[i];
                }
                next++;
            }
        }
        return new RankedScores(picked, rows, positive, weight);
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
