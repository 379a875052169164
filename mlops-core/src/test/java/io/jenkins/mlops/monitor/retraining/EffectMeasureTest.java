package io.jenkins.mlops.monitor.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.evaluation.Direction;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.monitor.QualityRecord;
import io.jenkins.mlops.monitor.Severity;
import io.jenkins.mlops.monitor.WindowRecord;
import io.jenkins.mlops.monitor.drift.ColumnDrift;
import io.jenkins.mlops.monitor.drift.ColumnKind;
import io.jenkins.mlops.monitor.drift.DriftHistogram;
import io.jenkins.mlops.monitor.drift.DriftReport;
import io.jenkins.mlops.monitor.drift.DriftRule;
import io.jenkins.mlops.monitor.drift.DriftStatistic;
import io.jenkins.mlops.monitor.quality.QualityEstimate;
import io.jenkins.mlops.monitor.retraining.EffectMeasure.Point;
import io.jenkins.mlops.monitor.retraining.RetrainingAttempt.State;
import io.jenkins.mlops.monitor.window.WindowQuality;
import io.jenkins.mlops.monitor.window.WindowResult;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EffectMeasureTest {
    private static final RetrainingAttempt DONE = RetrainingAttempt.of(
                    new RetrainingRequest("m", "iris", "drift", Severity.CRITICAL, "w", "d", -1, "", null),
                    State.CLAIMED,
                    100)
            .in(State.SUCCEEDED, "train#2", 110)
            .taking(1, 0, 2);

    private static MetricValue around(double value) {
        return new MetricValue(value, value - 0.02, value + 0.02, "normal");
    }

    /** A window of a version with an estimate (NaN for none) and so many of a hundred columns drifted. */
    private static WindowRecord window(int version, long millis, double accuracy, int drifted) {
        ColumnDrift column = new ColumnDrift(
                "c",
                ColumnKind.NUMERIC,
                DriftRule.of(DriftStatistic.WASSERSTEIN),
                1,
                Double.NaN,
                true,
                false,
                0,
                0,
                Double.NaN,
                DriftHistogram.NONE,
                List.of());
        DriftReport drift = new DriftReport(
                100, 100, Collections.nCopies(100, column), List.of(), drifted / 100.0, 0.5, drifted >= 50, List.of());
        QualityEstimate estimate = Double.isNaN(accuracy)
                ? null
                : new QualityEstimate(200, Map.of("accuracy", around(accuracy)), QualityEstimate.ASSUMPTIONS);
        return new WindowRecord(
                "m", version, new WindowResult("w" + millis, 0, 1, 200, drift, List.of(), estimate, List.of()), millis);
    }

    @Test
    void takesTheBestBasisThatBothSidesHave() {
        List<WindowRecord> windows = List.of(window(1, 90, 0.7, 80), window(2, 120, 0.9, 5));
        List<Point> labels = List.of(new Point(1, 80, 50, around(0.95)), new Point(2, 130, 50, around(0.6)));

        RetrainingAttempt labelled = EffectMeasure.measured(DONE, labels, windows);
        assertThat(labelled.basis()).isEqualTo(Basis.LABELS);
        assertThat(labelled.effect()).isEqualTo(Effect.HARMED);
        RetrainingAttempt estimated = EffectMeasure.measured(DONE, labels.subList(0, 1), windows);
        assertThat(estimated.basis()).isEqualTo(Basis.ESTIMATE);
        assertThat(estimated.effect()).isEqualTo(Effect.HELPED);
        RetrainingAttempt drift =
                EffectMeasure.measured(DONE, List.of(), List.of(window(1, 90, Double.NaN, 80), window(2, 120, 0.9, 5)));
        assertThat(drift.basis()).isEqualTo(Basis.DRIFT);
        assertThat(drift.effect()).isEqualTo(Effect.HELPED);
        assertThat(drift.before().value()).isEqualTo(0.8);
        assertThat(drift.before().interval()).isEqualTo("wilson");
        // labels that come late replace what was estimated
        assertThat(EffectMeasure.measured(estimated, labels, windows)).isEqualTo(labelled);
    }

    @Test
    void waitsForThreeWindowsBeforeItSaysThatNothingChanged() {
        List<WindowRecord> two = List.of(window(1, 90, 0.9, 0), window(2, 120, 0.91, 0), window(2, 130, 0.9, 0));
        assertThat(EffectMeasure.measured(DONE, List.of(), two).effect()).isEqualTo(Effect.UNKNOWN);
        List<WindowRecord> three = List.of(two.get(0), two.get(1), two.get(2), window(2, 140, 0.89, 0));
        RetrainingAttempt measured = EffectMeasure.measured(DONE, List.of(), three);
        assertThat(measured.effect()).isEqualTo(Effect.NO_DIFFERENCE);
        assertThat(measured.after().interval()).isEqualTo("mean of 3 windows");
    }

    @Test
    void aVersionThatNeverServesMadeNoDifference() {
        List<WindowRecord> others =
                List.of(window(1, 90, 0.9, 0), window(1, 120, 0.9, 0), window(1, 130, 0.9, 0), window(1, 140, 0.9, 0));
        assertThat(EffectMeasure.measured(DONE, List.of(), others.subList(0, 3)).effect())
                .isEqualTo(Effect.UNKNOWN);
        RetrainingAttempt idle = EffectMeasure.measured(DONE, List.of(), others);
        assertThat(idle.effect()).isEqualTo(Effect.NO_DIFFERENCE);
        assertThat(idle.basis()).isEqualTo(Basis.NONE);
        // until it is put to serve after all
        assertThat(EffectMeasure.measured(idle, List.of(), List.of(others.get(0), window(2, 150, 0.99, 0)))
                        .effect())
                .isEqualTo(Effect.HELPED);
        RetrainingAttempt running = DONE.in(State.RUNNING, "train#2", 110);
        assertThat(EffectMeasure.measured(running, List.of(), others)).isEqualTo(running);
    }

    private static QualityRecord quality(String window, int version, String metric, double value, long keptMillis) {
        WindowQuality quality = new WindowQuality(window, 0, 200, 150, "d", Map.of(metric, around(value)), List.of());
        return new QualityRecord("m", version, quality, null, keptMillis);
    }

    @Test
    void labelsThatComeAfterTheRetrainingStillTellOfTheWindowBefore() {
        List<WindowRecord> windows = List.of(window(1, 90, 0.9, 0), window(2, 120, 0.7, 0));
        // Both were labelled long after the retraining was decided at 100.
        List<QualityRecord> qualities = List.of(
                quality("w90", 1, "accuracy", 0.6, 900),
                quality("w120", 2, "accuracy", 0.95, 900),
                quality("gone", 1, "accuracy", 0.1, 900));
        List<Point> points = EffectMeasure.labelled("accuracy", qualities, windows);
        assertThat(points).containsExactly(new Point(1, 90, 150, around(0.6)), new Point(2, 120, 150, around(0.95)));
        RetrainingAttempt measured = EffectMeasure.measured(DONE, points, windows);
        assertThat(measured.basis()).isEqualTo(Basis.LABELS);
        assertThat(measured.effect()).isEqualTo(Effect.HELPED);
        assertThat(EffectMeasure.labelled("f1", qualities, windows)).isEmpty();
    }

    @Test
    void anErrorThatFellHasHelpedAndAMetricOfNoDirectionIsNoBasis() {
        List<WindowRecord> windows = List.of(window(1, 90, Double.NaN, 80), window(2, 120, Double.NaN, 79));
        List<Point> points = EffectMeasure.labelled(
                "rmse", List.of(quality("w90", 1, "rmse", 0.9, 900), quality("w120", 2, "rmse", 0.3, 900)), windows);
        RetrainingAttempt fell = EffectMeasure.measured(DONE, points, Direction.LOWER, windows);
        assertThat(fell.basis()).isEqualTo(Basis.LABELS);
        assertThat(fell.effect()).isEqualTo(Effect.HELPED);
        assertThat(EffectMeasure.measured(DONE, points, Direction.UNKNOWN, windows)
                        .basis())
                .isEqualTo(Basis.DRIFT);
    }
}
