package io.jenkins.mlops.gate;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.evaluation.Direction;

/**
 * Non-inferiority: on the same rows the candidate may be worse than the holder of an alias by less than a margin.
 *
 * @param alias the alias whose holder is the champion
 * @param metric name or alias of the metric
 * @param margin by how much the candidate may be worse, in the metric's unit, not negative
 * @param confidence level of the paired interval that has to clear the margin, between 0 and 1
 * @param direction which way the metric gets better; null: as the catalogue knows it
 */
public record NoWorseThan(
        String alias,
        String metric,
        double margin,
        double confidence,
        @CheckForNull Direction direction) implements GateRule {
    public NoWorseThan {
        RuleText.name(alias, "the alias in a noWorseThan gate");
        RuleText.name(metric, "the metric's name in a noWorseThan gate");
        RuleText.finite(margin, "noWorseThan(metric: '" + metric + "'): margin");
        if (margin < 0) {
            throw new IllegalArgumentException("noWorseThan(metric: '" + metric
                    + "'): margin says how much worse is still acceptable and can't be negative; found " + margin);
        }
        RuleText.level(confidence, "noWorseThan(metric: '" + metric + "')");
    }

    public NoWorseThan(String alias, String metric, double margin, double confidence) {
        this(alias, metric, margin, confidence, null);
    }

    @Override
    public String describe() {
        return new RuleText("noWorseThan")
                .with("alias", alias)
                .with("metric", metric)
                .with("margin", margin)
                .with("confidence", confidence)
                .with("direction", direction == null ? null : direction.name())
                .toString();
    }
}
