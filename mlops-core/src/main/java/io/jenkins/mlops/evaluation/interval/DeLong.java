package io.jenkins.mlops.evaluation.interval;

import io.jenkins.mlops.evaluation.metric.RankedScores;

/**
 * Variance of ROC AUC and of the difference of two (E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, 1988), by sorting
 * rather than by pairs (X. Sun, W. Xu, 2014).
 */
public final class DeLong {
    private DeLong() {}

    /**
     * Interval of one AUC. For a perfect or perfectly wrong one, whose estimated variance is zero, Wilson's bound on the
     * rows of the smaller class stands in: zero errors among few rows prove little.
     *
     * @param ranked rows without weights
     * @param auc their AUC
     */
    public static Interval interval(RankedScores ranked, double auc, double level) {
        double[] totals = {ranked.positives(), ranked.negatives()};
        if (totals[0] < 2 || totals[1] < 2) {
            return Interval.NONE;
        }
        double error = Math.sqrt(variance(ranked, auc, totals[0], totals[1]));
        if (error == 0 && (auc == 0 || auc == 1)) {
            double smaller = Math.min(totals[0], totals[1]);
            Interval wilson = Intervals.wilson(auc * smaller, smaller, level);
            return new Interval(wilson.lower(), wilson.upper(), "wilson, smaller class");
        }
        double half = Distributions.normalWidth(level) * error;
        return new Interval(Math.max(0, auc - half), Math.min(1, auc + half), "delong");
    }

    private static double variance(RankedScores ranked, double auc, double positives, double negatives) {
        double[] seen = new double[2];
        double[] squares = new double[2];
        ranked.descend(null, (threshold, p, n) -> {
            double ofPositive = (negatives - seen[1] - n / 2) / negatives - auc;
            double ofNegative = (seen[0] + p / 2) / positives - auc;
            squares[0] += p * ofPositive * ofPositive;
            squares[1] += n * ofNegative * ofNegative;
            seen[0] += p;
            seen[1] += n;
        });
        return squares[0] / (positives - 1) / positives + squares[1] / (negatives - 1) / negatives;
    }

    /**
     * The difference of two AUCs on the same rows.
     *
     * @param difference first minus second
     * @param standardError of the difference; NaN if a class has fewer than two rows
     */
    public record Paired(double difference, double standardError) {
        /** Normal interval; none if it can't be told. */
        public Interval interval(double level) {
            double half = Distributions.normalWidth(level) * standardError;
            return new Interval(Math.max(-1, difference - half), Math.min(1, difference + half), "delong, paired");
        }

        /** Two-sided p-value of no difference. */
        public double pValue() {
            if (Double.isNaN(standardError)) {
                return Double.NaN;
            }
            return difference == 0 ? 1 : Distributions.normalTwoSided(difference / standardError);
        }
    }

    /** Compares two scores of the same rows. */
    public static Paired paired(boolean[] positive, double[] first, double[] second) {
        double[] placements = placements(positive, first);
        double[] other = placements(positive, second);
        double[] sum = new double[2];
        long[] count = new long[2];
        for (int i = 0; i < placements.length; i++) {
            placements[i] -= other[i];
            int side = positive[i] ? 0 : 1;
            sum[side] += placements[i];
            count[side]++;
        }
        double[] squares = new double[2];
        for (int i = 0; i < placements.length; i++) {
            int side = positive[i] ? 0 : 1;
            double d = placements[i] - sum[side] / count[side];
            squares[side] += d * d;
        }
        double variance = squares[0] / (count[0] - 1.0) / count[0] + squares[1] / (count[1] - 1.0) / count[1];
        boolean defined = count[0] > 1 && count[1] > 1;
        return new Paired(sum[0] / count[0], defined ? Math.sqrt(variance) : Double.NaN);
    }

    /** Per row, the share of the other class that it is on the right side of, ties counting half. */
    private static double[] placements(boolean[] positive, double[] score) {
        RankedScores ranked = RankedScores.of(positive, score, null);
        double[] totals = {ranked.positives(), ranked.negatives()};
        double[] placements = new double[score.length];
        double[] seen = new double[2];
        int[] position = {score.length};
        ranked.descend(null, (threshold, p, n) -> {
            double ofPositive = (totals[1] - seen[1] - n / 2) / totals[1];
            double ofNegative = (seen[0] + p / 2) / totals[0];
            int from = position[0] - (int) (p + n);
            for (int i = from; i < position[0]; i++) {
                int row = ranked.row(i);
                placements[row] = positive[row] ? ofPositive : ofNegative;
            }
            position[0] = from;
            seen[0] += p;
            seen[1] += n;
        });
        return placements;
    }
}
