package io.jenkins.mlops.monitor;

import io.jenkins.mlops.monitor.window.WindowResult;
import java.io.Serializable;

/**
 * A window as the store keeps it.
 *
 * @param monitor the monitor's id
 * @param version the model version that served; 0 when nobody knows
 * @param result what it showed; from {@link MonitorStore#windows} without histograms
 * @param keptMillis when it was kept
 */
public record WindowRecord(String monitor, int version, WindowResult result, long keptMillis) implements Serializable {
    private static final long serialVersionUID = 1L;

    public WindowRecord {
        Expect.name(monitor, "a monitor's id");
        Expect.that(version >= 0, "a version of 0 or more", version);
        Expect.that(result != null, "what the window showed", null);
    }
}
