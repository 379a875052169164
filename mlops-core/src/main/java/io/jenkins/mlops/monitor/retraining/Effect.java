package io.jenkins.mlops.monitor.retraining;

import io.jenkins.mlops.evaluation.Direction;
import io.jenkins.mlops.evaluation.MetricValue;

/** What a retraining did to the quality in production. */
public enum Effect {
    /** Not known yet: it runs, or nothing was measured after it. */
    UNKNOWN,
    /** The quality after it is better, beyond the intervals of both. */
    HELPED,
    /** No difference beyond the intervals, or the new version never came to serve. */
    NO_DIFFERENCE,
    /** The quality after it is worse, beyond the intervals of both. */
    HARMED;

    /**
     * Compares the quality before and after. With two intervals, a difference counts when they don't overlap, which is
     * stricter than a test at their level; with one, when it doesn't hold the other value; without any, every difference
     * counts. NaN on either side, or a metric of unknown direction, is {@link #UNKNOWN}.
     */
    public static Effect of(MetricValue before, MetricValue after, Direction direction) {
        if (direction == Direction.UNKNOWN || Double.isNaN(before.value()) || Double.isNaN(after.value())) {
            return UNKNOWN;
        }
        double beforeLow = before.hasInterval() ? before.lower() : before.value();
        double beforeHigh = before.hasInterval() ? before.upper() : before.value();
        double afterLow = after.hasInterval() ? after.lower() : after.value();
        double afterHigh = after.hasInterval() ? after.upper() : after.value();
        boolean rose = afterLow > beforeHigh;
        boolean fell = afterHigh < beforeLow;
        if (!rose && !fell) {
            return NO_DIFFERENCE;
        }
        return rose == (direction == Direction.HIGHER) ? HELPED : HARMED;
    }
}
