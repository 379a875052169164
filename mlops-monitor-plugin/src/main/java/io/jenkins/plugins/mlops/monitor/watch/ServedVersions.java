package io.jenkins.plugins.mlops.monitor.watch;

import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.monitor.window.WindowResult;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.util.List;

/**
 * Which version made the predictions of a window: the one that served in its middle, which a look after a rollout finds
 * replaced.
 *
 * @param deployments the endpoint's deployments, newest first
 * @param now the version that serves at the look: of windows without times, and where the history doesn't tell
 */
record ServedVersions(List<Deployment> deployments, int now) {
    private static final int HISTORY = 100;

    static ServedVersions of(MonitorRecord monitor, int now) {
        ModelRegistry registry = RegistryConnection.get().registry();
        return new ServedVersions(
                monitor.endpoint().isEmpty() ? List.of() : registry.deployments(monitor.endpoint(), HISTORY), now);
    }

    /** The version of a window. */
    int of(WindowResult window) {
        long end = window.endMillis();
        return end == 0 ? now : at(window.startMillis() + (end - window.startMillis()) / 2);
    }

    /** The version that served at a moment: of those that were replaced later, the one that was replaced first. */
    private int at(long millis) {
        Deployment found = null;
        for (Deployment deployment : deployments) {
            boolean served =
                    deployment.state() == DeploymentState.RETIRED || deployment.state() == DeploymentState.ROLLED_BACK;
            if (served
                    && deployment.startedMillis() <= millis
                    && millis < deployment.changedMillis()
                    && (found == null || deployment.changedMillis() <= found.changedMillis())) {
                found = deployment;
            }
        }
        return found == null ? now : found.version();
    }
}
