package io.jenkins.plugins.mlops.monitor;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Tells administrators which endpoints do not answer as they should. */
@Extension
public final class EndpointAlarm extends AdministrativeMonitor {
    @Override
    public boolean isActivated() {
        return !getAlarms().isEmpty();
    }

    @Restricted(NoExternalUse.class) // message.jelly
    public List<EndpointHealth> getAlarms() {
        return EndpointWatch.get().getEndpoints().stream()
                .filter(EndpointHealth::isAlarm)
                .toList();
    }

    @Override
    public String getDisplayName() {
        return Messages.EndpointAlarm_displayName();
    }
}
