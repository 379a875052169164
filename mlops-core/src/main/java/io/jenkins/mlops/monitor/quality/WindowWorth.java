package io.jenkins.mlops.monitor.quality;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.monitor.window.WindowQuality;
import io.jenkins.mlops.monitor.window.WindowResult;
import java.io.Serializable;
import java.util.Map;

/**
 * What the predictions of a window cost and were worth.
 *
 * @param predictions how many
 * @param cost what they cost together: each of them, and the hours of the endpoint
 * @param costEach the same for one; NaN without predictions
 * @param worth what they were worth, less their cost; NaN when nobody knows which were right
 * @param worthEach the same for one
 */
public record WindowWorth(double predictions, double cost, double costEach, double worth, double worthEach)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final double HOUR = 3_600_000;

    /**
     * From the counts of a window's estimate.
     *
     * @param window one with an estimate of true and false positives and negatives, or else only its cost is known
     */
    public static WindowWorth of(ValuePlan plan, WindowResult window) {
        var estimate = window.estimate();
        return of(
                plan,
                window.rows(),
                window.endMillis() - window.startMillis(),
                estimate == null ? Map.of() : estimate.metrics());
    }

    /**
     * From the labels of a window, which stand for those of its predictions that have none.
     *
     * @param predictions how many there were
     * @param millis how long they took to come
     * @return null when they don't say which predictions were right: none came, or it is no binary classification
     */
    @CheckForNull
    public static WindowWorth labelled(ValuePlan plan, long predictions, long millis, WindowQuality quality) {
        double positive = count(quality.metrics(), "prevalence");
        // Without a positive there is no recall, and it says nothing.
        double recall = positive == 0 ? 0 : count(quality.metrics(), "recall");
        double specificity = positive == 1 ? 0 : count(quality.metrics(), "specificity");
        if (quality.labelled() == 0 || Double.isNaN(positive + recall + specificity)) {
            return null;
        }
        return of(
                plan,
                predictions,
                millis,
                Map.of(
                        "true_positives", MetricValue.of(positive * recall),
                        "false_negatives", MetricValue.of(positive * (1 - recall)),
                        "true_negatives", MetricValue.of((1 - positive) * specificity),
                        "false_positives", MetricValue.of((1 - positive) * (1 - specificity))));
    }

    /**
     * From counts, or shares in the same proportions.
     *
     * @param predictions how many there were
     * @param millis how long they took to come; what the endpoint costs by the hour
     * @param metrics counts by their names, {@code true_positives}, {@code false_positives}, {@code true_negatives} and
     *     {@code false_negatives}; of all predictions or of those that labels are known of, which then stand for all
     */
    public static WindowWorth of(ValuePlan plan, long predictions, long millis, Map<String, MetricValue> metrics) {
        double hours = Math.max(0, millis) / HOUR;
        double cost = predictions * plan.value().costPerPrediction() + hours * plan.costPerHour();
        double truePositives = count(metrics, "true_positives");
        double falsePositives = count(metrics, "false_positives");
        double trueNegatives = count(metrics, "true_negatives");
        double falseNegatives = count(metrics, "false_negatives");
        double counted = truePositives + falsePositives + trueNegatives + falseNegatives;
        double worth = Double.NaN;
        if (counted > 0) {
            BusinessValue.Worth sample = plan.value().of(truePositives, falsePositives, trueNegatives, falseNegatives);
            worth = (sample.total() + sample.cost()) / counted * predictions - cost;
        }
        return new WindowWorth(
                predictions,
                cost,
                predictions > 0 ? cost / predictions : Double.NaN,
                worth,
                predictions > 0 ? worth / predictions : Double.NaN);
    }

    private static double count(Map<String, MetricValue> metrics, String name) {
        MetricValue value = metrics.get(name);
        return value == null ? Double.NaN : value.value();
    }
}
