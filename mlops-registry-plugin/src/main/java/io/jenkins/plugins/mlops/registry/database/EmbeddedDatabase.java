package io.jenkins.plugins.mlops.registry.database;

import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.mlops.registry.jdbc.RegistryDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** An H2 database in the folder {@code mlops} of the Jenkins home: nothing to install, one controller. */
public final class EmbeddedDatabase extends DatabaseLocation {
    @DataBoundConstructor
    public EmbeddedDatabase() {}

    @Override
    public RegistryDatabase open() {
        return RegistryDatabase.openEmbedded(folder());
    }

    @Override
    public boolean exists() {
        return Files.exists(folder());
    }

    private static Path folder() {
        return Jenkins.get().getRootDir().toPath().resolve("mlops").resolve("registry");
    }

    /** Describes the embedded database. */
    @Extension
    @Symbol("embedded")
    public static final class DescriptorImpl extends Descriptor<DatabaseLocation> {
        @Override
        public String getDisplayName() {
            return Messages.EmbeddedDatabase_displayName();
        }
    }
}
