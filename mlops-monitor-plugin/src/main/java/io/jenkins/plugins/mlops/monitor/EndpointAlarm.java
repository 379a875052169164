package io.jenkins.plugins.mlops.monitor;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.mlops.monitor.MonitorStore;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Tells administrators which endpoints do not answer as they should, and which monitors are in alarm or fail. */
@Extension
public final class EndpointAlarm extends AdministrativeMonitor {
    private static final int SHOWN = 10;

    /** Asked for on every page that an administrator opens. */
    @Override
    public boolean isActivated() {
        return !getAlarms().isEmpty() || getMonitorCount() > 0;
    }

    /** How many monitors are in alarm, or fail to look again and again. */
    @Restricted(NoExternalUse.class) // message.jelly
    public int getMonitorCount() {
        try {
            return RegistryConnection.get().hasRecords()
                    ? RegistryConnection.get().monitors().wantingAttention(MonitorRow.FAILING)
                    : 0;
        } catch (RegistryException x) {
            // Another administrative monitor tells that the database can't be used.
            return 0;
        }
    }

    /** The first of them, those in alarm before the others. */
    @Restricted(NoExternalUse.class) // message.jelly
    public List<MonitorRow> getMonitors() {
        if (!RegistryConnection.get().hasRecords()) {
            return List.of();
        }
        try {
            MonitorStore store = RegistryConnection.get().monitors();
            return store.wantingAttention(MonitorRow.FAILING, SHOWN).stream()
                    .map(monitor -> new MonitorRow(monitor, store.signals(monitor.id())))
                    .toList();
        } catch (RegistryException x) {
            return List.of();
        }
    }

    @Restricted(NoExternalUse.class) // message.jelly
    public List<EndpointHealth> getAlarms() {
        return EndpointWatch.get().getEndpoints().stream()
                .filter(EndpointHealth::isAlarm)
                .toList();
    }

    /** The first of the endpoints, as many as a message may have. */
    @Restricted(NoExternalUse.class) // message.jelly
    public List<EndpointHealth> first(List<EndpointHealth> all) {
        return all.subList(0, Math.min(all.size(), SHOWN));
    }

    @Override
    public String getDisplayName() {
        return Messages.EndpointAlarm_displayName();
    }
}
