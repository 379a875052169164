package io.jenkins.mlops.monitor.retraining;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;

/**
 * What retraining may take within any seven days.
 *
 * @param builds so many builds; {@link #UNLIMITED} for any number
 * @param minutes so many minutes of builds together; {@link #UNLIMITED} for any number
 * @param gpuHours so many hours of GPUs together; {@link #UNLIMITED} for any number
 */
public record RetrainingBudget(double builds, double minutes, double gpuHours) implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final double UNLIMITED = Double.POSITIVE_INFINITY;

    /** Seven builds a week, however long. */
    public static final RetrainingBudget DEFAULT = new RetrainingBudget(7, UNLIMITED, UNLIMITED);

    public RetrainingBudget {
        Expect.that(
                builds >= 0 && minutes >= 0 && gpuHours >= 0,
                "a budget of 0 or more",
                builds + ", " + minutes + ", " + gpuHours);
    }
}
