package io.jenkins.mlops.monitor.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.mlops.data.ColumnType;
import io.jenkins.mlops.data.DataFormat;
import io.jenkins.mlops.data.DataProfile;
import io.jenkins.mlops.data.Profiler;
import io.jenkins.mlops.data.table.TableLimits;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.monitor.Severity;
import io.jenkins.mlops.monitor.drift.TableSample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityTest {
    private static final EstimateOptions OPTIONS = EstimateOptions.of("score");

    /** scikit-learn on every row twice, once positive with the weight p and once negative with 1 - p. */
    @Test
    void estimatesAsScikitLearnDoesOnWeightedRows() {
        double[] scores = {0.1, 0.2, 0.2, 0.35, 0.5, 0.62, 0.8, 0.8, 0.95, 0.99};
        Map<String, MetricValue> metrics =
                ConfidenceEstimate.of(scores, OPTIONS).metrics();

        assertThat(metrics.get("accuracy").value()).isCloseTo(0.781, within(1e-12));
        assertThat(metrics.get("roc_auc").value()).isCloseTo(0.8583280449799717, within(1e-12));
        assertThat(metrics.get("precision").value()).isCloseTo(0.7766666666666667, within(1e-12));
        assertThat(metrics.get("recall").value()).isCloseTo(0.8457350272232305, within(1e-12));
        assertThat(metrics.get("f1").value()).isCloseTo(0.8097306689834926, within(1e-12));
    }

    @Test
    void coversTheTruthWhenTheScoresAreCalibrated() {
        SplittableRandom random = new SplittableRandom(7);
        int covered = 0;
        for (int run = 0; run < 400; run++) {
            double[] scores = new double[500];
            double right = 0;
            for (int i = 0; i < scores.length; i++) {
                scores[i] = random.nextDouble();
                boolean positive = random.nextDouble() < scores[i];
                right += positive == scores[i] >= 0.5 ? 1 : 0;
            }
            MetricValue accuracy =
                    ConfidenceEstimate.of(scores, OPTIONS).metrics().get("accuracy");
            covered += accuracy.lower() <= right / 500 && right / 500 <= accuracy.upper() ? 1 : 0;
        }
        // 95 % of 400 are 380; four standard deviations below are 362
        assertThat(covered).isBetween(362, 398);
    }

    @Test
    void estimatesOnlyFromProbabilities() {
        assertThatThrownBy(() -> ConfidenceEstimate.of(new double[] {0.5, 1.5}, OPTIONS))
                .hasMessageContaining("probabilities from 0 to 1 in the column 'score', found 1.5");
        assertThatThrownBy(() -> ConfidenceEstimate.of(new double[] {-1}, OPTIONS))
                .hasMessageContaining("-1.0");
        assertThat(ConfidenceEstimate.of(new double[0], OPTIONS)
                        .metrics()
                        .get("accuracy")
                        .value())
                .isNaN();
        assertThat(ConfidenceEstimate.of(new double[] {1, 1}, OPTIONS)
                        .metrics()
                        .get("roc_auc")
                        .value())
                .isNaN();
    }

    @Test
    void measuresCalibration() {
        assertThat(ConfidenceEstimate.calibrationError(
                        new double[] {0.75, 0.75, 0.75, 0.75}, new boolean[] {true, true, true, false}))
                .isZero();
        assertThat(ConfidenceEstimate.calibrationError(new double[] {1, 1}, new boolean[] {true, false}))
                .isEqualTo(0.5);
    }

    @Test
    void valuesPredictions() {
        BusinessValue value = new BusinessValue(100, -20, 0, -50, 0.01, "EUR");
        BusinessValue.Worth worth = value.of(10, 5, 80, 5);

        assertThat(worth.total()).isCloseTo(1_000 - 100 - 250 - 1, within(1e-9));
        assertThat(worth.perPrediction()).isCloseTo(6.49, within(1e-9));
        assertThat(worth.cost()).isEqualTo(1);
        assertThat(value.of(0, 0, 0, 0).perPrediction()).isNaN();
        assertThat(BusinessValue.costPerPrediction(24, 0.5, 1_200)).isEqualTo(0.01);
        assertThatThrownBy(() -> new BusinessValue(Double.NaN, 0, 0, 0, 0, "")).hasMessageContaining("finite");
    }

    private static TableSample sample(String... rows) {
        TableSample sample = new TableSample(10_000, 3);
        String[] names = rows[0].split(",");
        for (int i = 1; i < rows.length; i++) {
            String[] cells = rows[i].split(",", -1);
            for (int j = 0; j < cells.length; j++) {
                sample.cell(names[j], cells[j].getBytes(StandardCharsets.UTF_8));
            }
            sample.endRow();
        }
        return sample;
    }

    @Test
    void holdsLiveDataToExpectations() {
        Expectation strict =
                new Expectation("x", true, List.of(ColumnType.INTEGER), 0.2, 0, 10, List.of(), 0, Severity.CRITICAL);
        TableSample rows = sample("x,c", "1,a", "2,b", "11,c", ",a", ",b");

        assertThat(ExpectationCheck.check(rows, List.of(strict)))
                .extracting(ExpectationFinding::what, ExpectationFinding::rows)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("missing", 2L),
                        org.assertj.core.groups.Tuple.tuple("range", 1L));
        assertThat(ExpectationCheck.check(
                        rows,
                        List.of(
                                new Expectation(
                                        "c",
                                        true,
                                        List.of(),
                                        1,
                                        Double.NEGATIVE_INFINITY,
                                        Double.POSITIVE_INFINITY,
                                        List.of("a", "b"),
                                        0.1,
                                        Severity.INFO),
                                new Expectation(
                                        "c", true, List.of(ColumnType.BOOLEAN), 1, 0, 1, List.of(), 0.1, Severity.INFO),
                                Expectation.present("z"))))
                .extracting(ExpectationFinding::what)
                .containsExactly("values", "type", "presence");
        assertThat(ExpectationCheck.check(new TableSample(1, 1), List.of(strict)))
                .isEmpty();
    }

    @Test
    void derivesExpectationsFromTheTrainingProfile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("train.csv");
        StringBuilder text = new StringBuilder("x,c,label\n");
        for (int i = 0; i < 100; i++) {
            text.append(i).append(i % 2 == 0 ? ",a" : ",b").append(",1\n");
        }
        Files.writeString(file, text);
        DataProfile profile = Profiler.profile(file, DataFormat.CSV, TableLimits.DEFAULT);
        List<Expectation> expectations = ExpectationCheck.of(profile, List.of("label"));

        assertThat(ExpectationCheck.check(sample("x,c", "0,a", "108,b"), expectations))
                .isEmpty();
        assertThat(ExpectationCheck.check(sample("x,c", "0,a", "110,d"), expectations))
                .extracting(ExpectationFinding::what)
                .containsExactly("range", "values");
        assertThat(ExpectationCheck.check(sample("c", "a"), expectations))
                .extracting(ExpectationFinding::what)
                .containsExactly("presence");
    }
}
