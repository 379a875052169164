package io.jenkins.plugins.mlops.monitor;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Job;
import io.jenkins.mlops.monitor.MonitorStore;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.util.Collection;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.TransientActionFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Shows on a job's page the monitors whose retrainings it builds, and how they are. */
public final class MonitorJobAction extends InvisibleAction {
    private static final Logger LOGGER = Logger.getLogger(MonitorJobAction.class.getName());

    private final Job<?, ?> job;

    MonitorJobAction(Job<?, ?> job) {
        this.job = job;
    }

    /** Its monitors, those that matter most first. */
    @Restricted(NoExternalUse.class) // jobMain.jelly
    public List<MonitorRow> getMonitors() {
        try {
            MonitorStore store = RegistryConnection.get().monitors();
            return store.monitorsOf(job.getFullName()).stream()
                    .filter(MonitorAccess::sees)
                    .map(monitor -> new MonitorRow(monitor, store.signals(monitor.id())))
                    .sorted(java.util.Comparator.comparing(MonitorRow::isAlarm).reversed())
                    .toList();
        } catch (RegistryException x) {
            LOGGER.log(Level.WARNING, () -> "No monitors of " + job.getFullName() + ": " + x.getMessage());
            return List.of();
        }
    }

    /** Gives every job its monitors. */
    @Extension
    @Restricted(NoExternalUse.class) // found by Jenkins
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Job> {
        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @Override
        public Class<MonitorJobAction> actionType() {
            return MonitorJobAction.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Job target) {
            // Asked for very often, so the registry is left alone until somebody looks.
            return RegistryConnection.get().hasRecords() ? List.of(new MonitorJobAction(target)) : List.of();
        }
    }
}
