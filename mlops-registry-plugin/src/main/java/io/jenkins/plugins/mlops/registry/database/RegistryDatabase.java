package io.jenkins.plugins.mlops.registry.database;

import hudson.ExtensionPoint;
import hudson.model.Describable;
import io.jenkins.mlops.registry.jdbc.DatabaseSettings;

/** A database that can hold the registry. */
public abstract class RegistryDatabase implements Describable<RegistryDatabase>, ExtensionPoint {
    /**
     * How the registry is to be opened, with its secrets looked up now.
     *
     * @throws io.jenkins.mlops.registry.RegistryException.Unavailable if a setting or a credential is missing
     */
    public abstract DatabaseSettings settings();

    /** Whether the database may hold something already; answered without opening it. */
    public abstract boolean exists();
}
