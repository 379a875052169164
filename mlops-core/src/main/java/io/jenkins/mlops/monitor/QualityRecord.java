package io.jenkins.mlops.monitor;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.monitor.window.WindowQuality;
import java.io.Serializable;

/**
 * The quality of a window as the store keeps it.
 *
 * @param monitor the monitor's id
 * @param version the model version that served; 0 when nobody knows
 * @param quality what its labels show
 * @param reference the metric that is watched, as the version was evaluated with before it served; null for none
 * @param keptMillis when it was kept
 */
public record QualityRecord(
        String monitor,
        int version,
        WindowQuality quality,
        @CheckForNull MetricValue reference,
        long keptMillis) implements Serializable {
    private static final long serialVersionUID = 1L;

    public QualityRecord {
        Expect.name(monitor, "a monitor's id");
        Expect.that(version >= 0, "a version of 0 or more", version);
        Expect.present(quality, "a quality");
    }
}
