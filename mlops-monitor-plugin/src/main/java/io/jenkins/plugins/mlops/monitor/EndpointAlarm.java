package io.jenkins.plugins.mlops.monitor;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.monitor.MonitorStore;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Tells administrators which endpoints do not answer as they should, and which monitors are in alarm or fail. */
@Extension
public final class EndpointAlarm extends AdministrativeMonitor {
    private static final int FAILING = 3;

    @Override
    public boolean isActivated() {
        return !getAlarms().isEmpty() || !getMonitors().isEmpty();
    }

    /** Monitors in alarm, and those that fail to look again and again. */
    @Restricted(NoExternalUse.class) // message.jelly
    public List<MonitorRow> getMonitors() {
        if (!RegistryConnection.get().hasRecords()) {
            return List.of();
        }
        try {
            MonitorStore store = RegistryConnection.get().monitors();
            return store.monitors().stream()
                    .filter(MonitorRecord::enabled)
                    .map(monitor -> new MonitorRow(monitor, store.signals(monitor.id())))
                    .filter(row -> row.isAlarm() || row.getFailures() >= FAILING)
                    .toList();
        } catch (RegistryException x) {
            // Another administrative monitor tells that the database can't be used.
            return List.of();
        }
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
