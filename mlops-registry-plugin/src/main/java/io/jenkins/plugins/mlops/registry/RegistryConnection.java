package io.jenkins.plugins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import io.jenkins.mlops.monitor.MonitorStore;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.PolicyOrigin;
import io.jenkins.mlops.registry.PolicyRevision;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.jdbc.JdbcModelRegistry;
import io.jenkins.mlops.registry.jdbc.JdbcMonitorStore;
import io.jenkins.mlops.registry.jdbc.JdbcRemoteStore;
import io.jenkins.mlops.registry.jdbc.JdbcRetentionStore;
import io.jenkins.mlops.registry.jdbc.JdbcTrackingStore;
import io.jenkins.mlops.registry.jdbc.RegistryDatabase;
import io.jenkins.mlops.registry.mlflow.RemoteStore;
import io.jenkins.mlops.registry.retention.RetentionStore;
import io.jenkins.mlops.tracking.TrackingStore;
import io.jenkins.plugins.mlops.registry.policy.ModelPolicy;
import java.time.Clock;
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
    private Stores open;

    @CheckForNull
    private volatile String problem;

    private volatile Clock clock = Clock.systemUTC();

    private record Stores(
            RegistryDatabase database,
            ModelRegistry registry,
            TrackingStore tracking,
            RemoteStore remote,
            MonitorStore monitors,
            RetentionStore retention) {}

    public static RegistryConnection get() {
        return ExtensionList.lookupSingleton(RegistryConnection.class);
    }

    /**
     * The registry.
     *
     * @throws RegistryException.Unavailable if its database cannot be opened; the message says why and what to do
     */
    public ModelRegistry registry() {
        return stores().registry();
    }

    /**
     * The tracked runs, in the same database.
     *
     * @throws RegistryException.Unavailable if its database cannot be opened
     */
    public TrackingStore tracking() {
        return stores().tracking();
    }

    /**
     * The monitors, in the same database.
     *
     * @throws RegistryException.Unavailable if its database cannot be opened
     */
    public MonitorStore monitors() {
        return stores().monitors();
    }

    /**
     * What goes by rules of retention, in the same database.
     *
     * @throws RegistryException.Unavailable if its database cannot be opened
     */
    public RetentionStore retention() {
        return stores().retention();
    }

    /** The database behind both, for what takes all of it. */
    RegistryDatabase database() {
        return stores().database();
    }

    /**
     * What is kept about the MLflow server that follows the registry, in the same database.
     *
     * @throws RegistryException.Unavailable if its database cannot be opened
     */
    public RemoteStore remote() {
        return stores().remote();
    }

    /**
     * The clock of what is kept here. Whoever compares his own times with those that are kept, as monitors do with the times
     * of rollouts, takes them from it.
     */
    public Clock clock() {
        return clock;
    }

    /** Keeps by another clock from now on: tests let days pass in a moment. */
    synchronized void setClock(Clock clock) {
        close();
        this.clock = clock;
    }

    private synchronized Stores stores() {
        if (open == null) {
            try {
                RegistryDatabase database =
                        RegistryConfiguration.get().getDatabase().open();
                open = new Stores(
                        database,
                        new JdbcModelRegistry(database, clock),
                        new JdbcTrackingStore(database, clock),
                        new JdbcRemoteStore(database, clock),
                        new JdbcMonitorStore(database, clock),
                        new JdbcRetentionStore(database, clock));
                problem = null;
                applyPolicies(open.registry());
            } catch (RegistryException x) {
                problem = x.getMessage();
                throw x;
            }
        }
        return open;
    }

    /** Sets the policies of the configuration, if the registry is open; else they are set when it is opened. */
    void applyPolicies() {
        Stores stores;
        synchronized (this) {
            stores = open;
        }
        if (stores != null) {
            applyPolicies(stores.registry());
        }
    }

    /** What configuration as code says is in force, whoever set something else meanwhile. */
    private static void applyPolicies(ModelRegistry registry) {
        for (ModelPolicy configured : RegistryConfiguration.get().getPolicies()) {
            String model = configured.getModel();
            try {
                PromotionPolicy wanted = configured.toPolicy(PolicyOrigin.CONFIGURATION);
                PromotionPolicy set = registry.policyHistory(model).stream()
                        .findFirst()
                        .map(PolicyRevision::policy)
                        .orElse(null);
                if (set == null || set.origin() != PolicyOrigin.CONFIGURATION || !set.asksTheSame(wanted)) {
                    registry.setPolicy(wanted, BuildReferences.SYSTEM);
                }
            } catch (IllegalArgumentException | RegistryException x) {
                LOGGER.log(
                        Level.WARNING,
                        x,
                        () -> "The configured promotion policy of " + (model == null ? "all models" : model)
                                + " is not in force");
            }
        }
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
        Stores stores;
        synchronized (this) {
            stores = open;
        }
        return stores == null ? Optional.empty() : stores.registry().readOnlyReason();
    }

    /** Closes the registry; the next use opens it again. */
    public synchronized void close() {
        problem = null;
        if (open != null) {
            open.database().close();
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
