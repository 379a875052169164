package io.jenkins.mlops.evaluation.metric;

/** How good the scores of a binary task are as probabilities. */
public final class Probabilities {
    /** scikit-learn keeps probabilities this far from 0 and 1 before it takes their logarithm: 2 to the -52. */
    public static final double EPSILON = Math.ulp(1.0);

    private Probabilities() {}

    /** Negative log of the probability given to the truth, clipped as scikit-learn does. */
    public static double logLoss(boolean positive, double score) {
        double p = Math.min(1 - EPSILON, Math.max(EPSILON, score));
        return positive ? -Math.log(p) : -Math.log(1 - p);
    }

    /** Squared error of the probability. */
    public static double brier(boolean positive, double score) {
        double error = score - (positive ? 1 : 0);
        return error * error;
    }

    /**
     * The bin of a score among {@code bins} of equal width, closed on the right as in scikit-learn's
     * {@code calibration_curve(strategy="uniform")}: the first holds 0 and everything up to and with {@code 1 / bins}.
     */
    public static int bin(double score, int bins) {
        int bin = Math.min(bins - 1, (int) (score * bins));
        // numpy.linspace gives edge i as i * (1 / bins); the product above may round to the other side of it.
        double step = 1.0 / bins;
        while (bin > 0 && score <= bin * step) {
            bin--;
        }
        while (bin < bins - 1 && score > (bin + 1) * step) {
            bin++;
        }
        return bin;
    }

    /** Sums per calibration bin. */
    public static final class Calibration {
        private final double[] weight;
        private final double[] score;
        private final double[] positive;

        public Calibration(int bins) {
            weight = new double[bins];
            score = new double[bins];
            positive = new double[bins];
        }

        /** Adds rows of one score. */
        public void add(double p, double positives, double negatives) {
            int bin = bin(p, weight.length);
            weight[bin] += positives + negatives;
            score[bin] += (positives + negatives) * p;
            positive[bin] += positives;
        }

        /** Expected calibration error: mean over the rows of their bin's gap between mean score and frequency. */
        public double ece() {
            double gap = 0;
            double all = 0;
            for (int i = 0; i < weight.length; i++) {
                gap += Math.abs(positive[i] - score[i]);
                all += weight[i];
            }
            return gap / all;
        }

        public int bins() {
            return weight.length;
        }

        public double weight(int bin) {
            return weight[bin];
        }

        /** Mean score of a bin; NaN if it is empty. */
        public double meanScore(int bin) {
            return score[bin] / weight[bin];
        }

        /** Share of positive rows in a bin; NaN if it is empty. */
        public double frequency(int bin) {
            return positive[bin] / weight[bin];
        }
    }
}
