package io.jenkins.mlops.evaluation.metric;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * How well scores separate two classes, whatever the threshold.
 *
 * @param rocAuc area under the ROC curve; NaN if a class is absent
 * @param averagePrecision sum of precision times step in recall; 0 without a positive row
 * @param prAuc area under the precision-recall curve by trapezoids
 * @param ks greatest distance between the score distributions of the classes; NaN if a class is absent
 * @param ece expected calibration error; see {@link Probabilities.Calibration#ece}
 * @param bestThreshold the highest score at which the true positive rate exceeds the false positive rate most
 *     (Youden's J); NaN if none does better than calling no row positive
 */
public record RankingQuality(
        double rocAuc, double averagePrecision, double prAuc, double ks, double ece, double bestThreshold) {

    /**
     * Walks the sorted rows once.
     *
     * @param counts see {@link RankedScores#descend}
     * @param bins bins of equal width for the calibration error
     */
    public static RankingQuality of(RankedScores ranked, @CheckForNull byte[] counts, int bins) {
        RankedScores.Totals totals = counts == null
                ? new RankedScores.Totals(ranked.positives(), ranked.negatives())
                : ranked.totals(counts);
        Walk walk = new Walk(totals.positives(), totals.negatives(), bins);
        ranked.descend(counts, walk);
        return walk.quality();
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

        private final Probabilities.Calibration calibration;

        Walk(double positives, double negatives, int bins) {
            this.positives = positives;
            this.negatives = negatives;
            calibration = new Probabilities.Calibration(bins);
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
            calibration.add(threshold, p, n);
        }

        RankingQuality quality() {
            boolean both = positives > 0 && negatives > 0;
            return new RankingQuality(
                    both ? area / (positives * negatives) : Double.NaN,
                    positives > 0 ? averagePrecision / positives : 0,
                    positives > 0 ? prAuc / positives : Double.NaN,
                    both ? ks : Double.NaN,
                    calibration.ece(),
                    both ? bestThreshold : Double.NaN);
        }
    }
}
