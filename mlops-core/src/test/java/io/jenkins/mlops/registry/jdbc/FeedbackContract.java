package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.monitor.FeedbackLook;
import io.jenkins.mlops.monitor.FeedbackRecord;
import io.jenkins.mlops.monitor.Look;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.monitor.QualityRecord;
import io.jenkins.mlops.monitor.Retention;
import io.jenkins.mlops.monitor.Severity;
import io.jenkins.mlops.monitor.SignalChange;
import io.jenkins.mlops.monitor.SignalState;
import io.jenkins.mlops.monitor.endpoint.EndpointHealthWindow;
import io.jenkins.mlops.monitor.endpoint.EndpointPlan;
import io.jenkins.mlops.monitor.endpoint.EndpointRules;
import io.jenkins.mlops.monitor.endpoint.HealthSample;
import io.jenkins.mlops.monitor.endpoint.HealthState;
import io.jenkins.mlops.monitor.endpoint.HealthStep;
import io.jenkins.mlops.monitor.signal.Hysteresis;
import io.jenkins.mlops.monitor.signal.SignalTrack;
import io.jenkins.mlops.monitor.window.FeedbackCounts;
import io.jenkins.mlops.monitor.window.PackedLabels;
import io.jenkins.mlops.monitor.window.ReadingState;
import io.jenkins.mlops.monitor.window.WindowQuality;
import io.jenkins.mlops.monitor.window.WindowSpec;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept of late labels and of endpoints' windows, on every database. */
abstract class FeedbackContract {
    private static final ReadingState READING = ReadingState.start(WindowSpec.ofRows(5));

    private RegistryDatabase database;
    private JdbcMonitorStore store;

    abstract RegistryDatabase openEmpty() throws Exception;

