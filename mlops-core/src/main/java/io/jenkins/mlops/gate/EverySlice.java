package io.jenkins.mlops.gate;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Objects;

/**
 * A metric must reach a bound on every slice that has enough rows. An evaluation without slices fails; one whose slices
 * all have too few rows is inconclusive.
 *
 * @param metric name or alias of the metric
 * @param atLeast the least value that passes; null if {@code atMost} is stated
 * @param atMost the greatest value that passes; null if {@code atLeast} is stated
 * @param minRows rows from which on a slice is judged; slices below are named in the explanation and don't decide
 */
public record EverySlice(
        String metric,
        @CheckForNull Double atLeast,
        @CheckForNull Double atMost,
        long minRows) implements GateRule {
    public EverySlice {
        RuleText.name(metric, "the metric's name in an everySlice gate");
        RuleText.exactlyOneBound("everySlice(metric: '" + metric + "')", atLeast, atMost);
        if (minRows < 0) {
            throw new IllegalArgumentException(
                    "everySlice(metric: '" + metric + "'): minRows can't be negative; found " + minRows);
        }
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
        return new RuleText("everySlice")
                .with("metric", metric)
                .with("atLeast", atLeast)
                .with("atMost", atMost)
                .with("minRows", minRows == 0 ? null : (Object) minRows)
                .toString();
    }
}
