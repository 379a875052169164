package io.jenkins.mlops.monitor.quality;

import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.evaluation.interval.Distributions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Estimates the quality of a binary classifier without labels, from its calibrated scores (CBPE): a row scored p counts as
 * p of a positive and 1 - p of a negative.
 *
 * <p>Accuracy is the mean of the chance that a call is right; its interval is normal, with the variance of the sum of so
 * many independent trials (the Poisson binomial distribution): how far the accuracy of these very rows may be from the
 * estimate, if the scores are calibrated. ROC AUC, precision, recall and F1 come from the expected counts, without
 * intervals; the expected counts of true and false positives and negatives are beside them.
 */
public final class ConfidenceEstimate {
    private ConfidenceEstimate() {}

    /**
     * Estimates from scores.
     *
     * @param scores probabilities of the positive class, from 0 to 1
     * @throws IllegalArgumentException when one is not a probability
     */
    public static QualityEstimate of(double[] scores, EstimateOptions options) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        if (n > 0 && !(sorted[0] >= 0 && sorted[n - 1] <= 1)) {
            throw new IllegalArgumentException("Expected probabilities from 0 to 1 in the column '"
                    + options.scoreColumn() + "', found " + (sorted[0] >= 0 ? sorted[n - 1] : sorted[0])
                    + ". Name the column of the calibrated score.");
        }
        double right = 0;
        double variance = 0;
        double truePositives = 0;
        double falsePositives = 0;
        double positives = 0;
        for (double p : sorted) {
            boolean called = p >= options.threshold();
            right += called ? p : 1 - p;
            variance += p * (1 - p);
            positives += p;
            truePositives += called ? p : 0;
            falsePositives += called ? 1 - p : 0;
        }
        Map<String, MetricValue> metrics = new LinkedHashMap<>();
        metrics.put("accuracy", accuracy(right / n, Math.sqrt(variance) / n, options.level()));
        metrics.put("roc_auc", MetricValue.of(rocAuc(sorted, positives)));
        double called = truePositives + falsePositives;
        metrics.put("precision", MetricValue.of(called > 0 ? truePositives / called : Double.NaN));
        metrics.put("recall", MetricValue.of(positives > 0 ? truePositives / positives : Double.NaN));
        metrics.put("f1", MetricValue.of(2 * truePositives / (called + positives)));
        metrics.put("true_positives", MetricValue.of(truePositives));
        metrics.put("false_positives", MetricValue.of(falsePositives));
        metrics.put("true_negatives", MetricValue.of(n - called - (positives - truePositives)));
        metrics.put("false_negatives", MetricValue.of(positives - truePositives));
        return new QualityEstimate(n, metrics, QualityEstimate.ASSUMPTIONS);
    }

    private static MetricValue accuracy(double value, double error, double level) {
        if (Double.isNaN(value)) {
            return MetricValue.of(Double.NaN);
        }
        double width = Distributions.normalWidth(level) * error;
        return new MetricValue(
                value, Math.max(0, value - width), Math.min(1, value + width), "normal, Poisson binomial");
    }

    /** The chance that a positive is scored above a negative, over all pairs by their weights; ties count half. */
    private static double rocAuc(double[] sorted, double positives) {
        double negatives = sorted.length - positives;
        if (!(positives > 0 && negatives > 0)) {
            return Double.NaN;
        }
        double pairs = 0;
        double below = 0;
        for (int i = 0; i < sorted.length; ) {
            int next = i;
            while (next < sorted.length && sorted[next] == sorted[i]) {
                next++;
            }
            double here = (next - i) * (1 - sorted[i]);
            pairs += (next - i) * sorted[i] * (below + here / 2);
            below += here;
            i = next;
        }
        return pairs / (positives * negatives);
    }

    /**
     * By how much the scores' mean differs from the share of positives among rows whose labels are known: a check of the
     * first assumption. The expected calibration error over ten equal bins, from 0.
     *
     * @param scores probabilities
     * @param positive whether each row was positive
     */
    public static double calibrationError(double[] scores, boolean[] positive) {
        double[] sum = new double[10];
        double[] hits = new double[10];
        for (int i = 0; i < scores.length; i++) {
            int bin = (int) Math.min(9, Math.max(0, scores[i] * 10));
            sum[bin] += scores[i];
            hits[bin] += positive[i] ? 1 : 0;
        }
        double error = 0;
        for (int bin = 0; bin < 10; bin++) {
            error += Math.abs(sum[bin] - hits[bin]);
        }
        return scores.length == 0 ? Double.NaN : error / scores.length;
    }
}
