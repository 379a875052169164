package io.jenkins.mlops.monitor.endpoint;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.monitor.Expect;
import io.jenkins.mlops.monitor.Severity;
import io.jenkins.mlops.monitor.SignalChange;
import io.jenkins.mlops.monitor.signal.Hysteresis;
import io.jenkins.mlops.monitor.signal.Observation;
import io.jenkins.mlops.monitor.signal.Observation.Finding;
import io.jenkins.mlops.monitor.signal.SignalTrack;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one look at an endpoint changes: kept in one transaction, or not at all.
 *
 * @param monitor the monitor's id
 * @param state the state after it
 * @param closed the window that it closed; null for none
 * @param changes the signals that changed their state
 */
public record HealthStep(
        String monitor, HealthState state, @CheckForNull EndpointHealthWindow closed, List<SignalChange> changes)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Too many failed. */
    public static final String ERRORS = "endpoint:errors";
    /** Too slow. */
    public static final String LATENCY = "endpoint:latency";
    /** Too full. */
    public static final String SATURATION = "endpoint:saturation";
    /** Whether its metrics come at all. */
    public static final String METRICS = "endpoint:metrics";

    public HealthStep {
        Expect.name(monitor, "a monitor's id");
        Expect.present(state, "a state");
        changes = Expect.list(changes, "changes of signals", 100);
    }

    /**
     * Takes a look into the state; a window that is over, or whose version serves no more, is closed and judged.
     *
     * <p>Windows begin at multiples of their length. Time never runs back: a look from before the window's beginning
     * counts into it.
     */
    public static HealthStep of(
            String monitor, EndpointPlan plan, Hysteresis hysteresis, HealthState before, HealthSample sample) {
        long size = plan.windowMillis();
        long start = Math.floorDiv(sample.millis(), size) * size;
        if (before.fromMillis() < 0) {
            return new HealthStep(monitor, taken(plan, begun(before, start, sample), sample), null, List.of());
        }
        long end = (Math.floorDiv(before.fromMillis(), size) + 1) * size;
        boolean another = sample.version() != before.version() && sample.millis() > before.fromMillis();
        if (sample.millis() < end && !another) {
            return new HealthStep(monitor, taken(plan, before, sample), null, List.of());
        }
        EndpointHealthWindow closed = closed(plan, before, Math.min(end, sample.millis()));
        Map<String, SignalTrack> tracks = new LinkedHashMap<>();
        before.tracks().forEach(track -> tracks.put(track.name(), track));
        List<SignalChange> changes = new ArrayList<>();
        judge(monitor, plan, hysteresis, before, closed, sample.millis(), tracks, changes);
        HealthState next = begun(before, sample.millis() < end ? sample.millis() : start, sample);
        return new HealthStep(
                monitor, taken(plan, with(next, new ArrayList<>(tracks.values())), sample), closed, changes);
    }

    private static HealthState begun(HealthState before, long from, HealthSample sample) {
        return new HealthState(
                from,
                sample.version(),
                before.last(),
                EndpointIncrease.NONE,
                Double.NaN,
                0,
                List.of(),
                0,
                0,
                before.failure(),
                before.tracks(),
                before.revision());
    }

    private static HealthState with(HealthState state, List<SignalTrack> tracks) {
        return new HealthState(
                state.fromMillis(),
                state.version(),
                state.last(),
                state.increase(),
                state.saturation(),
                state.scrapes(),
                state.probeSeconds(),
                state.probes(),
                state.probeFailures(),
                state.failure(),
                tracks,
                state.revision());
    }

    private static HealthState taken(EndpointPlan plan, HealthState state, HealthSample sample) {
        EndpointIncrease increase = state.increase();
        double saturation = state.saturation();
        Scrape scrape = sample.scrape();
        if (scrape != null) {
            // The first scrape only tells where the counters stand.
            Scrape last = state.last();
            increase = increase.plus(plan.rules().increase(last == null ? scrape : last, scrape));
            double now = plan.rules().saturation(scrape);
            saturation = Double.isNaN(saturation) ? now : Double.isNaN(now) ? saturation : Math.max(saturation, now);
        }
        List<Double> seconds = new ArrayList<>(state.probeSeconds());
        if (sample.probed() && sample.ready()) {
            seconds.add(sample.probeSeconds());
        }
        if (seconds.size() > HealthState.PROBES) {
            seconds.remove(0);
        }
        return new HealthState(
                state.fromMillis(),
                state.version(),
                scrape == null ? state.last() : scrape,
                increase,
                saturation,
                state.scrapes() + (scrape == null ? 0 : 1),
                seconds,
                state.probes() + (sample.probed() ? 1 : 0),
                state.probeFailures() + (sample.probed() && !sample.ready() ? 1 : 0),
                sample.scrapeFailure(),
                state.tracks(),
                state.revision() + 1);
    }

    private static EndpointHealthWindow closed(EndpointPlan plan, HealthState state, long end) {
        EndpointIncrease increase = state.increase();
        List<String> notes = new ArrayList<>();
        if (state.scrapes() > 0) {
            notes.addAll(plan.rules().notes(increase));
        } else if (!plan.metrics().isEmpty()) {
            notes.add("Its metrics didn't come" + (state.failure().isEmpty() ? "." : ": " + state.failure()));
        }
        return new EndpointHealthWindow(
                state.fromMillis(),
                Math.max(end, state.fromMillis()),
                state.version(),
                increase.requests(),
                increase.errors(),
                increase.requests() > 0 ? increase.errors() / increase.requests() : Double.NaN,
                EndpointRules.quantiles(increase.buckets()),
                state.saturation(),
                state.scrapes(),
                state.probes(),
                state.probeFailures(),
                quantiles(state.probeSeconds()),
                increase.restarted(),
                notes);
    }

    /** Quantiles of single values: the smallest value that at least such a share is no greater than. */
    private static Map<Double, Double> quantiles(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        Map<Double, Double> quantiles = new TreeMap<>();
        for (double level : sorted.isEmpty() ? List.<Double>of() : EndpointRules.LEVELS) {
            quantiles.put(level, sorted.get((int) Math.max(0, Math.ceil(level * sorted.size()) - 1)));
        }
        return quantiles;
    }

    private static void judge(
            String monitor,
            EndpointPlan plan,
            Hysteresis hysteresis,
            HealthState before,
            EndpointHealthWindow window,
            long now,
            Map<String, SignalTrack> tracks,
            List<SignalChange> changes) {
        EndpointRules rules = plan.rules();
        Finding enough = rules.concludes(window) ? Finding.GOOD : Finding.INCONCLUSIVE;
        List<String> errors = rules.errors(window);
        List<String> slow = rules.slow(window);
        List<String> full = rules.saturated(window);
        Judge judge = new Judge(monitor, window.key(), hysteresis, now, tracks, changes);
        judge.step(ERRORS, errors.isEmpty() ? enough : Finding.BAD, Severity.CRITICAL, said(errors, "Few failed."));
        if (!rules.maxLatency().isEmpty()) {
            judge.step(
                    LATENCY,
                    slow.isEmpty() ? window.latencies().isEmpty() ? Finding.INCONCLUSIVE : enough : Finding.BAD,
                    Severity.CRITICAL,
                    said(slow, "It answers fast enough."));
        }
        if (!rules.saturation().isEmpty()) {
            judge.step(
                    SATURATION,
                    !full.isEmpty()
                            ? Finding.BAD
                            : Double.isNaN(window.saturation()) ? Finding.INCONCLUSIVE : Finding.GOOD,
                    Severity.WARNING,
                    said(full, "There is room."));
        }
        if (!plan.metrics().isEmpty()) {
            judge.step(
                    METRICS,
                    window.scrapes() == 0 ? Finding.BAD : Finding.GOOD,
                    Severity.WARNING,
                    window.scrapes() == 0
                            ? "Its metrics didn't come: " + before.failure()
                            : window.scrapes() + " scrapes came.");
        }
    }

    private static String said(List<String> found, String well) {
        return found.isEmpty() ? well : String.join(" ", found);
    }

    /** Moves signals on by one window. */
    private record Judge(
            String monitor,
            String window,
            Hysteresis hysteresis,
            long now,
            Map<String, SignalTrack> tracks,
            List<SignalChange> changes) {
        void step(String name, Finding finding, Severity severity, String evidence) {
            String shown = evidence.length() > 2_000 ? evidence.substring(0, 2_000) : evidence;
            SignalTrack before = tracks.getOrDefault(name, SignalTrack.quiet(name, now));
            SignalTrack after = before.observe(new Observation(window, finding, severity, shown, now), hysteresis);
            tracks.put(name, after);
            if (after.state() != before.state()) {
                changes.add(new SignalChange(
                        monitor, name, before.state(), after.state(), after.severity(), window, shown, now));
            }
        }
    }
}
