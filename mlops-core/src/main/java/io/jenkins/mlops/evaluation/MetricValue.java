package io.jenkins.mlops.evaluation;

import java.io.Serializable;

/**
 * A metric's value with its confidence interval.
 *
 * @param value the value; NaN where the metric is undefined (say ROC AUC with one class only), which every gate refuses
 * @param lower lower bound of the interval, NaN without one
 * @param upper upper bound of the interval, NaN without one
 * @param interval the method, such as {@code wilson}, {@code delong} or {@code bootstrap(1000, seed 7)}; empty without one
 */
public record MetricValue(double value, double lower, double upper, String interval) implements Serializable {
    public MetricValue {
        Bounds.text(interval, "method of the interval");
        if (interval.isEmpty() != (Double.isNaN(lower) || Double.isNaN(upper))
                || Double.isNaN(lower) != Double.isNaN(upper)) {
            throw new EvaluationException("an interval has two bounds and a method, or none of them; found [" + lower
                    + ", " + upper + "] by '" + interval + "'");
        }
        if (lower > upper) {
            throw new EvaluationException("the interval [" + lower + ", " + upper + "] ends before it begins");
        }
    }

    /** A value without an interval. */
    public static MetricValue of(double value) {
        return new MetricValue(value, Double.NaN, Double.NaN, "");
    }

    public boolean hasInterval() {
        return !interval.isEmpty();
    }
}
