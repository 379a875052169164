package io.jenkins.plugins.mlops.registry.mlflow;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.mlops.tracking.RunBatch;
import io.jenkins.mlops.tracking.TrackedRun;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Hears of what clients of MLflow's API log to runs, after it is on disk. */
public interface RunLogListener extends ExtensionPoint {
    /** Called by the thread of the request; may not wait for anything. */
    void onLogged(TrackedRun run, RunBatch batch);

    /** Tells all listeners; one that fails is logged and does not keep the others from hearing it. */
    static void fireLogged(TrackedRun run, RunBatch batch) {
        for (RunLogListener listener : ExtensionList.lookup(RunLogListener.class)) {
            try {
                listener.onLogged(run, batch);
            } catch (RuntimeException x) {
                Logger.getLogger(RunLogListener.class.getName())
                        .log(Level.WARNING, x, () -> listener.getClass().getName() + " failed on run " + run.id());
            }
        }
    }
}
