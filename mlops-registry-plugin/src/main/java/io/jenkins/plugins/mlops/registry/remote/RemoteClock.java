package io.jenkins.plugins.mlops.registry.remote;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Looks once a minute whether there is something to do at the MLflow server; the work is done elsewhere. */
@Extension
@Restricted(NoExternalUse.class)
public final class RemoteClock extends AsyncPeriodicWork {
    public RemoteClock() {
        super("MLOps MLflow server");
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(1);
    }

    @Override
    protected void execute(TaskListener listener) {
        if (RemoteRegistry.get().isConfigured() && RegistryConnection.get().hasRecords()) {
            RemoteRegistry.get().soon();
            RemoteMonitor.get().look();
        }
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }
}
