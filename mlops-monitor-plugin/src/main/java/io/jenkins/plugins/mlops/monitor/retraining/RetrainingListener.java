package io.jenkins.plugins.mlops.monitor.retraining;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Notes how the builds of retrainings go. */
@Extension
public final class RetrainingListener extends RunListener<Run<?, ?>> {
    private static final Logger LOGGER = Logger.getLogger(RetrainingListener.class.getName());

    @Override
    public void onStarted(Run<?, ?> run, TaskListener listener) {
        follow(run, false);
    }

    @Override
    public void onFinalized(@NonNull Run<?, ?> run) {
        follow(run, true);
    }

    private static void follow(Run<?, ?> run, boolean ended) {
        RetrainingCause cause = run.getCause(RetrainingCause.class);
        if (cause != null) {
            try {
                Retrainings.get()
                        .follow(
                                cause,
                                run,
                                ended,
                                RegistryConnection.get().clock().millis());
            } catch (RegistryException x) {
                // Taken up again by the minute's round.
                LOGGER.log(Level.WARNING, x, () -> "How " + run + " goes is not noted now");
            }
        }
    }

    /** Follows jobs that are renamed or moved. */
    @Extension
    public static final class Moved extends ItemListener {
        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            if (item instanceof Job && RegistryConnection.get().hasRecords()) {
                RegistryConnection.get().monitors().renameJob(oldFullName, newFullName);
            }
        }
    }
}
