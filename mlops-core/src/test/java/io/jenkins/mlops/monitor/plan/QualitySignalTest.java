package io.jenkins.mlops.monitor.plan;

import static org.assertj.core.api.Assertions.assertThat;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.evaluation.EvaluationOptions;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.evaluation.Task;
import io.jenkins.mlops.monitor.QualityRecord;
import io.jenkins.mlops.monitor.Severity;
import io.jenkins.mlops.monitor.SignalState;
import io.jenkins.mlops.monitor.signal.Hysteresis;
import io.jenkins.mlops.monitor.signal.Observation.Finding;
import io.jenkins.mlops.monitor.signal.SignalTrack;
import io.jenkins.mlops.monitor.window.WindowQuality;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QualitySignalTest {
    private static final Hysteresis TWO_OF_THREE = new Hysteresis(2, 3, 2);

    private static QualitySignal signal(String metric, double margin, Hysteresis hysteresis) {
        EvaluationOptions options = EvaluationOptions.builder()
                .task(Task.BINARY)
                .label("label")
                .score("score")
                .positive("1")
                .build();
        return new QualitySignal(new FeedbackPlan(options, metric, margin), 30, hysteresis);
    }

    private static QualityRecord window(
            int position, long labelled, @CheckForNull MetricValue value, @CheckForNull MetricValue reference) {
        return new QualityRecord(
                "m",
                4,
                new WindowQuality(
                        "w" + position,
                        position,
                        100,
                        labelled,
                        "d",
                        value == null ? Map.of() : Map.of("accuracy", value, "log_loss", value),
                        List.of()),
                reference,
                1);
    }

    private static QualityRecord window(int position, double accuracy) {
        return window(position, 50, MetricValue.of(accuracy), MetricValue.of(0.9));
    }

    private static MetricValue between(double lower, double value, double upper) {
        return new MetricValue(value, lower, upper, "wilson");
    }

    @Test
    void isBadOnlyWhenTheWholeIntervalIsWorse() {
        QualitySignal higher = signal("accuracy", 0.05, TWO_OF_THREE);
        MetricValue reference = MetricValue.of(0.9);
        assertThat(higher.finding(window(0, 50, between(0.7, 0.8, 0.84), reference)))
                .isEqualTo(Finding.BAD);
        assertThat(higher.finding(window(0, 50, between(0.7, 0.8, 0.86), reference)))
                .isEqualTo(Finding.GOOD);
        assertThat(higher.finding(window(0, 50, MetricValue.of(0.84), reference)))
                .isEqualTo(Finding.BAD);
        assertThat(higher.finding(window(0, 50, MetricValue.of(0.86), reference)))
                .isEqualTo(Finding.GOOD);

        QualitySignal lower = signal("log_loss", 0.05, TWO_OF_THREE);
        assertThat(lower.finding(window(0, 50, between(0.96, 1, 1.1), reference)))
                .isEqualTo(Finding.BAD);
        assertThat(lower.finding(window(0, 50, between(0.94, 1, 1.1), reference)))
                .isEqualTo(Finding.GOOD);
        assertThat(lower.finding(window(0, 50, MetricValue.of(0.1), reference))).isEqualTo(Finding.GOOD);
    }

    @Test
    void concludesNothingFromTooLittle() {
        QualitySignal signal = signal("accuracy", 0, TWO_OF_THREE);
        MetricValue bad = MetricValue.of(0.1);
        MetricValue reference = MetricValue.of(0.9);
        assertThat(signal.finding(window(0, 29, bad, reference))).isEqualTo(Finding.INCONCLUSIVE);
        assertThat(signal.finding(window(0, 30, bad, reference))).isEqualTo(Finding.BAD);
        assertThat(signal.finding(window(0, 50, null, reference))).isEqualTo(Finding.INCONCLUSIVE);
        assertThat(signal.finding(window(0, 50, bad, null))).isEqualTo(Finding.INCONCLUSIVE);
        assertThat(signal.finding(window(0, 50, MetricValue.of(Double.NaN), reference)))
                .isEqualTo(Finding.INCONCLUSIVE);
        assertThat(signal.finding(window(0, 50, bad, MetricValue.of(Double.NaN))))
                .isEqualTo(Finding.INCONCLUSIVE);
        assertThat(signal("something_of_ours", 0, TWO_OF_THREE).finding(window(0, 50, bad, reference)))
                .isEqualTo(Finding.INCONCLUSIVE);

        SignalTrack track = signal.track(null, List.of(window(0, 50, null, reference)), 5);
        assertThat(track.state()).isEqualTo(SignalState.OK);
        assertThat(track.evidence()).isEqualTo("There is no accuracy of 50 of 100 predictions.");
    }

    @Test
    void rereadsTheWindowsInTheirOrderAsTheyStandNow() {
        QualitySignal signal = signal("accuracy", 0, TWO_OF_THREE);
        SignalTrack suspect = signal.track(null, List.of(window(0, 0.95), window(1, 0.5)), 10);
        assertThat(suspect.state()).isEqualTo(SignalState.SUSPECT);
        assertThat(suspect.name()).isEqualTo("quality:accuracy");
        assertThat(suspect.sinceMillis()).isEqualTo(10);

        SignalTrack alarm = signal.track(suspect, List.of(window(2, 0.5), window(0, 0.95), window(1, 0.5)), 20);
        assertThat(alarm.state()).isEqualTo(SignalState.ALARM);
        assertThat(alarm.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(alarm.lastWindow()).isEqualTo("w2");
        assertThat(alarm.sinceMillis()).isEqualTo(20);
        assertThat(alarm.evidence())
                .isEqualTo("The accuracy is 0.500 by the labels of 50 of 100 predictions;"
                        + " version 4 was evaluated at 0.900.");

        List<QualityRecord> same = List.of(window(0, 0.95), window(1, 0.5), window(2, 0.5));
        assertThat(signal.track(alarm, same, 30).sinceMillis())
                .as("still the same alarm")
                .isEqualTo(20);
        // A correction of labels takes the alarm back, with no new window.
        SignalTrack corrected = signal.track(alarm, List.of(window(0, 0.95), window(1, 0.93), window(2, 0.92)), 40);
        assertThat(corrected.state()).isEqualTo(SignalState.OK);
        assertThat(corrected.sinceMillis()).isEqualTo(40);
    }

    @Test
    void isTheSameInWhateverOrderTheWindowsAreGiven() {
        QualitySignal signal = signal("accuracy", 0.02, TWO_OF_THREE);
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            List<QualityRecord> windows = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(80); i++) {
                windows.add(window(
                        i, random.nextInt(60), MetricValue.of(0.8 + random.nextDouble() / 5), MetricValue.of(0.9)));
            }
            SignalTrack expected = signal.track(null, windows, 5);
            Collections.shuffle(windows, random);
            assertThat(signal.track(null, windows, 5)).isEqualTo(expected);
        }
        assertThat(signal.track(null, List.of(), 5)).isEqualTo(SignalTrack.quiet("quality:accuracy", 5));
    }
}
