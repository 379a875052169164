package io.jenkins.mlops.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every metric beside scikit-learn's value of it. */
class ScikitLearnTest {
    private static final double TOLERANCE = 1e-12;

    private static EvaluationReport evaluate(String file, EvaluationOptions options) throws IOException {
        return new Evaluator().evaluate(Expected.file(file), options);
    }

    private static EvaluationOptions.Builder binaryOptions() {
        return EvaluationOptions.builder()
                .task(Task.BINARY)
                .label("label")
                .score("score")
                .resamples(200);
    }

    @Test
    void binary() throws IOException {
        EvaluationReport report =
                evaluate("binary.csv", binaryOptions().slices(List.of("region")).build());
        Expected.assertMetrics("binary", report.metrics(), TOLERANCE);
        Map<String, Double> cells = Expected.of("binary");
        assertThat(report.confusion().labels()).containsExactly("0", "1");
        assertThat(report.confusion().counts())
                .containsExactly(List.of(cells.get("tn"), cells.get("fp")), List.of(cells.get("fn"), cells.get("tp")));
        assertThat(report.rows()).isEqualTo(400);
        assertThat(report.slices()).extracting(SliceReport::value).containsExactly("north", "south", "east");
        for (SliceReport slice : report.slices()) {
            Expected.assertMetrics("binary-" + slice.value(), slice.metrics(), TOLERANCE);
        }
        assertThat(report.slices().stream().mapToLong(SliceReport::rows).sum()).isEqualTo(400);
    }

    @Test
    void binaryWithWeights() throws IOException {
        EvaluationReport report =
                evaluate("binary.csv", binaryOptions().weight("weight").build());
        Expected.assertMetrics("binary-weighted", report.metrics(), TOLERANCE);
    }

    @Test
    void binaryFromDecisions() throws IOException {
        EvaluationReport report = evaluate(
                "binary.csv", EvaluationOptions.builder().prediction("pred").build());
        assertThat(report.task()).isEqualTo(Task.BINARY);
        assertThat(report.metrics()).doesNotContainKey("roc_auc");
        Expected.assertMetrics("binary-decisions", report.metrics(), TOLERANCE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one-class",
                "one-class-positive",
                "perfect",
                "wrong",
                "constant-score",
                "never-positive",
                "two-rows"
            })
    void edgeCases(String name) throws IOException {
        EvaluationReport report =
                evaluate(name + ".csv", binaryOptions().positive("1").build());
        Map<String, MetricValue> metrics = report.metrics();
        if (name.equals("perfect") || name.equals("wrong")) {
            // DeLong's interval has no width here, and ours says so by another method.
            assertThat(metrics.get("roc_auc").interval()).isEqualTo("wilson, smaller class");
            assertThat(metrics.get("roc_auc").upper() - metrics.get("roc_auc").lower())
                    .isGreaterThan(0.5);
        }
        if (name.equals("two-rows")) {
            assertThat(metrics.get("roc_auc").value()).isEqualTo(1);
            assertThat(metrics.get("roc_auc").hasInterval()).isFalse();
        }
        if (name.startsWith("one-class")) {
            assertThat(metrics.get("roc_auc").value()).isNaN();
            assertThat(metrics.get("ks").value()).isNaN();
            assertThat(report.warnings()).anyMatch(warning -> warning.contains("only one class"));
        }
        Expected.assertMetrics(name, metrics, TOLERANCE, "roc_auc.lower", "roc_auc.upper");
    }

    private static EvaluationOptions.Builder multiclassOptions() {
        return EvaluationOptions.builder()
                .task(Task.MULTICLASS)
                .scores(List.of("p_ant", "p_bee", "p_cat", "p_dog"))
                .resamples(100)
                .k(List.of(2, 3));
    }

    @Test
    void multiclass() throws IOException {
        EvaluationReport report = evaluate("multiclass.csv", multiclassOptions().build());
        Expected.assertMetrics("multiclass", report.metrics(), TOLERANCE);
        assertThat(report.confusion().labels()).containsExactly("ant", "bee", "cat", "dog");
    }

    @Test
    void multiclassWithWeights() throws IOException {
        EvaluationReport report =
                evaluate("multiclass.csv", multiclassOptions().weight("weight").build());
        Expected.assertMetrics("multiclass-weighted", report.metrics(), TOLERANCE);
    }

    @Test
    void multiclassFromDecisions() throws IOException {
        EvaluationReport report = evaluate(
                "multiclass.csv", EvaluationOptions.builder().prediction("pred").build());
        assertThat(report.task()).isEqualTo(Task.MULTICLASS);
        Expected.assertMetrics("multiclass-decisions", report.metrics(), TOLERANCE);
    }

    @Test
    void classesThatAreOnlyPredictedOrOnlyTrue() throws IOException {
        EvaluationReport report = evaluate(
                "multiclass-unseen.csv",
                EvaluationOptions.builder()
                        .task(Task.MULTICLASS)
                        .prediction("pred")
                        .build());
        Expected.assertMetrics("multiclass-unseen", report.metrics(), TOLERANCE);
        assertThat(report.confusion().labels()).containsExactly("1", "2", "3", "10");
        assertThat(report.warnings()).anyMatch(warning -> warning.contains("never a label: '3'"));
    }

    private static EvaluationOptions.Builder regressionOptions() {
        return EvaluationOptions.builder().prediction("pred").resamples(200);
    }

    @Test
    void regression() throws IOException {
        EvaluationReport report = evaluate("regression.csv", regressionOptions().build());
        assertThat(report.task()).isEqualTo(Task.REGRESSION);
        Expected.assertMetrics("regression", report.metrics(), TOLERANCE);
    }

    @Test
    void regressionWithWeights() throws IOException {
        Expected.assertMetrics(
                "regression-weighted",
                evaluate("regression.csv", regressionOptions().weight("weight").build())
                        .metrics(),
                TOLERANCE);
    }

    @Test
    void regressionByQuantiles() throws IOException {
        EvaluationOptions options = EvaluationOptions.builder()
                .scores(List.of("q10", "q90"))
                .quantiles(List.of(0.1, 0.9))
                .build();
        Expected.assertMetrics(
                "regression-quantiles", evaluate("regression.csv", options).metrics(), TOLERANCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"regression-constant", "regression-exact", "regression-large"})
    void regressionEdgeCases(String name) throws IOException {
        // Around 1e9, scikit-learn's own sums keep fewer digits than ours.
        double tolerance = name.equals("regression-large") ? 1e-9 : TOLERANCE;
        EvaluationOptions options = regressionOptions().task(Task.REGRESSION).build();
        Expected.assertMetrics(name, evaluate(name + ".csv", options).metrics(), tolerance);
    }

    @Test
    void ranking() throws IOException {
        EvaluationOptions options = EvaluationOptions.builder()
                .score("score")
                .group("query")
                .k(List.of(1, 3, 10))
                .build();
        EvaluationReport report = evaluate("ranking.csv", options);
        assertThat(report.task()).isEqualTo(Task.RANKING);
        Expected.assertMetrics("ranking", report.metrics(), TOLERANCE);
        assertThat(report.warnings()).anyMatch(warning -> warning.contains("no relevant row"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "text-long"})
    void text(String name) throws IOException {
        EvaluationOptions options = EvaluationOptions.builder()
                .task(Task.TEXT)
                .label("reference")
                .prediction("generated")
                .resamples(100)
                .build();
        Expected.assertMetrics(name, evaluate(name + ".csv", options).metrics(), TOLERANCE);
    }
}
