package io.jenkins.mlops.comparison;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.evaluation.Direction;
import io.jenkins.mlops.evaluation.MetricCatalog;
import io.jenkins.mlops.evaluation.MetricValue;
import java.io.Serializable;
import java.util.Objects;

/**
 * One metric of two versions.
 *
 * @param name the metric's name
 * @param from its value for the version compared with; null where that one doesn't have it
 * @param to its value for the version that is looked at; null where that one doesn't have it
 * @param direction which way the metric gets better
 */
public record ComparedMetric(
        String name,
        @CheckForNull MetricValue from,
        @CheckForNull MetricValue to,
        Direction direction) implements Serializable {
    public ComparedMetric {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(direction, "direction");
        if (from == null && to == null) {
            throw new IllegalArgumentException("expected a value of '" + name + "' on one side at least, found none");
        }
    }

    static ComparedMetric of(String name, @CheckForNull MetricValue from, @CheckForNull MetricValue to) {
        return new ComparedMetric(
                name,
                from,
                to,
                MetricCatalog.find(name).map(metric -> metric.direction()).orElse(Direction.UNKNOWN));
    }

    /** {@code to} minus {@code from}; NaN where one of them is absent or undefined. */
    public double difference() {
        MetricValue before = from;
        MetricValue after = to;
        return before == null || after == null ? Double.NaN : after.value() - before.value();
    }

    /** What the difference means. */
    public Change change() {
        double difference = difference();
        if (Double.isNaN(difference) || direction == Direction.UNKNOWN) {
            return Change.UNKNOWN;
        }
        if (difference == 0) {
            return Change.SAME;
        }
        return difference > 0 == (direction == Direction.HIGHER) ? Change.BETTER : Change.WORSE;
    }

    /**
     * Whether the two intervals have no point in common. A difference between overlapping intervals may still be real:
     * only a comparison on the same rows tells (see the gate {@code noWorseThan}).
     */
    public boolean intervalsApart() {
        MetricValue before = from;
        MetricValue after = to;
        return before != null
                && after != null
                && before.hasInterval()
                && after.hasInterval()
                && (before.upper() < after.lower() || after.upper() < before.lower());
    }

    /** What a difference of a metric means. */
    public enum Change {
        BETTER,
        WORSE,
        SAME,
        /** One side has no value, or nobody knows which way the metric gets better. */
        UNKNOWN
    }
}
