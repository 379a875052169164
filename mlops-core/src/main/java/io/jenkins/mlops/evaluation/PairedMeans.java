package io.jenkins.mlops.evaluation;

import io.jenkins.mlops.evaluation.interval.Distributions;
import io.jenkins.mlops.evaluation.interval.Interval;
import io.jenkins.mlops.evaluation.interval.Intervals;
import io.jenkins.mlops.evaluation.metric.Moments;

/** Compares metrics that are means over rows (or queries): Student's paired interval and test. */
final class PairedMeans {
    private final MetricSet set;
    private final EvaluationOptions options;
    private final int rows;

    private final double[] weight;

    PairedMeans(MetricSet set, EvaluationOptions options, int rows, double[] weight) {
        this.set = set;
        this.options = options;
        this.rows = rows;
        this.weight = weight;
    }

    void compare(String name, Moments.RowValue first, Moments.RowValue second) {
        if (!set.wants(name)) {
            return;
        }
        Moments difference = Moments.of(rows, i -> first.of(i) - second.of(i), weight);
        Interval interval = Intervals.mean(difference, options.level());
        set.compare(
                name,
                Moments.of(rows, first, weight).mean(),
                Moments.of(rows, second, weight).mean(),
                interval.method().isEmpty()
                        ? interval
                        : new Interval(interval.lower(), interval.upper(), "student-t, paired"),
                pValue(difference));
    }

    private static double pValue(Moments difference) {
        if (difference.count() < 2) {
            return Double.NaN;
        }
        if (difference.mean() == 0) {
            return 1;
        }
        double t = Math.abs(difference.mean()) / difference.standardError();
        return Math.min(1, 2 * Distributions.studentTail(t, difference.count() - 1.0));
    }
}
