package io.jenkins.plugins.mlops.registry.database;

import hudson.ExtensionPoint;
import hudson.model.Describable;
import io.jenkins.mlops.registry.jdbc.RegistryDatabase;

/** Where the registry is kept, as an administrator chose. */
public abstract class DatabaseLocation implements Describable<DatabaseLocation>, ExtensionPoint {
    /**
     * Opens the database, with its secrets looked up now.
     *
     * @throws io.jenkins.mlops.registry.RegistryException.Unavailable if a credential is missing or the database cannot
     *     be opened; the message says why and what to do
     */
    public abstract RegistryDatabase open();

    /** Whether the database may hold something already; answered without opening it. */
    public abstract boolean exists();
}
