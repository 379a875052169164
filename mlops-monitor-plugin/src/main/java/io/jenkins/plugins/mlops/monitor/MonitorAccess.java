package io.jenkins.plugins.mlops.monitor;

import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.Visibility;
import jenkins.model.Jenkins;

/** Who may see and change what of monitors: everything with the models' permissions, else what is of one's jobs. */
final class MonitorAccess {
    private MonitorAccess() {}

    /** Whether the present user may see a monitor. */
    static boolean sees(MonitorRecord monitor) {
        return Visibility.all() || job(monitor) != null;
    }

    /** Whether the present user may see what an endpoint serves. */
    static boolean sees(Deployment deployment) {
        if (Visibility.all()) {
            return true;
        }
        try {
            return Visibility.of(RegistryConnection.get().registry().version(deployment.model(), deployment.version()));
        } catch (RegistryException x) {
            return false;
        }
    }

    /** Whether the present user may change a monitor: its job, too, is configured by him, or all models are. */
    static boolean configures(MonitorRecord monitor) {
        Job<?, ?> job = job(monitor);
        return Jenkins.get().hasPermission(MlopsPermissions.CONFIGURE)
                || job != null && job.hasPermission(Item.CONFIGURE);
    }

    /** Whether the present user may decide on a retraining, which is a build. */
    static boolean retrains(MonitorRecord monitor) {
        Job<?, ?> job = job(monitor);
        return job != null && job.hasPermission(Item.BUILD);
    }

    /** Whether the present user may decline a retraining; where no job builds it, whoever changes the monitor may. */
    static boolean declines(MonitorRecord monitor) {
        return retrains(monitor) || monitor.job().isEmpty() && configures(monitor);
    }

    private static Job<?, ?> job(MonitorRecord monitor) {
        // Null where the user may not read it.
        return monitor.job().isEmpty() ? null : Jenkins.get().getItemByFullName(monitor.job(), Job.class);
    }
}
