package io.jenkins.mlops.tracking;

import io.jenkins.mlops.registry.Limits;
import java.io.Serializable;

/**
 * One value of a metric's series.
 *
 * @param key the metric's name
 * @param value the value; NaN and the infinities are kept
 * @param timestampMillis when it was measured, in epoch milliseconds
 * @param step the training step or epoch, may be 0 throughout or negative
 */
public record MetricPoint(String key, double value, long timestampMillis, long step) implements Serializable {
    public MetricPoint {
        key = Limits.line("A metric's key", key, Limits.KEY);
    }
}
