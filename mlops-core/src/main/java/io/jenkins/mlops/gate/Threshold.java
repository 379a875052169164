package io.jenkins.mlops.gate;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Objects;

/**
 * A metric must reach a bound.
 *
 * @param metric name or alias of the metric
 * @param atLeast the least value that passes; null if {@code atMost} is stated
 * @param atMost the greatest value that passes; null if {@code atLeast} is stated
 * @param confidence null: the value decides. Else, between 0 and 1: the whole confidence interval at this level must
 *     clear the bound to pass and miss it to fail; an interval that holds the bound is inconclusive
 */
public record Threshold(
        String metric,
        @CheckForNull Double atLeast,
        @CheckForNull Double atMost,
        @CheckForNull Double confidence) implements GateRule {
    public Threshold {
        RuleText.name(metric, "the metric's name in a threshold gate");
        RuleText.exactlyOneBound("threshold(metric: '" + metric + "')", atLeast, atMost);
        RuleText.level(confidence, "threshold(metric: '" + metric + "')");
    }

    public static Threshold atLeast(String metric, double bound) {
        return new Threshold(metric, bound, null, null);
    }

    public static Threshold atMost(String metric, double bound) {
        return new Threshold(metric, null, bound, null);
    }

    /** Whether a higher value is asked for: {@code atLeast} is stated. */
    boolean isLowerBound() {
        return atLeast != null;
    }

    /** The one bound that is stated. */
    double bound() {
        return Objects.requireNonNull(atLeast != null ? atLeast : atMost);
    }

    @Override
    public String describe() {
        return new RuleText("threshold")
                .with("metric", metric)
                .with("atLeast", atLeast)
                .with("atMost", atMost)
                .with("confidence", confidence)
                .toString();
    }
}
