package io.jenkins.mlops.evaluation.interval;

/**
 * A two-sided confidence interval.
 *
 * @param lower lower bound, NaN if there is none
 * @param upper upper bound, NaN if there is none
 * @param method how it was found; empty if there is none
 */
public record Interval(double lower, double upper, String method) {
    /** No interval. */
    public static final Interval NONE = new Interval(Double.NaN, Double.NaN, "");

    public Interval {
        if (Double.isNaN(lower) || Double.isNaN(upper) || method.isEmpty()) {
            lower = Double.NaN;
            upper = Double.NaN;
            method = "";
        }
    }

    /** The same within the metric's possible range. */
    public Interval within(double lowest, double highest) {
        return new Interval(Math.max(lowest, lower), Math.min(highest, upper), method);
    }
}
