package io.jenkins.mlops.evaluation;

import java.io.Serializable;
import java.util.Objects;

/**
 * What is known of a metric.
 *
 * @param name canonical name in snake case
 * @param direction which way it gets better
 * @param lowest the lowest possible value, may be negative infinity
 * @param highest the highest possible value, may be positive infinity
 * @param meaning one line for a newcomer
 */
public record Metric(String name, Direction direction, double lowest, double highest, String meaning)
        implements Serializable {
    public Metric {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(meaning, "meaning");
    }
}
