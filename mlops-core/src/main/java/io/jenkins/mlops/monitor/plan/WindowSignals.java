package io.jenkins.mlops.monitor.plan;

import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.monitor.Severity;
import io.jenkins.mlops.monitor.SignalChange;
import io.jenkins.mlops.monitor.drift.ColumnDrift;
import io.jenkins.mlops.monitor.drift.DriftReport;
import io.jenkins.mlops.monitor.quality.ExpectationFinding;
import io.jenkins.mlops.monitor.quality.QualityEstimate;
import io.jenkins.mlops.monitor.quality.ValuePlan;
import io.jenkins.mlops.monitor.quality.WindowWorth;
import io.jenkins.mlops.monitor.signal.Observation;
import io.jenkins.mlops.monitor.signal.Observation.Finding;
import io.jenkins.mlops.monitor.signal.SignalTrack;
import io.jenkins.mlops.monitor.window.WindowResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The signals of a monitor, moved on by windows in their order. */
public final class WindowSignals {
    /** How far the inputs are from the reference. */
    public static final String DRIFT = "drift";
    /** Whether predictions come at all. */
    public static final String FRESHNESS = "freshness";
    /** What live data are expected to be. */
    public static final String DATA = "data";
    /** How far live data are from what training would let expect. */
    public static final String SKEW = "skew";
    /** What predictions are worth. */
    public static final String VALUE = "value";
    /** The accuracy that the model's own confidence lets expect. */
    public static final String ACCURACY = "quality:estimated_accuracy";

    private static final int NAMED_COLUMNS = 5;
    private static final long MINUTE = 60_000;
    private static final String NOT_COMPARED =
            "Not compared: the window has no rows or columns to compare, or there is no"
                    + " reference, since no version serves, its build kept no profile of its training data, and no file is named.";

    private final String monitor;
    private final MonitorPlan plan;
    private final Map<String, SignalTrack> tracks = new LinkedHashMap<>();
    private final List<SignalChange> changes = new ArrayList<>();

    /** @param known the signals as they stood after the last look */
    public WindowSignals(String monitor, MonitorPlan plan, List<SignalTrack> known) {
        this.monitor = monitor;
        this.plan = plan;
        known.forEach(track -> tracks.put(track.name(), track));
    }

    /** Observes one window. */
    public void observe(WindowResult window, long nowMillis) {
        boolean enough = window.rows() >= plan.minimumRows();
        if (plan.rules().maxAgeMillis() == 0) {
            step(
                    FRESHNESS,
                    window.key(),
                    window.rows() == 0 ? Finding.BAD : Finding.GOOD,
                    Severity.WARNING,
                    window.rows() == 0 ? "No prediction came." : window.rows() + " predictions came.",
                    nowMillis);
        }
        DriftReport drift = window.drift();
        if (drift != null && !Double.isNaN(drift.share())) {
            step(
                    DRIFT,
                    window.key(),
                    enough ? drift.drifted() ? Finding.BAD : Finding.GOOD : Finding.INCONCLUSIVE,
                    Severity.CRITICAL,
                    drift(drift),
                    nowMillis);
        } else {
            step(DRIFT, window.key(), Finding.INCONCLUSIVE, Severity.INFO, NOT_COMPARED, nowMillis);
        }
        held(DATA, window, enough, !plan.rules().expectations().isEmpty(), true, nowMillis);
        held(SKEW, window, enough, false, false, nowMillis);
        value(window, enough, nowMillis);
        if (!plan.scoreColumn().isEmpty() && plan.minimumAccuracy() > 0) {
            accuracy(window, enough, nowMillis);
        }
    }

    /** Observes the age of the youngest row, where the plan has a limit; once a look, whatever windows it closed. */
    public void observeAge(long lastRowMillis, long nowMillis) {
        long most = plan.rules().maxAgeMillis();
        if (most > 0 && lastRowMillis > 0) {
            long age = Math.max(0, nowMillis - lastRowMillis);
            step(
                    FRESHNESS,
                    "look at " + Instant.ofEpochMilli(nowMillis),
                    age > most ? Finding.BAD : Finding.GOOD,
                    Severity.WARNING,
                    "The youngest row is " + age / MINUTE + " minutes old; at most " + most / MINUTE + " it may be.",
                    nowMillis);
        }
    }

