package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.monitor.Look;
import io.jenkins.mlops.monitor.MonitorDecision;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.monitor.MonitorTotals;
import io.jenkins.mlops.monitor.Retention;
import io.jenkins.mlops.monitor.Severity;
import io.jenkins.mlops.monitor.SignalChange;
import io.jenkins.mlops.monitor.SignalState;
import io.jenkins.mlops.monitor.WindowRecord;
import io.jenkins.mlops.monitor.drift.ColumnDrift;
import io.jenkins.mlops.monitor.drift.ColumnKind;
import io.jenkins.mlops.monitor.drift.DriftHistogram;
import io.jenkins.mlops.monitor.drift.DriftReport;
import io.jenkins.mlops.monitor.drift.DriftRule;
import io.jenkins.mlops.monitor.drift.DriftStatistic;
import io.jenkins.mlops.monitor.endpoint.EndpointIncrease;
import io.jenkins.mlops.monitor.endpoint.EndpointPlan;
import io.jenkins.mlops.monitor.endpoint.EndpointRules;
import io.jenkins.mlops.monitor.endpoint.HealthSample;
import io.jenkins.mlops.monitor.endpoint.HealthState;
import io.jenkins.mlops.monitor.endpoint.HealthStep;
import io.jenkins.mlops.monitor.endpoint.Scrape;
import io.jenkins.mlops.monitor.quality.ExpectationFinding;
import io.jenkins.mlops.monitor.quality.QualityEstimate;
import io.jenkins.mlops.monitor.retraining.Effect;
import io.jenkins.mlops.monitor.retraining.RetrainingAttempt;
import io.jenkins.mlops.monitor.retraining.RetrainingAttempt.State;
import io.jenkins.mlops.monitor.retraining.RetrainingRequest;
import io.jenkins.mlops.monitor.signal.Hysteresis;
import io.jenkins.mlops.monitor.signal.SignalTrack;
import io.jenkins.mlops.monitor.window.LogPosition;
import io.jenkins.mlops.monitor.window.ReadingState;
import io.jenkins.mlops.monitor.window.WindowResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept of monitors, on every database. */
abstract class MonitorContract {
    private final TestClock clock = new TestClock();
    private RegistryDatabase database;
    private JdbcMonitorStore store;

    abstract RegistryDatabase openEmpty() throws Exception;

