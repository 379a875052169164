package io.jenkins.plugins.mlops.monitor;

import io.jenkins.mlops.monitor.Signal;
import io.jenkins.mlops.monitor.SignalState;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.plugins.mlops.registry.lineage.Badge;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.time.Instant;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How one endpoint was found when it was looked at last. */
@ExportedBean(defaultVisibility = 2)
public final class EndpointHealth {
    private final Deployment deployment;
    private final Signal signal;
    private final String detail;
    private final long checkedMillis;

    EndpointHealth(Deployment deployment, Signal signal, String detail, long checkedMillis) {
        this.deployment = deployment;
        this.signal = signal;
        this.detail = detail;
        this.checkedMillis = checkedMillis;
    }

    Deployment deployment() {
        return deployment;
    }

    Signal signal() {
        return signal;
    }

    @Exported
    public String getName() {
        return deployment.endpoint();
    }

    @Exported
    public String getModel() {
        return deployment.model();
    }

    @Exported
    public int getVersion() {
        return deployment.version();
    }

    /** Where it answers, or empty. */
    @Exported
    public String getUrl() {
        return deployment.url() == null ? "" : deployment.url();
    }

    /** {@code OK}, {@code SUSPECT}, {@code ALARM} or {@code RECOVERING}. */
    @Exported
    public String getState() {
        return signal.state().name();
    }

    public Badge getBadge() {
        return Badge.of(getState());
    }

    public boolean isAlarm() {
        return signal.state() == SignalState.ALARM;
    }

    /** Since when it is in this state, in ISO 8601. */
    @Exported
    public String getSince() {
        return Instant.ofEpochMilli(signal.sinceMillis()).toString();
    }

    /** Since when it is in this state, as pages write it. */
    @Restricted(NoExternalUse.class) // bound to the page
    public String getSinceTime() {
        return NumberText.time(signal.sinceMillis());
    }

    /** When it was looked at last, in ISO 8601. */
    @Exported
    public String getChecked() {
        return Instant.ofEpochMilli(checkedMillis).toString();
    }

    /** What was asked and answered. */
    @Exported
    public String getDetail() {
        return detail;
    }
}