    @BeforeEach
    void open() throws Exception {
        database = openEmpty();
        store = new JdbcMonitorStore(database, new TestClock());
        save("m");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void save(String id) {
        store.save(new MonitorRecord(id, "iris", "iris-live", "train", "{}", true, 0, 0, 0, 0, "", 0));
    }

    private static PackedLabels labels(int bytes, long seed) {
        byte[] packed = new byte[bytes];
        new Random(seed).nextBytes(packed);
        return new PackedLabels(packed);
    }

    private static FeedbackCounts counts(long labels) {
        return new FeedbackCounts(labels, 1, 2, 3, labels, 4, 5, 6, 7, 8);
    }

    private static FeedbackRecord feedback(String plan, PackedLabels labels, long millis) {
        return new FeedbackRecord("m", plan, labels, counts(millis), millis);
    }

    private static QualityRecord quality(String key, long position, long labelled, double accuracy) {
        return new QualityRecord(
                "m",
                3,
                new WindowQuality(
                        key,
                        position,
                        200,
                        labelled,
                        "d" + labelled,
                        Map.of("accuracy", new MetricValue(accuracy, accuracy - 0.1, accuracy + 0.1, "wilson")),
                        List.of("a note \u0000 of <b>")),
                MetricValue.of(0.9),
                50 + labelled);
    }

    private static FeedbackLook look(FeedbackRecord feedback, long revision, QualityRecord... qualities) {
        SignalTrack track = SignalTrack.quiet("quality:accuracy", 1);
        SignalChange change = new SignalChange(
                "m",
                "quality:accuracy",
                SignalState.OK,
                SignalState.SUSPECT,
                Severity.CRITICAL,
                "w1",
                "0.5",
                feedback.millis());
        return new FeedbackLook(feedback, revision, List.of(qualities), List.of(track), List.of(change));
    }

    @Test
    void keepsLabelsAndWhatTheyShow() {
        FeedbackRecord first = feedback("{\"metric\":\"accuracy\"}", labels(1_000, 1), 7);
        assertThat(store.feedback("m")).isEmpty();
        assertThat(store.qualities("m", 10)).isEmpty();

        assertThat(store.keep(look(first, 0, quality("w1", 0, 10, 0.8), quality("w2", 5, 20, 0.7))))
                .isTrue();

        assertThat(store.feedback("m")).contains(first);
        assertThat(store.qualities("m", 10))
                .containsExactly(quality("w2", 5, 20, 0.7), quality("w1", 0, 10, 0.8))
                .allSatisfy(kept -> assertThat(kept.reference()).isEqualTo(MetricValue.of(0.9)));
        assertThat(store.qualities("m", 1)).hasSize(1);
        assertThat(store.tracks("m")).containsExactly(SignalTrack.quiet("quality:accuracy", 1));
        assertThat(store.changes("m", 10)).hasSize(1);
        assertThat(store.monitor("m").orElseThrow().revision()).isEqualTo(1);
        assertThatThrownBy(() -> store.qualities("m", 0)).hasMessageContaining("limit from 1 to 1000");
    }

    @Test
    void replacesTheLabelsOfEarlierOnes() {
        store.keep(look(feedback("{\"a\":1}", labels(2_000_000, 2), 7), 0));
        FeedbackRecord second = feedback("{\"a\":2}", labels(5, 3), 9);

        assertThat(store.keep(look(second, 1))).isTrue();
        assertThat(store.feedback("m")).contains(second);
        FeedbackRecord none = feedback("{\"a\":3}", PackedLabels.NONE, 11);
        assertThat(store.keep(look(none, 2))).isTrue();
        assertThat(store.feedback("m")).contains(none);
    }

    @Test
    void changesNothingWhenALookCameBetween() {
        FeedbackRecord first = feedback("{}", labels(10, 1), 7);
        store.keep(look(first, 0, quality("w1", 0, 10, 0.8)));
        assertThat(store.keep(new Look("m", 1, READING, List.of(), List.of(), List.of(), 77)))
                .isTrue();

        assertThat(store.keep(look(feedback("{}", labels(20, 4), 8), 1, quality("w1", 0, 20, 0.1))))
                .as("from a revision that is no more")
                .isFalse();

        assertThat(store.feedback("m")).contains(first);
        assertThat(store.qualities("m", 10)).containsExactly(quality("w1", 0, 10, 0.8));
        assertThat(store.changes("m", 10)).hasSize(1);
        assertThat(store.tracks("m")).isEmpty();
    }

    @Test
    void aWindowKeepsWhatRestsOnMoreLabels() {
        store.keep(look(feedback("{}", labels(1, 1), 1), 0, quality("w1", 0, 10, 0.8)));
        store.keep(look(feedback("{}", labels(1, 1), 2), 1, quality("w1", 0, 9, 0.1)));
        assertThat(store.qualities("m", 10)).containsExactly(quality("w1", 0, 10, 0.8));

        store.keep(look(feedback("{}", labels(1, 1), 3), 2, quality("w1", 0, 10, 0.6)));
        assertThat(store.qualities("m", 10)).as("corrected").containsExactly(quality("w1", 0, 10, 0.6));
        store.keep(look(feedback("{}", labels(1, 1), 4), 3, quality("w1", 0, 11, 0.7)));
        assertThat(store.qualities("m", 10)).containsExactly(quality("w1", 0, 11, 0.7));
    }

    @Test
    void keepsTheYoungestQualitiesByTheirPlaceAndNotByWhenTheyCame() {
        QualityRecord[] qualities = IntStream.of(3, 0, 4, 1, 2)
                .mapToObj(i -> quality("w" + i, i * 100L, 10, 0.5))
                .toArray(QualityRecord[]::new);
        store.keep(look(feedback("{}", labels(1, 1), 1), 0, qualities));

        assertThat(store.prune(new Retention(2, 10, 10, 1_000), 5)).isEqualTo(3);
        assertThat(store.qualities("m", 10))
                .extracting(kept -> kept.quality().key())
                .containsExactly("w4", "w3");
        assertThat(store.feedback("m")).isPresent();
    }

    @Test
    void nothingIsLeftOfAMonitorThatIsGone() {
        store.keep(look(feedback("{}", labels(10, 1), 1), 0, quality("w1", 0, 10, 0.8)));
        save("other");

        assertThat(store.delete("m")).isTrue();
        assertThat(store.keep(look(feedback("{}", labels(10, 1), 1), 1))).isFalse();
        save("m");
        assertThat(store.feedback("m")).isEmpty();
        assertThat(store.qualities("m", 10)).isEmpty();
        assertThat(store.feedback("other")).isEmpty();
        assertThat(store.feedback("nobody")).isEmpty();
    }

    @Test
    void keepsTheYoungestWindowsOfAnEndpoint() {
        EndpointPlan plan = new EndpointPlan(
                "/metrics", new EndpointRules("requests", "code", "latency", 0.1, Map.of(), 1), 60_000);
        HealthState state = HealthState.START;
        for (int i = 0; i < 6; i++) {
            HealthStep step = HealthStep.of(
                    "m",
                    plan,
                    Hysteresis.NONE,
                    state,
                    new HealthSample(i * 60_000L, 1, null, i == 3 ? "no answer \u0000 at all" : "", true, i != 3, 0.2));
            assertThat(store.keep(step)).as("look " + i).isTrue();
            state = step.state();
        }

        assertThat(store.health("m")).contains(state);
        assertThat(store.healthWindows("m", 10))
                .extracting(EndpointHealthWindow::fromMillis)
                .containsExactly(240_000L, 180_000L, 120_000L, 60_000L, 0L);
        assertThat(store.prune(new Retention(2, 100, 10, 1_000), 5)).isEqualTo(3);
        assertThat(store.healthWindows("m", 10))
                .extracting(EndpointHealthWindow::fromMillis)
                .containsExactly(240_000L, 180_000L);
        assertThat(store.changes("m", 10)).isNotEmpty();
        // The looks at logs and at the endpoint don't get into each other's way.
        assertThat(store.keep(new Look("m", 0, READING, List.of(), List.of(), List.of(), 77)))
                .isTrue();
        assertThat(store.health("m")).contains(state);
    }
}
