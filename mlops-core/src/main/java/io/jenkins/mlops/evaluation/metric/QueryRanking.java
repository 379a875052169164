package io.jenkins.mlops.evaluation.metric;

import java.util.Arrays;

/** The ranking of one query's rows by score. */
public final class QueryRanking {
    /** Relevances from the best score down. */
    private final double[] relevance;
    /** For each position, the end (exclusive) of the run of equal scores that it belongs to. */
    private final int[] tieEnd;

    private final double[] ideal;

    /**
     * @param relevance per row, 0 for irrelevant, more for more relevant
     * @param score per row
     */
    public QueryRanking(double[] relevance, double[] score) {
        int n = relevance.length;
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(score[b], score[a]));
        this.relevance = new double[n];
        tieEnd = new int[n];
        for (int i = 0; i < n; i++) {
            this.relevance[i] = relevance[order[i]];
        }
        for (int i = n - 1; i >= 0; i--) {
            boolean tied = i + 1 < n && score[order[i]] == score[order[i + 1]];
            tieEnd[i] = tied ? tieEnd[i + 1] : i + 1;
        }
        ideal = relevance.clone();
        Arrays.sort(ideal);
    }

    public boolean hasRelevant() {
        return ideal.length > 0 && ideal[ideal.length - 1] > 0;
    }

    /**
     * Normalised discounted cumulative gain of the first k positions (K. Järvelin, J. Kekäläinen, 2002), the gain being
     * the relevance itself. Rows of equal score share their positions' mean discount, as in scikit-learn; 0 without a
     * relevant row.
     */
    public double ndcg(int k) {
        double best = 0;
        int n = relevance.length;
        for (int i = 0; i < Math.min(k, n); i++) {
            best += ideal[n - 1 - i] * discount(i);
        }
        if (best == 0) {
            return 0;
        }
        double gain = 0;
        for (int from = 0; from < n && from < k; from = tieEnd[from]) {
            double sum = 0;
            double discounts = 0;
            for (int i = from; i < tieEnd[from]; i++) {
                sum += relevance[i];
                discounts += i < k ? discount(i) : 0;
            }
            gain += sum / (tieEnd[from] - from) * discounts;
        }
        return gain / best;
    }

    private static double discount(int position) {
        return Math.log(2) / Math.log(position + 2.0);
    }

    /** Average precision, any positive relevance counting as relevant; equal scores are one step, as in scikit-learn. */
    public double averagePrecision() {
        double found = 0;
        double sum = 0;
        for (int from = 0; from < relevance.length; from = tieEnd[from]) {
            double step = relevantIn(from);
            found += step;
            sum += step * found / tieEnd[from];
        }
        return found == 0 ? 0 : sum / found;
    }

    /** One over the position of the first relevant row; among equal scores the last position, so that ties don't pay. */
    public double reciprocalRank() {
        for (int from = 0; from < relevance.length; from = tieEnd[from]) {
            if (relevantIn(from) > 0) {
                return 1.0 / tieEnd[from];
            }
        }
        return 0;
    }

    private int relevantIn(int from) {
        int relevant = 0;
        for (int i = from; i < tieEnd[from]; i++) {
            relevant += relevance[i] > 0 ? 1 : 0;
        }
        return relevant;
    }
}
