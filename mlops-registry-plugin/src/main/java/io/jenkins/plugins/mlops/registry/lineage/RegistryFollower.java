package io.jenkins.plugins.mlops.registry.lineage;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import hudson.security.ACL;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.BuildReferences;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Keeps the registry's references true when jobs are renamed or moved and builds are deleted. */
@Restricted(NoExternalUse.class)
public final class RegistryFollower {
    private static final Logger LOGGER = Logger.getLogger(RegistryFollower.class.getName());

    private RegistryFollower() {}

    /** Follows jobs and folders. */
    @Extension
    public static final class Items extends ItemListener {
        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            RegistryConnection connection = RegistryConnection.get();
            if (!connection.hasRecords()) {
                return;
            }
            try {
                connection
                        .registry()
                        .jobMoved(
                                oldFullName,
                                newFullName,
                                Jenkins.getAuthentication2().equals(ACL.SYSTEM2)
                                        ? BuildReferences.SYSTEM
                                        : Jenkins.getAuthentication2().getName());
            } catch (RegistryException x) {
                LOGGER.log(
                        Level.WARNING,
                        x,
                        () -> "The registry does not know that " + oldFullName + " is now " + newFullName);
            }
        }
    }

    /** Follows builds that have to do with models. */
    @Extension
    public static final class Builds extends RunListener<Run<?, ?>> {
        @Override
        public void onDeleted(Run<?, ?> run) {
            if (run.getAction(LineageAction.class) == null) {
                return;
            }
            try {
                RegistryConnection.get().registry().buildDeleted(BuildReferences.of(run));
            } catch (RegistryException x) {
                LOGGER.log(
                        Level.WARNING,
                        x,
                        () -> "The registry does not know that " + run.getExternalizableId() + " is deleted");
            }
        }
    }
}
