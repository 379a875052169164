package io.jenkins.plugins.mlops.monitor;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.monitor.endpoint.EndpointHealthWindow;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A window of an endpoint in the API; what isn't known is left out. */
@ExportedBean(defaultVisibility = 2)
public final class HealthWindowBean {
    private final EndpointHealthWindow window;

    HealthWindowBean(EndpointHealthWindow window) {
        this.window = window;
    }

    @Exported
    public long getFromMillis() {
        return window.fromMillis();
    }

    @Exported
    public long getToMillis() {
        return window.toMillis();
    }

    @Exported
    public int getVersion() {
        return window.version();
    }

    @Exported
    public double getRequests() {
        return window.requests();
    }

    @Exported
    public long getProbes() {
        return window.probes();
    }

    @CheckForNull
    @Exported
    public Double getFailedShare() {
        return known(window.failedShare());
    }

    @CheckForNull
    @Exported
    public Double getLatency50() {
        return latency(0.5);
    }

    @CheckForNull
    @Exported
    public Double getLatency95() {
        return latency(0.95);
    }

    @CheckForNull
    @Exported
    public Double getLatency99() {
        return latency(0.99);
    }

    @CheckForNull
    @Exported
    public Double getSaturation() {
        return known(window.saturation());
    }

    @Exported
    public List<String> getNotes() {
        return window.notes();
    }

    @CheckForNull
    Double latency(double level) {
        return known(window.latencies().getOrDefault(level, Double.NaN));
    }

    @CheckForNull
    private static Double known(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