    @BeforeEach
    void open() throws Exception {
        database = openEmpty();
        store = new JdbcMonitorStore(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private MonitorRecord monitor(String id, String config) {
        return new MonitorRecord(id, "iris", "iris-live", "folder/train", config, true, 0, 0, 0, 0, "", 0);
    }

    private static DriftReport report(double statistic) {
        ColumnDrift column = new ColumnDrift(
                "petal \u0000 width",
                ColumnKind.NUMERIC,
                DriftRule.of(DriftStatistic.WASSERSTEIN),
                statistic,
                Double.NaN,
                true,
                false,
                0,
                0,
                Double.NaN,
                new DriftHistogram(List.of(0.0, 1.0, 2.0), List.of(), List.of(3L, 4L), List.of(5L, 6L)),
                List.of("a note"));
        return new DriftReport(100, 200, List.of(column), List.of(), 1, 0.5, true, List.of("whole"));
    }

    private static WindowRecord window(String key) {
        return new WindowRecord(
                "m",
                3,
                new WindowResult(
                        key,
                        1,
                        2,
                        200,
                        report(0.25),
                        List.of(new ExpectationFinding("x", "range", Severity.WARNING, 7, "too much")),
                        new QualityEstimate(
                                200,
                                Map.of("accuracy", new MetricValue(0.9, 0.8, 0.95, "normal")),
                                QualityEstimate.ASSUMPTIONS),
                        List.of()),
                5);
    }

    private static Look look(long revision, ReadingState reading, String... windows) {
        return new Look(
                "m",
                revision,
                reading,
                List.of(windows).stream().map(MonitorContract::window).toList(),
                List.of(SignalTrack.quiet("drift", 1)),
                List.of(new SignalChange(
                        "m", "drift", SignalState.OK, SignalState.SUSPECT, Severity.WARNING, "w1", "0.25", 9)),
                77);
    }

    private static final ReadingState READING =
            new ReadingState(List.of(new LogPosition("a.jsonl", "ab", 2, 10, 20)), Long.MIN_VALUE, 12);

    @Test
    void keepsMonitors() {
        store.save(monitor("m", "{\"a\":1}"));
        clock.advance(1_000);
        MonitorRecord changed = store.save(monitor("m", "{\"a\":2}"));
        store.save(monitor("b", "{}"));

        assertThat(changed.configJson()).isEqualTo("{\"a\":2}");
        assertThat(changed.changedMillis()).isEqualTo(changed.createdMillis() + 1_000);
        assertThat(store.monitors()).extracting(MonitorRecord::id).containsExactly("b", "m");
        assertThat(store.renameJob("folder/train", "train")).isEqualTo(2);
        assertThat(store.monitor("m").orElseThrow().job()).isEqualTo("train");
        assertThat(store.reading("m")).isEmpty();
        assertThat(store.tracks("m")).isEmpty();
    }

    @Test
    void keepsALookOnce() {
        store.save(monitor("m", "{}"));

        assertThat(store.keep(look(0, READING, "w1", "w2"))).isTrue();
        assertThat(store.keep(look(0, ReadingState.start(io.jenkins.mlops.monitor.window.WindowSpec.ofRows(5)), "w3")))
                .as("from a revision that is no more")
                .isFalse();
        assertThat(store.keep(look(1, READING, "w2", "w3"))).isTrue();

        assertThat(store.reading("m")).contains(READING);
        assertThat(store.tracks("m")).containsExactly(SignalTrack.quiet("drift", 1));
        assertThat(store.windows("m", 10))
                .extracting(window -> window.result().key())
                .containsExactly("w3", "w2", "w1");
        assertThat(store.windows("m", 10)
                        .get(0)
                        .result()
                        .drift()
                        .columns()
                        .get(0)
                        .histogram())
                .isEqualTo(DriftHistogram.NONE);
        assertThat(store.window("m", "w1")).contains(window("w1"));
        assertThat(store.changes("m", 10)).hasSize(2);
        MonitorRecord monitor = store.monitor("m").orElseThrow();
        assertThat(monitor.revision()).isEqualTo(2);
        assertThat(monitor.lookedMillis()).isEqualTo(77);
    }

    @Test
    void keepsNothingOfAMonitorThatIsGone() {
        assertThat(store.keep(look(0, READING, "w1"))).isFalse();
        store.save(monitor("m", "{}"));
        store.keep(look(0, READING, "w1"));
        store.decided(new MonitorDecision("m", "retraining", "WAIT", "drift", "w1", List.of("why"), "", 1));

        assertThat(store.delete("m")).isTrue();
        assertThat(store.delete("m")).isFalse();
        assertThat(store.windows("m", 10)).isEmpty();
        store.save(monitor("m", "{}"));
        assertThat(store.windows("m", 10)).isEmpty();
        assertThat(store.decisions("m", 10)).isEmpty();
    }

    @Test
    void keepsALookAtAnEndpointOnce() {
        EndpointPlan plan =
                new EndpointPlan("", new EndpointRules("requests", "code", "latency", 0.1, Map.of(), 1), 60_000);
        store.save(monitor("m", "{}"));
        HealthStep first = HealthStep.of(
                "m", plan, Hysteresis.NONE, HealthState.START, new HealthSample(0, 1, null, "", true, true, 0.2));
        HealthStep second = HealthStep.of(
                "m", plan, Hysteresis.NONE, first.state(), new HealthSample(60_000, 1, null, "", true, false, 0));

        assertThat(store.health("m")).isEmpty();
        assertThat(store.keep(first)).isTrue();
        assertThat(store.keep(first)).as("again").isFalse();
        assertThat(store.keep(second)).isTrue();
        assertThat(store.health("m")).contains(second.state());
        assertThat(store.healthWindows("m", 10)).containsExactly(second.closed());
        assertThat(store.signals("m")).extracting(SignalTrack::name).contains(HealthStep.ERRORS);
        store.save(monitor("quiet", "{}"));
        store.keep(look(0, READING));
        assertThat(store.allSignals()).containsOnly(Map.entry("m", store.signals("m")), Map.entry("quiet", List.of()));
        assertThat(store.signals("m")).extracting(SignalTrack::name).contains("drift", HealthStep.ERRORS);
        assertThat(store.delete("m")).isTrue();
        assertThat(store.keep(first)).isFalse();
        assertThat(store.healthWindows("m", 10)).isEmpty();
    }

    private static Look alarming(String monitor, SignalState state) {
        SignalTrack quiet = SignalTrack.quiet("drift \"state\":\"ALARM\"", 1);
        SignalTrack track = new SignalTrack("quality", state, Severity.WARNING, 1, 1, 1, "1", 1, "w", "seen");
        return new Look(monitor, 0, READING, List.of(), List.of(quiet, track), List.of(), 77);
    }

    @Test
    void saysWhichMonitorsWantAttentionWithoutReadingSignals() {
        for (String id : List.of("quiet", "suspect", "z-alarm", "a-fails", "hardly-fails", "ill", "off")) {
            store.save(monitor(id, "{}"));
        }
        store.keep(alarming("suspect", SignalState.SUSPECT));
        store.keep(alarming("z-alarm", SignalState.ALARM));
        store.keep(alarming("off", SignalState.ALARM));
        store.save(new MonitorRecord("off", "iris", "iris-live", "other", "{}", false, 0, 0, 0, 0, "", 0));
        for (int i = 0; i < 3; i++) {
            store.failed("a-fails", "no agent", i);
        }
        store.failed("hardly-fails", "no agent", 1);
        EndpointPlan plan = new EndpointPlan(
                "/metrics", new EndpointRules("requests", "code", "latency", 0.1, Map.of(), 1), 60_000);
        HealthState state = HealthState.START;
        for (int i = 0; i < 3; i++) {
            HealthSample down = new HealthSample(i * 60_000L, 1, null, "", true, false, 0);
            HealthStep step = HealthStep.of("ill", plan, Hysteresis.NONE, state, down);
            assertThat(store.keep(step)).isTrue();
            state = step.state();
        }
        assertThat(store.signals("ill")).extracting(SignalTrack::state).contains(SignalState.ALARM);

        assertThat(store.totals(3)).isEqualTo(new MonitorTotals(7, 2, 1, 1, 0, 0));
        assertThat(store.totals(1).failing()).isEqualTo(2);
        assertThat(store.wantingAttention(3)).isEqualTo(3);
        assertThat(store.wantingAttention(3, 10))
                .extracting(MonitorRecord::id)
                .containsExactly("ill", "z-alarm", "a-fails");
        assertThat(store.wantingAttention(3, 2)).hasSize(2);
        assertThat(store.wantingAttention(1)).isEqualTo(4);
        assertThat(store.monitorsOf("other")).extracting(MonitorRecord::id).containsExactly("off");
        store.keep(new Look("z-alarm", 1, READING, List.of(), List.of(), List.of(), 78));
        assertThat(store.wantingAttention(3)).isEqualTo(2);
    }

    private static HealthStep health(String monitor, SignalState state) {
        SignalTrack track = new SignalTrack(HealthStep.ERRORS, state, Severity.WARNING, 1, 1, 1, "1", 1, "w", "seen");
        // A metric's label is no state of a signal.
        Scrape last = new Scrape(
                1, List.of(new Scrape.Sample("up", Map.of("state", "SUSPECT"), 1)), 0, List.of("\"tracks\":["));
        return new HealthStep(
                monitor,
                new HealthState(0, 1, last, EndpointIncrease.NONE, 0, 1, List.of(), 1, 0, "", List.of(track), 1),
                null,
                List.of());
    }

    @Test
    void countsMonitorsAndRetrainings() {
        assertThat(store.totals(3)).isEqualTo(MonitorTotals.NONE);
        for (String id : List.of("ok", "suspect", "alarm", "both")) {
            store.save(monitor(id, "{}"));
        }
        assertThat(store.keep(health("ok", SignalState.OK))).isTrue();
        assertThat(store.keep(health("suspect", SignalState.SUSPECT))).isTrue();
        assertThat(store.keep(health("alarm", SignalState.ALARM))).isTrue();
        store.keep(alarming("both", SignalState.SUSPECT));
        assertThat(store.totals(3)).isEqualTo(new MonitorTotals(4, 1, 2, 0, 0, 0));
        store.keep(health("both", SignalState.ALARM));
        store.claim(attempt("iris", "w1", State.QUEUED));
        store.claim(attempt("lilies", "w2", State.CLAIMED));
        store.claim(attempt("roses", "w3", State.SUGGESTED));
        store.claim(attempt("tulips", "w4", State.FAILED));
        assertThat(store.totals(3)).isEqualTo(new MonitorTotals(4, 2, 1, 0, 2, 1));
    }

    @Test
    void countsFailuresInARow() {
        store.save(monitor("m", "{}"));
        store.failed("m", "no agent", 1);
        store.failed("m", "no agent \0 still", 2);

        assertThat(store.monitor("m").orElseThrow().failures()).isEqualTo(2);
        assertThat(store.monitor("m").orElseThrow().failure()).isEqualTo("no agent \uFFFD still");
        store.keep(look(0, READING));
        assertThat(store.monitor("m").orElseThrow().failures()).isZero();
    }

    @Test
    void keepsADecisionThatRepeatsItselfOnce() {
        store.save(monitor("m", "{}"));
        for (String action : List.of("WAIT", "WAIT", "RETRAIN", "WAIT")) {
            store.decided(new MonitorDecision("m", "retraining", action, "drift", "w", List.of("why"), "k", 1));
        }
        store.decided(new MonitorDecision("m", "rollback", "NONE", "drift", "w", List.of("why"), "", 1));
        store.decided(new MonitorDecision("m", "retraining", "WAIT", "drift", "w", List.of("why"), "k", 2));

        assertThat(store.decisions("m", 10))
                .extracting(MonitorDecision::action)
                .containsExactly("NONE", "WAIT", "RETRAIN", "WAIT");
    }

    private static RetrainingAttempt attempt(String model, String window, State state) {
        return RetrainingAttempt.of(
                new RetrainingRequest(
                        "m", model, "drift", Severity.CRITICAL, window, "sha256:1", 5, "seen", MetricValue.of(0.8)),
                state,
                1_000);
    }

    @Test
    void grantsARetrainingOnce() {
        RetrainingAttempt first = attempt("iris", "w1", State.CLAIMED);

        assertThat(store.claim(first)).isTrue();
        assertThat(store.claim(first)).as("the same key").isFalse();
        assertThat(store.claim(attempt("iris", "w2", State.CLAIMED)))
                .as("one runs")
                .isFalse();
        assertThat(store.claim(attempt("iris", "w2", State.SUGGESTED))).isTrue();
        assertThat(store.claim(attempt("lilies", "w3", State.CLAIMED))).isTrue();
        assertThat(store.activeAttempts()).hasSize(2);

        RetrainingAttempt queued = first.in(State.QUEUED, "train#5", 2_000);
        assertThat(store.update(first, queued)).isTrue();
        assertThat(store.update(first, queued)).as("no longer as expected").isFalse();
        RetrainingAttempt suggested = attempt("iris", "w2", State.SUGGESTED);
        assertThat(store.update(suggested, suggested.in(State.CLAIMED, "", 3_000)))
                .as("a suggestion that is taken up while another one runs")
                .isFalse();
        RetrainingAttempt done = queued.in(State.SUCCEEDED, "train#5", 4_000)
                .taking(7.5, 0.25, 9)
                .with(new MetricValue(0.9, 0.88, 0.92, "wilson"), Effect.HELPED);
        assertThat(store.update(queued, done)).isTrue();
        assertThat(store.attempt(first.key())).contains(done);
        assertThat(store.update(suggested, suggested.in(State.CLAIMED, "", 5_000)))
                .isTrue();
        assertThat(store.attempts("iris", 10)).hasSize(2);
    }

    @Test
    void grantsARetrainingToOneOfMany() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> claims = IntStream.range(0, 64)
                    .mapToObj(i -> pool.submit(() -> store.claim(attempt("iris", "w" + i % 4, State.CLAIMED))))
                    .toList();
            int granted = 0;
            for (Future<Boolean> claim : claims) {
                granted += claim.get() ? 1 : 0;
            }
            assertThat(granted).isEqualTo(1);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void keepsWhatIsYoungest() {
        store.save(monitor("m", "{}"));
        for (int i = 0; i < 6; i++) {
            store.keep(look(i, READING, "w" + i));
        }
        RetrainingAttempt old = attempt("iris", "w0", State.CLAIMED);
        store.claim(old);
        store.claim(attempt("iris", "w1", State.SUGGESTED));

        assertThat(store.prune(new Retention(4, 5, 1, 500), 2_000)).isEqualTo(3);
        assertThat(store.windows("m", 10)).hasSize(4);
        assertThat(store.attempts("iris", 10))
                .as("active and suggested ones stay")
                .hasSize(2);
        store.update(old, old.in(State.FAILED, "", 1_500));
        assertThat(store.prune(new Retention(4, 5, 1, 500), 2_000)).isEqualTo(1);
        assertThatThrownBy(() -> store.windows("m", 0)).hasMessageContaining("limit from 1 to 1000");
    }
}
