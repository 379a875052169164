package io.jenkins.plugins.mlops.steps;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import io.jenkins.mlops.tracking.TrackedRun;
import java.util.Map;

/**
 * Adds environment variables to the body of {@code trainModel}, for a tracking server that training code can log to.
 *
 * <p>Without one, the body sees only {@code MLOPS_RUN_ID}, {@code MLOPS_RUN_NAME} and {@code MLOPS_EXPERIMENT}:
 * {@code MLFLOW_RUN_ID} would make an MLflow client look for that run on a server that does not know it.
 */
public interface TrackingEnvironment extends ExtensionPoint {
    /** Variables for the body that logs to this run. Called off the CPS thread; may wait for a server. */
    Map<String, String> variables(Run<?, ?> build, TrackedRun run);

    /** All contributors that are installed. */
    static ExtensionList<TrackingEnvironment> all() {
        return ExtensionList.lookup(TrackingEnvironment.class);
    }
}
