package io.jenkins.plugins.mlops.steps;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import io.jenkins.mlops.tracking.TrackedRun;
import java.util.Map;

/**
 * Adds environment variables to the body of {@code trainModel}, beside {@code MLOPS_RUN_ID}, {@code MLOPS_RUN_NAME},
 * {@code MLOPS_EXPERIMENT} and, where Jenkins knows its own URL, those that make an MLflow client log to the run:
 * {@code MLFLOW_TRACKING_URI}, {@code MLFLOW_RUN_ID}, {@code MLFLOW_EXPERIMENT_ID} and the secret
 * {@code MLFLOW_TRACKING_TOKEN}.
 */
public interface TrackingEnvironment extends ExtensionPoint {
    /** Variables for the body that logs to this run. Called off the CPS thread; may wait for a server. */
    Map<String, String> variables(Run<?, ?> build, TrackedRun run);

    /** All contributors that are installed. */
    static ExtensionList<TrackingEnvironment> all() {
        return ExtensionList.lookup(TrackingEnvironment.class);
    }
}
