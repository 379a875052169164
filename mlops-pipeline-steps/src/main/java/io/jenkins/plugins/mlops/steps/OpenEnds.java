package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.tracking.RunStatus;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.plugins.mlops.registry.BuildReferences;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.lineage.EndpointFact;
import io.jenkins.plugins.mlops.registry.lineage.LineageAction;
import io.jenkins.plugins.mlops.registry.lineage.RunFact;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Closes what a build leaves open that ended without its steps: killed, or not to be resumed after a crash.
 *
 * <p>Steps that end in their own way leave nothing open. Without this a run would count as running, and an endpoint as
 * switching, for ever.
 */
@Extension
public final class OpenEnds extends RunListener<Run<?, ?>> {
    private static final Logger LOGGER = Logger.getLogger(OpenEnds.class.getName());
    private static final int RECENT = 20;

    @Override
    public void onCompleted(Run<?, ?> build, @NonNull TaskListener listener) {
        LineageAction lineage = build.getAction(LineageAction.class);
        if (lineage != null && hasOpenEnds(lineage)) {
            // The database may keep one waiting, and this is called where a Pipeline is not to wait.
            Computer.threadPoolForRemoting.submit(() -> close(build, lineage));
        }
    }

    private static boolean hasOpenEnds(LineageAction lineage) {
        return lineage.getRuns().stream().anyMatch(OpenEnds::isOpen)
                || lineage.getEndpoints().stream().anyMatch(OpenEnds::isOpen);
    }

    private static boolean isOpen(RunFact run) {
        return run.getStatus().equals(RunStatus.RUNNING.name());
    }

    private static boolean isOpen(EndpointFact endpoint) {
        return endpoint.getState().equals(DeploymentState.SWITCHING.name());
    }

    private static void close(Run<?, ?> build, LineageAction lineage) {
        try {
            for (RunFact run : lineage.getRuns()) {
                if (isOpen(run)) {
                    close(run, lineage);
                }
            }
            for (EndpointFact endpoint : lineage.getEndpoints()) {
                if (isOpen(endpoint)) {
                    close(endpoint, build, lineage);
                }
            }
        } catch (IOException | RegistryException x) {
            LOGGER.log(Level.WARNING, x, () -> "cannot close what " + build + " left open");
        }
    }

    private static void close(RunFact run, LineageAction lineage) throws IOException {
        TrackedRun ended = RegistryConnection.get().tracking().run(run.getId());
        if (!ended.status().isFinished()) {
            ended = RegistryConnection.get()
                    .tracking()
                    .update(run.getId(), RunStatus.KILLED, System.currentTimeMillis(), null);
        }
        lineage.record(new RunFact(
                run.getId(),
                run.getName(),
                run.getExperiment(),
                ended.status().name(),
                run.getStartMillis(),
                ended.endMillis(),
                run.getNode()));
    }

    private static void close(EndpointFact endpoint, Run<?, ?> build, LineageAction lineage) throws IOException {
        for (Deployment deployment : RegistryConnection.get().registry().deployments(endpoint.getName(), RECENT)) {
            BuildRef by = deployment.build();
            if (by != null && by.equals(BuildReferences.of(build))) {
                Deployment ended = deployment.state() == DeploymentState.SWITCHING
                        ? RegistryConnection.get()
                                .registry()
                                .finishDeployment(
                                        deployment.operationKey(),
                                        DeploymentState.FAILED,
                                        null,
                                        "its build ended without telling the outcome; the next deployment finds out"
                                                + " what serves")
                        : deployment;
                lineage.record(new EndpointFact(
                        ended.endpoint(),
                        ended.model(),
                        ended.version(),
                        ended.url() == null ? "" : ended.url(),
                        ended.state().name()));
                return;
            }
        }
    }
}
