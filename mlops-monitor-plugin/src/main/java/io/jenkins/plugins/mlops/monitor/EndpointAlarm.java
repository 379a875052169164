package io.jenkins.plugins.mlops.monitor;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.mlops.monitor.MonitorStore;
import io.jenkins.mlops.monitor.NaturalOrder;
import io.jenkins.mlops.monitor.signal.SignalTrack;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Tells administrators which endpoints do not answer as they should, and which monitors are in alarm or fail. */
@Extension
public final class EndpointAlarm extends AdministrativeMonitor {
    private static final int SHOWN = 10;

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
            Map<String, List<SignalTrack>> signals = store.allSignals();
            return store.monitors().stream()
                    .map(monitor -> new MonitorRow(monitor, signals.getOrDefault(monitor.id(), List.of())))
                    .filter(MonitorRow::isWantingAttention)
                    .sorted(Comparator.comparing(MonitorRow::urgency)
                            .thenComparing(MonitorRow::getName, NaturalOrder.INSTANCE))
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

    /** The first of a list, as many as a message may have. */
    @Restricted(NoExternalUse.class) // message.jelly
    public <T> List<T> first(List<T> all) {
        return all.subList(0, Math.min(all.size(), SHOWN));
    }

    @Override
    public String getDisplayName() {
        return Messages.EndpointAlarm_displayName();
    }
}
