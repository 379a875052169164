package io.jenkins.plugins.mlops.monitor.spec;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Job;
import hudson.model.JobProperty;
import hudson.model.JobPropertyDescriptor;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.plugins.mlops.monitor.watch.DeclaredMonitors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** The job property {@code mlopsMonitor}: monitors whose retrainings this job builds. */
public final class MonitorJobProperty extends JobProperty<Job<?, ?>> {
    private final ArrayList<MonitorSpec> monitors;

    /** @throws IllegalArgumentException for a monitor that makes no sense */
    @DataBoundConstructor
    public MonitorJobProperty(@CheckForNull List<MonitorSpec> monitors) {
        this.monitors = monitors == null ? new ArrayList<>() : new ArrayList<>(monitors);
        this.monitors.forEach(MonitorSpec::plan);
    }

    public List<MonitorSpec> getMonitors() {
        return Collections.unmodifiableList(monitors);
    }

    /** Describes the property. */
    @Extension
    @Symbol("mlopsMonitor")
    public static final class DescriptorImpl extends JobPropertyDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.MonitorJobProperty_displayName();
        }
    }

    /** The monitors of all jobs. A job's own property may start that job and no other. */
    @Extension
    public static final class OfJobs implements DeclaredMonitors {
        @Override
        public List<MonitorRecord> declared() {
            List<MonitorRecord> found = new ArrayList<>();
            for (Job<?, ?> job : Jenkins.get().allItems(Job.class)) {
                MonitorJobProperty property = job.getProperty(MonitorJobProperty.class);
                if (property != null) {
                    for (MonitorSpec spec : property.getMonitors()) {
                        if (spec.getJob().isEmpty() || spec.getJob().equals(job.getFullName())) {
                            found.add(spec.record(job.getFullName()));
                        }
                    }
                }
            }
            return found;
        }
    }
}
