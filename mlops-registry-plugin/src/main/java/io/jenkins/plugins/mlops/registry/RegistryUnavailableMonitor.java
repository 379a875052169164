package io.jenkins.plugins.mlops.registry;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Tells administrators that the registry cannot be opened or takes no changes, and why. */
@Extension
public final class RegistryUnavailableMonitor extends AdministrativeMonitor {
    @Override
    public boolean isActivated() {
        return RegistryConnection.get().problem().isPresent();
    }

    @Restricted(NoExternalUse.class) // message.jelly
    public String getProblem() {
        return RegistryConnection.get().problem().orElse("");
    }

    @Override
    public String getDisplayName() {
        return Messages.RegistryUnavailableMonitor_displayName();
    }
}
