package io.jenkins.plugins.mlops.monitor;

import com.codahale.metrics.CachedGauge;
import com.codahale.metrics.Clock;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricSet;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.mlops.monitor.MonitorTotals;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import jenkins.metrics.api.MetricProvider;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Totals of endpoints, monitors and retrainings as gauges, where the plugin metrics is installed.
 *
 * <p>Whoever may read metrics reads them, whatever models he may see: they are numbers without names. No name ends in
 * {@code total}, which Prometheus keeps for counters.
 */
@Extension(optional = true)
@Restricted(NoExternalUse.class)
public final class MonitorGauges extends MetricProvider {
    private static final long KEPT_SECONDS = 30;

    private final Map<String, Metric> gauges = new TreeMap<>();
    private final Gauge<Optional<MonitorTotals>> totals;

    public MonitorGauges() {
        this(Clock.defaultClock());
    }

    MonitorGauges(Clock clock) {
        // One question for all gauges that are read together; what could not be asked is kept as well.
        totals = new CachedGauge<>(clock, KEPT_SECONDS, TimeUnit.SECONDS) {
            @Override
            protected Optional<MonitorTotals> loadValue() {
                return ask();
            }
        };
        gauge("mlops.monitors.all", MonitorTotals::monitors);
        gauge("mlops.monitors.alarm", MonitorTotals::alarm);
        gauge("mlops.monitors.suspect", MonitorTotals::suspect);
        gauge("mlops.monitors.failing", MonitorTotals::failing);
        gauge("mlops.retrainings.open", MonitorTotals::retrainings);
        gauge("mlops.retrainings.suggested", MonitorTotals::suggestions);
        gauges.put("mlops.endpoints.all", (Gauge<Integer>)
                () -> EndpointWatch.get().getEndpoints().size());
        gauges.put("mlops.endpoints.alarm", (Gauge<Integer>) () -> (int) EndpointWatch.get().getEndpoints().stream()
                .filter(EndpointHealth::isAlarm)
                .count());
    }

    private void gauge(String name, ToIntFunction<MonitorTotals> number) {
        gauges.put(name, (Gauge<Integer>)
                () -> totals.getValue().map(number::applyAsInt).orElse(null));
    }

    /** Empty where the database can't be used: 0 would say that all is well, and an error would end the whole scrape. */
    private static Optional<MonitorTotals> ask() {
        try {
            return Optional.of(
                    RegistryConnection.get().hasRecords()
                            ? RegistryConnection.get().monitors().totals(MonitorRow.FAILING)
                            : MonitorTotals.NONE);
        } catch (RegistryException x) {
            // An administrative monitor tells of it.
            return Optional.empty();
        }
    }

    @NonNull
    @Override
    public MetricSet getMetricSet() {
        return () -> gauges;
    }
}
