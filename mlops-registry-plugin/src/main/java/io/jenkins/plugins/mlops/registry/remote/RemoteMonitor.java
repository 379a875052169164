package io.jenkins.plugins.mlops.registry.remote;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AdministrativeMonitor;
import io.jenkins.mlops.registry.mlflow.Drift;
import io.jenkins.mlops.registry.mlflow.RemoteState;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Tells administrators of aliases that were moved at the MLflow server, and of a server that is not reached for five
 * minutes or refuses something.
 *
 * <p>Shows what {@link RemoteClock} last saw, so that no page waits for the database.
 */
@Extension
public final class RemoteMonitor extends AdministrativeMonitor {
    private static final int SHOWN = 10;
    private static final long PATIENCE_MILLIS = TimeUnit.MINUTES.toMillis(5);

    private volatile List<Drift> drifts = List.of();

    @CheckForNull
    private volatile RemoteState state;

    static RemoteMonitor get() {
        return ExtensionList.lookupSingleton(RemoteMonitor.class);
    }

    /** Looks how things stand. */
    void look() {
        state = RemoteRegistry.get().state().orElse(null);
        drifts = state == null ? List.of() : RemoteRegistry.get().drifts(SHOWN);
    }

    @Override
    public boolean isActivated() {
        return !getDrifts().isEmpty() || !getFailure().isEmpty() || getRefused() > 0;
    }

    @Restricted(NoExternalUse.class) // message.jelly
    public List<Drift> getDrifts() {
        return RemoteRegistry.get().isConfigured() ? drifts : List.of();
    }

    /** Why the server is not reached; empty if it is, or has not been for a short while only. */
    @Restricted(NoExternalUse.class) // message.jelly
    public String getFailure() {
        RemoteState seen = state;
        return seen == null
                        || seen.failingMillis() == 0
                        || System.currentTimeMillis() - seen.failingMillis() < PATIENCE_MILLIS
                        || !RemoteRegistry.get().isConfigured()
                ? ""
                : seen.failure();
    }

    /** How many changes the server refused. */
    @Restricted(NoExternalUse.class) // message.jelly
    public int getRefused() {
        RemoteState seen = state;
        return seen == null || !RemoteRegistry.get().isConfigured() ? 0 : seen.refused();
    }

    @Override
    public String getDisplayName() {
        return Messages.RemoteMonitor_displayName();
    }
}
