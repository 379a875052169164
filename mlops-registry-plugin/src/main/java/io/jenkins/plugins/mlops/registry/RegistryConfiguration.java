package io.jenkins.plugins.mlops.registry;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import io.jenkins.plugins.mlops.registry.database.DatabaseLocation;
import io.jenkins.plugins.mlops.registry.database.EmbeddedDatabase;
import jenkins.model.GlobalConfiguration;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;

/** The administrator's settings of the registry: which database holds it, which hosts may be called. */
@Extension
@Symbol("mlopsRegistry")
public final class RegistryConfiguration extends GlobalConfiguration {
    private DatabaseLocation database = new EmbeddedDatabase();
    private String allowedHosts = "";

    public RegistryConfiguration() {
        load();
    }

    public static RegistryConfiguration get() {
        return ExtensionList.lookupSingleton(RegistryConfiguration.class);
    }

    public DatabaseLocation getDatabase() {
        return database;
    }

    /** Sets the database; the registry is opened there with its next use. What the old one holds is not moved. */
    @DataBoundSetter
    public void setDatabase(DatabaseLocation database) {
        if (database == null) {
            throw new IllegalArgumentException("expected a database for the registry: embedded or postgres");
        }
        this.database = database;
        save();
        RegistryConnection.get().close();
    }

    public String getAllowedHosts() {
        return allowedHosts;
    }

    /** Sets the hosts that the controller may call for a build: one a line, see {@link AllowedHosts}. */
    @DataBoundSetter
    public void setAllowedHosts(String allowedHosts) {
        this.allowedHosts = Util.fixNull(allowedHosts).trim();
        save();
    }

    /** The hosts that the controller may call for a build. */
    public AllowedHosts allowedHosts() {
        return new AllowedHosts(Util.fixNull(allowedHosts));
    }

    @Override
    public String getDisplayName() {
        return Messages.RegistryConfiguration_displayName();
    }
}
