package io.jenkins.mlops.evaluation;

import java.io.Serializable;

/**
 * One metric of the candidate beside the champion's on the same rows.
 *
 * @param candidate the candidate's value
 * @param champion the champion's value
 * @param difference candidate minus champion, whatever the metric's direction
 * @param lower lower bound of the paired interval of the difference, NaN without one
 * @param upper upper bound of the paired interval of the difference, NaN without one
 * @param pValue two-sided p-value of "no difference" in 0 to 1, NaN without a test
 * @param method how interval and p-value were found, such as {@code delong, paired}; empty without an interval
 */
public record MetricDifference(
        double candidate, double champion, double difference, double lower, double upper, double pValue, String method)
        implements Serializable {
    public MetricDifference {
        Bounds.text(method, "method of the comparison");
        if (lower > upper || Double.isNaN(lower) != Double.isNaN(upper)) {
            throw new EvaluationException("[" + lower + ", " + upper + "] is no interval");
        }
        if (pValue < 0 || pValue > 1) {
            throw new EvaluationException("a p-value lies between 0 and 1; found " + pValue);
        }
    }

    public boolean hasInterval() {
        return !Double.isNaN(lower);
    }

    /**
     * Whether the interval is nothing but zero: no draw from these rows tells the two apart, as where a model is
     * compared with itself. That is certain of these rows alone; how other rows would come out it can't say.
     */
    public boolean isSame() {
        return lower == 0 && upper == 0;
    }
}
