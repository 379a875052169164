package io.jenkins.plugins.mlops.monitor.trigger;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Cause;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Notes the builds that were started for changed data, and looks at datasets as soon as a build may have recorded one. */
@Extension
public final class DataBuildListener extends RunListener<Run<?, ?>> {
    private static final Logger LOGGER = Logger.getLogger(DataBuildListener.class.getName());

    @Override
    public void onStarted(Run<?, ?> run, TaskListener listener) {
        for (Cause cause : run.getCauses()) {
            if (cause instanceof DataChangedCause data) {
                try {
                    DataPoll.settle(run.getParent(), data);
                } catch (IOException x) {
                    LOGGER.log(
                            Level.WARNING,
                            x,
                            () -> "The watch of " + run.getParent().getFullName() + " is not kept");
                }
            }
        }
    }

    @Override
    public void onFinalized(@NonNull Run<?, ?> run) {
        PollingPool pool = PollingPool.get();
        pool.watching(run.getParent().getFullName()).forEach(pool::submitAfresh);
    }
}
