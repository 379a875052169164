package io.jenkins.plugins.mlops.monitor.spec;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.plugins.mlops.monitor.watch.DeclaredMonitors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** The administrator's monitors, for configuration as code. */
@Extension
@Symbol("mlopsMonitors")
public final class MonitorConfiguration extends GlobalConfiguration implements DeclaredMonitors {
    private List<MonitorSpec> monitors = new ArrayList<>();

    public MonitorConfiguration() {
        load();
    }

    public List<MonitorSpec> getMonitors() {
        return monitors == null ? List.of() : Collections.unmodifiableList(monitors);
    }

    /** @throws IllegalArgumentException for a monitor that makes no sense, or retrains by itself without a job */
    @DataBoundSetter
    public void setMonitors(@CheckForNull List<MonitorSpec> monitors) {
        List<MonitorSpec> given = monitors == null ? List.of() : monitors;
        given.forEach(MonitorSpec::planWithoutJob);
        this.monitors = new ArrayList<>(given);
        save();
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        if (!form.has("monitors")) {
            // A list that was emptied is not sent.
            setMonitors(null);
        }
        return super.configure(request, form);
    }

    @Override
    public List<MonitorRecord> declared() {
        return getMonitors().stream().map(spec -> spec.record("")).toList();
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.MonitorConfiguration_displayName();
    }
}
