package io.jenkins.plugins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.jdbc.RegistryDatabases;
import io.jenkins.mlops.registry.jdbc.RegistryStore;
import io.jenkins.mlops.tracking.TrackingStore;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The open registry of this controller: opened with its first use, closed when Jenkins ends or the settings change.
 *
 * <p>Opening may wait for a database, so it is never asked for on the CPS thread or while Jenkins starts.
 */
@Extension
public final class RegistryConnection {
    private static final Logger LOGGER = Logger.getLogger(RegistryConnection.class.getName());

    @CheckForNull
    private RegistryStore open;

    @CheckForNull
    private volatile String problem;

    public static RegistryConnection get() {
        return ExtensionList.lookupSingleton(RegistryConnection.class);
    }

    /**
     * The registry.
     *
     * @throws RegistryException.Unavailable if its database cannot be opened; the message says why and what to do
     */
    public ModelRegistry registry() {
        return store().registry();
    }

    /**
     * The tracked runs, in the same database.
     *
     * @throws RegistryException.Unavailable if its database cannot be opened
     */
    public TrackingStore tracking() {
        return store().tracking();
    }

    private synchronized RegistryStore store() {
        if (open == null) {
            try {
                open = RegistryStore.open(RegistryConfiguration.get().getDatabase().settings());
                problem = null;
            } catch (RegistryException x) {
                problem = x.getMessage();
                throw x;
            }
        }
        return open;
    }

    /** Whether there is anything in the registry yet; so that nothing is created where no one uses models. */
    public boolean hasRecords() {
        synchronized (this) {
            if (open != null) {
                return true;
            }
        }
        return RegistryConfiguration.get().getDatabase().exists();
    }

    /** Why the registry could not be opened last time, or takes no changes now; empty when all is well. */
    public Optional<String> problem() {
        String opening = problem;
        if (opening != null) {
            return Optional.of(opening);
        }
        RegistryStore store;
        synchronized (this) {
            store = open;
        }
        return store == null ? Optional.empty() : store.registry().readOnlyReason();
    }

    /** Closes the registry; the next use opens it again. */
    public synchronized void close() {
        problem = null;
        if (open != null) {
            open.close();
            open = null;
        }
    }

    /** Closes the registry before the class loader of this plugin goes away. */
    @Terminator
    @Restricted(NoExternalUse.class) // called by Jenkins
    public static void shutDown() {
        try {
            get().close();
        } catch (RegistryException x) {
            LOGGER.log(Level.WARNING, "The registry did not close well", x);
        }
    }
}