    /** Findings by what is written down, or by what training lets expect. */
    private void held(String name, WindowResult window, boolean enough, boolean always, boolean written, long now) {
        List<ExpectationFinding> findings = window.findings().stream()
                .filter(finding -> plan.rules().expects(finding.column()) == written)
                .toList();
        if (findings.isEmpty() && !always && !tracks.containsKey(name)) {
            return;
        }
        Severity worst = Severity.INFO;
        for (ExpectationFinding finding : findings) {
            worst = worst.or(finding.severity());
        }
        String evidence = findings.stream()
                .limit(NAMED_COLUMNS)
                .map(finding -> finding.column() + ": " + finding.message())
                .collect(Collectors.joining(" "));
        step(
                name,
                window.key(),
                !enough ? Finding.INCONCLUSIVE : findings.isEmpty() ? Finding.GOOD : Finding.BAD,
                worst,
                findings.isEmpty() ? "As expected." : evidence,
                now);
    }

    private void value(WindowResult window, boolean enough, long now) {
        ValuePlan asked = plan.rules().value();
        Double minimum = asked == null ? null : asked.minimum();
        if (minimum == null) {
            return;
        }
        double each = WindowWorth.of(asked, window).worthEach();
        boolean known = enough && !Double.isNaN(each);
        step(
                VALUE,
                window.key(),
                !known ? Finding.INCONCLUSIVE : each < minimum ? Finding.BAD : Finding.GOOD,
                Severity.CRITICAL,
                known
                        ? String.format(
                                Locale.ROOT,
                                "A prediction is worth %.4g %s by estimate; at least %.4g is asked for.",
                                each,
                                asked.value().unit(),
                                minimum)
                        : "Too little to tell what a prediction is worth.",
                now);
    }

    private void accuracy(WindowResult window, boolean enough, long nowMillis) {
        QualityEstimate estimate = window.estimate();
        MetricValue value = estimate == null ? null : estimate.metrics().get("accuracy");
        if (value == null || !enough || Double.isNaN(value.value())) {
            step(
                    ACCURACY,
                    window.key(),
                    Finding.INCONCLUSIVE,
                    Severity.INFO,
                    "Too little to estimate it from.",
                    nowMillis);
            return;
        }
        // Bad beyond doubt only: even the upper end is too low.
        double best = value.hasInterval() ? value.upper() : value.value();
        step(
                ACCURACY,
                window.key(),
                best < plan.minimumAccuracy() ? Finding.BAD : Finding.GOOD,
                Severity.CRITICAL,
                String.format(
                        Locale.ROOT,
                        "The accuracy is estimated at %.3f; at least %.3f is asked for.",
                        value.value(),
                        plan.minimumAccuracy()),
                nowMillis);
    }

    private static String drift(DriftReport drift) {
        String columns = drift.columns().stream()
                .filter(ColumnDrift::drifted)
                .limit(NAMED_COLUMNS)
                .map(ColumnDrift::column)
                .collect(Collectors.joining(", "));
        long count = drift.driftedColumns();
        return count + " of " + drift.columns().size() + " columns have drifted"
                + (columns.isEmpty() ? "." : ": " + columns + (count > NAMED_COLUMNS ? ", ..." : "") + ".");
    }

    private void step(String name, String window, Finding finding, Severity severity, String evidence, long now) {
        String shown = evidence.length() > 2_000 ? evidence.substring(0, 2_000) : evidence;
        SignalTrack before = tracks.getOrDefault(name, SignalTrack.quiet(name, now));
        SignalTrack after = before.observe(new Observation(window, finding, severity, shown, now), plan.hysteresis());
        tracks.put(name, after);
        if (after.state() != before.state()) {
            changes.add(new SignalChange(
                    monitor, name, before.state(), after.state(), after.severity(), window, shown, now));
        }
    }

    /** The signals as they stand now. */
    public List<SignalTrack> tracks() {
        return List.copyOf(tracks.values());
    }

    /** The signals that changed their state since this began. */
    public List<SignalChange> changes() {
        return List.copyOf(changes);
    }
}
