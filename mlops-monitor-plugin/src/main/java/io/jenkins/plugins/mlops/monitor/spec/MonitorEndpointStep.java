package io.jenkins.plugins.mlops.monitor.spec;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.monitor.MonitorStore;
import io.jenkins.mlops.monitor.SignalState;
import io.jenkins.mlops.monitor.signal.SignalTrack;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** The step {@code monitorEndpoint}: puts an endpoint under watch, or changes how it is watched. */
public final class MonitorEndpointStep extends Step {
    private final MonitorSpec monitor;

    /** @param monitor what is watched and what follows */
    @DataBoundConstructor
    public MonitorEndpointStep(MonitorSpec monitor) {
        this.monitor = monitor;
    }

    public MonitorSpec getMonitor() {
        return monitor;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, monitor);
    }

    /** Writes one row of the registry's database. A restart of Jenkins in the middle fails it, and it may be run again. */
    private static final class Execution extends SynchronousNonBlockingStepExecution<MonitoredEndpoint> {
        private static final long serialVersionUID = 1L;

        private final MonitorSpec spec;

        Execution(StepContext context, MonitorSpec spec) {
            super(context);
            this.spec = spec;
        }

        @Override
        protected MonitoredEndpoint run() throws Exception {
            if (spec == null) {
                throw new AbortException("monitorEndpoint: expected monitor(...), found nothing");
            }
            Run<?, ?> run = getContext().get(Run.class);
            String own = run.getParent().getFullName();
            MonitorRecord wanted = spec.record(own);
            MonitorStore store = RegistryConnection.get().monitors();
            MonitorRecord before = store.monitor(wanted.id()).orElse(null);
            if (before != null
                    && !before.job().equals(wanted.job())
                    && Jenkins.get().getItemByFullName(before.job()) != null) {
                throw new AbortException("monitorEndpoint: the monitor '" + wanted.id() + "' belongs to the job '"
                        + before.job() + "'; give this one another name, or delete that one on its page");
            }
            if (!wanted.job().equals(own)) {
                // Else whoever may start that job would have its secrets sent wherever he likes.
                EndpointHealthSpec health = spec.getHealth();
                LogStoreSpec logStore = spec.getLogStore();
                refuse("metricsCredentialsId", health == null ? "" : health.getMetricsCredentialsId(), own, wanted);
                refuse("credentialsId of logStore", logStore == null ? "" : logStore.getCredentialsId(), own, wanted);
                Job<?, ?> other = Jenkins.get().getItemByFullName(wanted.job(), Job.class);
                if (other == null || !other.hasPermission(Item.BUILD)) {
                    throw new AbortException("monitorEndpoint: there is no job '" + wanted.job()
                            + "' that this build may start; name the job that retrains");
                }
            }
            MonitorRecord kept = store.save(wanted);
            SignalState state = store.signals(kept.id()).stream()
                    .map(SignalTrack::state)
                    .max(Comparator.comparing(List.of(
                            SignalState.OK, SignalState.RECOVERING, SignalState.SUSPECT, SignalState.ALARM)::indexOf))
                    .orElse(SignalState.OK);
            TaskListener listener = getContext().get(TaskListener.class);
            listener.getLogger()
                    .println("[mlops] monitor '" + kept.id() + "' watches " + kept.model() + " at '" + kept.endpoint()
                            + "', now " + state);
            return new MonitoredEndpoint(kept.id(), kept.model(), kept.endpoint(), state.name());
        }
    }

    private static void refuse(String option, String credentialsId, String own, MonitorRecord wanted)
            throws AbortException {
        if (!credentialsId.isEmpty()) {
            throw new AbortException("monitorEndpoint: " + option + " are credentials of the job '" + own
                    + "', and this monitor belongs to the job '" + wanted.job()
                    + "'; set it up from there, or as its job property");
        }
    }

    /** Describes {@code monitorEndpoint}. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "monitorEndpoint";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.MonitorEndpointStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
