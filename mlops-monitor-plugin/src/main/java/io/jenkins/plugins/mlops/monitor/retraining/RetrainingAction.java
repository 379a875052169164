package io.jenkins.plugins.mlops.monitor.retraining;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.InvisibleAction;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Shows on a retraining's build what asked for it, and what came of it. */
public final class RetrainingAction extends InvisibleAction {
    private final String key;
    private final String monitor;

    RetrainingAction(String key, String monitor) {
        this.key = key;
        this.monitor = monitor;
    }

    public String getMonitor() {
        return monitor;
    }

    /** Where the monitor's page is, from the root of Jenkins. */
    public String getPath() {
        return "mlops-endpoints/monitor/" + Util.rawEncode(monitor) + "/";
    }

    /** How it stands; null when nobody knows any more. */
    @CheckForNull
    @Restricted(NoExternalUse.class) // summary.jelly
    public RetrainingView getRetraining() {
        try {
            return RegistryConnection.get()
                    .monitors()
                    .attempt(key)
                    .map(RetrainingView::new)
                    .orElse(null);
        } catch (RegistryException x) {
            // The build's page is not to fail with the registry.
            return null;
        }
    }
}
