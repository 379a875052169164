package io.jenkins.mlops.evaluation.metric;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * How well scores separate two classes, whatever the threshold.
 *
 * @param rocAuc area under the ROC curve; NaN if a class is absent
 * @param averagePrecision sum of precision times step in recall; 0 without a positive row
 * @param prAuc area under the precision-recall curve by trapezoids
 * @param ks greatest distance between the score distributions of the classes; NaN if a class is absent
 * @param bestThreshold the highest score at which the true positive rate exceeds the false positive rate most
 *     (Youden's J); NaN if none does better than calling no row positive
 */
public record RankingQuality(double rocAuc, double averagePrecision, double prAuc, double ks, double bestThreshold) {

    /**
     * Walks the sorted rows once, twice for the totals.
     *
     * @param counts see {@link RankedScores#descend}
     */
    public static RankingQuality of(RankedScores ranked, @CheckForNull byte[] counts) {
        Totals totals = new Totals();
        ranked.descend(counts, totals);
        Walk walk = new Walk(totals.positives, totals.negatives);
        ranked.descend(counts, walk);
        return walk.quality();
    }

    /** Sums up both classes. */
    static final class Totals implements RankedScores.Steps {
        double positives;
        double negatives;

        @Override
        public void step(double threshold, double p, double n) {
            positives += p;
            negatives += n;
        }
    }

    private static final class Walk implements RankedScores.Steps {
        private final double positives;
        private final double negatives;
        private double tp;
        private double fp;
        private double area;
        private double averagePrecision;
        private double prAuc;
        private double precisionBefore = 1;
        private double ks;
        private double youden;
        private double bestThreshold = Double.NaN;

        Walk(double positives, double negatives) {
            this.positives = positives;
            this.negatives = negatives;
        }

        @Override
        public void step(double threshold, double p, double n) {
            // The area in units of pairs: exact for counts below 2^53.
            area += n * (tp + p / 2);
            tp += p;
            fp += n;
            double precision = tp / (tp + fp);
            averagePrecision += p * precision;
            prAuc += p * (precision + precisionBefore) / 2;
            precisionBefore = precision;
            double gap = tp / positives - fp / negatives;
            ks = Math.max(ks, Math.abs(gap));
            if (gap > youden) {
                youden = gap;
                bestThreshold = threshold;
            }
        }

        RankingQuality quality() {
            boolean both = positives > 0 && negatives > 0;
            return new RankingQuality(
                    both ? area / (positives * negatives) : Double.NaN,
                    positives > 0 ? averagePrecision / positives : 0,
                    positives > 0 ? prAuc / positives : Double.NaN,
                    both ? ks : Double.NaN,
                    both ? bestThreshold : Double.NaN);
        }
    }
}
