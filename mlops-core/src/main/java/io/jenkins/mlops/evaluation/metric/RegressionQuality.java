package io.jenkins.mlops.evaluation.metric;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * How well numbers are predicted, with scikit-learn's definitions.
 *
 * @param r2 share of the variance explained; 1 for a perfect and 0 for another prediction of a constant truth; NaN below
 *     two rows
 * @param explainedVariance as r2, with the mean error forgiven
 * @param maxError greatest absolute error
 * @param meanError mean of prediction minus truth
 */
public record RegressionQuality(double r2, double explainedVariance, double maxError, double meanError) {
    /**
     * @param counts how often each row counts, or null for once
     * @param weight a weight per row, or null
     */
    public static RegressionQuality of(
            double[] truth, double[] predicted, @CheckForNull double[] weight, @CheckForNull byte[] counts) {
        Sum weights = new Sum();
        Sum truths = new Sum();
        Sum errors = new Sum();
        long rows = 0;
        double max = 0;
        for (int i = 0; i < truth.length; i++) {
            double w = times(weight, counts, i);
            if (w != 0) {
                rows += counts == null ? 1 : counts[i];
                weights.add(w);
                truths.add(w * truth[i]);
                errors.add(w * (truth[i] - predicted[i]));
            }
            if (counts == null || counts[i] > 0) {
                max = Math.max(max, Math.abs(truth[i] - predicted[i]));
            }
        }
        double meanTruth = truths.value() / weights.value();
        double meanError = errors.value() / weights.value();
        Sum spread = new Sum();
        Sum residual = new Sum();
        Sum centred = new Sum();
        for (int i = 0; i < truth.length; i++) {
            double w = times(weight, counts, i);
            if (w != 0) {
                double error = truth[i] - predicted[i];
                spread.add(w * (truth[i] - meanTruth) * (truth[i] - meanTruth));
                residual.add(w * error * error);
                centred.add(w * (error - meanError) * (error - meanError));
            }
        }
        double all = spread.value();
        return new RegressionQuality(
                rows < 2 ? Double.NaN : explained(residual.value(), all),
                explained(centred.value(), all),
                max,
                -meanError);
    }

    private static double times(@CheckForNull double[] weight, @CheckForNull byte[] counts, int row) {
        return (weight == null ? 1 : weight[row]) * (counts == null ? 1 : counts[row]);
    }

    private static double explained(double unexplained, double all) {
        if (all == 0) {
            return unexplained == 0 ? 1 : 0;
        }
        return 1 - unexplained / all;
    }

    /** Absolute error relative to the truth, which is taken as at least 2 to the -52. */
    public static double relativeError(double truth, double predicted) {
        return Math.abs(predicted - truth) / Math.max(Math.abs(truth), Probabilities.EPSILON);
    }

    /** Absolute error relative to the mean size of truth and prediction, 0 to 2; 0 where both are 0. */
    public static double symmetricError(double truth, double predicted) {
        double size = (Math.abs(truth) + Math.abs(predicted)) / 2;
        return size == 0 ? 0 : Math.abs(predicted - truth) / size;
    }

    /** Pinball loss of a forecast of the quantile {@code level}. */
    public static double pinball(double truth, double predicted, double level) {
        double error = truth - predicted;
        return error >= 0 ? level * error : (level - 1) * error;
    }
}
