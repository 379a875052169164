package io.jenkins.mlops.data;

import java.io.Serializable;
import java.util.List;

/**
 * The distribution of the finite numbers of a column.
 *
 * @param count how many finite numbers there are; the other figures are NaN, and the quantiles empty, when 0
 * @param notFinite how many cells are NaN or infinite
 * @param min the least
 * @param max the greatest
 * @param mean the mean
 * @param std the standard deviation of the sample (divisor n - 1); NaN for one number
 * @param quantiles the quantiles at {@link #LEVELS}, in their order
 * @param quantileRankError the greatest error of a quantile's rank, as a fraction of {@code count}, that holds with a
 *     probability of 0.99; 0 when the quantiles are exact
 */
public record NumberSummary(
        long count,
        long notFinite,
        double min,
        double max,
        double mean,
        double std,
        List<Double> quantiles,
        double quantileRankError)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The levels of the quantiles. */
    public static final List<Double> LEVELS = List.of(0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99);

    /** Checks counts and sizes. */
    public NumberSummary {
        Checks.require(count >= 0 && notFinite >= 0, "counts of 0 or more", Math.min(count, notFinite));
        quantiles = Checks.list(quantiles, "quantiles", LEVELS.size());
        Checks.require(
                quantiles.size() == (count == 0 ? 0 : LEVELS.size()),
                (count == 0 ? 0 : LEVELS.size()) + " quantiles",
                quantiles.size());
        Checks.require(quantileRankError >= 0 && quantileRankError <= 1, "a rank error from 0 to 1", quantileRankError);
    }

    /** The median. */
    public double median() {
        return quantiles.isEmpty() ? Double.NaN : quantiles.get(LEVELS.indexOf(0.5));
    }
}
