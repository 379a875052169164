package io.jenkins.plugins.mlops.registry.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.evaluation.Comparison;
import io.jenkins.mlops.evaluation.ConfusionMatrix;
import io.jenkins.mlops.evaluation.Curve;
import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.evaluation.MetricDifference;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.evaluation.SliceReport;
import io.jenkins.mlops.evaluation.Task;
import io.jenkins.mlops.gate.GateReport;
import io.jenkins.mlops.gate.GateResult;
import io.jenkins.mlops.gate.Verdict;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EvaluationViewTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private static MetricValue wilson(double value, double lower, double upper) {
        return new MetricValue(value, lower, upper, "wilson");
    }

    private static EvaluationReport report() {
        // As a document read back has them: by name.
        Map<String, MetricValue> metrics = new TreeMap<>();
        metrics.put("zeta", MetricValue.of(3));
        metrics.put("best_threshold", MetricValue.of(Double.NaN));
        metrics.put("accuracy", wilson(0.93, 0.89, 0.96));
        metrics.put("roc_auc", wilson(0.98, 0.96, 0.99));
        metrics.put("log_loss", MetricValue.of(INFINITY));
        List<SliceReport> slices = List.of(
                new SliceReport("region", "north", 90, Map.of("roc_auc", wilson(0.99, 0.97, 1))),
                new SliceReport("region", "", 10, Map.of("roc_auc", MetricValue.of(Double.NaN))),
                new SliceReport("age", "60+", 40, Map.of("f1", wilson(0.9, 0.8, 0.95))));
        Map<String, MetricDifference> differences = new LinkedHashMap<>();
        differences.put("roc_auc", new MetricDifference(0.98, 0.96, 0.02, 0.01, 0.03, 0.00001, "delong"));
        differences.put("log_loss", new MetricDifference(0.3, 0.2, 0.1, 0.05, 0.15, 0.02, "bootstrap"));
        differences.put("accuracy", new MetricDifference(0.93, 0.92, 0.01, -0.02, 0.04, 0.4, "mcnemar"));
        differences.put("brier", new MetricDifference(0.1, 0.1, 0, Double.NaN, Double.NaN, Double.NaN, ""));
        differences.put("zeta", new MetricDifference(3, 2, 1, 0.5, 1.5, 0.01, "bootstrap"));
        return new EvaluationReport(
                Task.BINARY,
                "predictions.csv",
                100,
                0.95,
                metrics,
                ConfusionMatrix.of(List.of("no", "yes"), new double[][] {{40, 5}, {2, 53}}),
                List.of(new Curve(
                        "roc",
                        "false positive rate",
                        "true positive rate",
                        List.of(0.0, 0.1, 1.0),
                        List.of(0.0, 0.9, 1.0),
                        List.of(INFINITY, 0.5, 0.0),
                        List.of())),
                slices,
                new Comparison(100, "row order", 0.95, differences),
                List.of("small"));
    }

    private static EvaluationView view() {
        GateReport gates = GateReport.of(List.of(new GateResult(
                "threshold(metric: 'roc_auc')", Verdict.FAIL, "too low", Map.of("roc_auc", Double.NaN))));
        EvaluationFact fact =
                new EvaluationFact("e1", "holdout", "BINARY", 100, "FAIL", "", "evaluation-1", Map.of("roc_auc", 0.98));
        return new EvaluationView(fact, new EvaluationDocument(report(), gates), "");
    }

    @Test
    void putsMetricsInTheCatalogsOrder() {
        assertThat(view().getMetrics())
                .extracting(MetricView::getName)
                .containsExactly("accuracy", "roc_auc", "log_loss", "best_threshold", "zeta");
        assertThat(view().getShownMetrics().get(0).getName()).isEqualTo("roc_auc");
    }

    @Test
    void exportsNothingThatJsonDoesNotKnow() {
        assertThat(view().getMetrics()).extracting(MetricView::getValue).containsExactly(0.93, 0.98, null, null, 3.0);
        assertThat(view().getMetrics()).extracting(MetricView::getLower).containsExactly(0.89, 0.96, null, null, null);
        assertThat(view().getCurves().get(0).getThresholds()).isEqualTo(Arrays.asList(null, 0.5, 0.0));
        assertThat(view().getGates().get(0).getEvidence().get(0).getValue()).isNull();
    }

    @Test
    void showsWhatIsUndefinedAsSuch() {
        assertThat(view().getMetrics())
                .extracting(MetricView::getValueText)
                .containsExactly("0.9300", "0.9800", "\u221e", "undefined", "3.0000");
        assertThat(view().getMetrics())
                .extracting(MetricView::getIntervalText)
                .containsExactly("0.8900 \u2013 0.9600", "0.9600 \u2013 0.9900", "", "", "");
    }

    @Test
    void drawsBarsOnlyOnBoundedScales() {
        assertThat(view().getMetrics())
                .extracting(metric -> metric.getBar() != null)
                .containsExactly(true, true, false, false, false);
    }

    @Test
    void groupsSlicesByColumnOnOneScale() {
        List<SliceView.Table> tables = view().getSliceTables();
        assertThat(tables).extracting(SliceView.Table::getColumn).containsExactly("region", "age");
        assertThat(tables.get(0).getMetrics()).containsExactly("roc_auc");
        assertThat(tables.get(0).getRows()).extracting(SliceView.Row::getName).containsExactly("north", "(empty)");
        MetricView north = tables.get(0).getRows().get(0).getCells().get(0);
        assertThat(north.getBar().isReferenced()).isTrue();
        assertThat(north.getBar().getUpper()).isEqualTo("116");
        assertThat(tables.get(0).getRows().get(1).getCells().get(0).getBar()).isNull();
        // A column whose slices lack the headline shows what they have.
        assertThat(tables.get(1).getMetrics()).containsExactly("f1");
    }

    @Test
    void tellsBetterFromWorseByTheMetricsDirection() {
        assertThat(view().getComparison().getDifferences())
                .extracting(DifferenceView::getOutcome)
                .containsExactly("better", "worse", "unclear", "", "");
        assertThat(view().getComparison().getDifferences().get(0).getTest()).isEqualTo("p < 0.0001 \u00b7 delong");
        assertThat(view().getComparison().getDifferences().get(3).getBar()).isNull();
        assertThat(view().getComparison().getDifferences().get(0).getBar().getReference())
                .isEqualTo("60");
    }

    @Test
    void readsTheMatrixOut() {
        assertThat(view().getConfusion().getChart().getDescription()).contains("no predicted as yes: 5.");
    }

    @Test
    void shapesTheHeadOfTheSection() {
        assertThat(view().getShape()).isEqualTo("binary classification \u00b7 100 rows");
        assertThat(view().getLevelText()).isEqualTo("95 %");
        assertThat(view().getBadge().getText()).isEqualTo("fail");
        assertThat(view().getCurves().get(0).getFigure()).isEqualTo("roc_auc 0.9800");
    }

    @Test
    void showsTheHeadlineWithoutItsDocument() {
        EvaluationFact fact =
                new EvaluationFact("e1", "holdout", "given", 0, "PASS", "", "gone", Map.of("mae", 12.5, "f1", 0.9));
        EvaluationView view = new EvaluationView(fact, null, "gone");
        assertThat(view.getMetrics()).isEmpty();
        assertThat(view.getGates()).isEmpty();
        assertThat(view.getSliceTables()).isEmpty();
        assertThat(view.getConfusion()).isNull();
        assertThat(view.getComparison()).isNull();
        assertThat(view.getLevel()).isNull();
        assertThat(view.getProblem()).isEqualTo("gone");
        assertThat(view.getHeadline()).extracting(NamedNumber::getName).containsExactly("f1", "mae");
        assertThat(view.getShape()).isEqualTo("given metrics");
    }

    @Test
    void writesTheHeadlineInOneLine() {
        Map<String, Double> headline = new TreeMap<>(Map.of("zeta", 1.0, "roc_auc", 0.98, "accuracy", 0.93, "f1", 0.9));
        assertThat(EvaluationView.headline(headline, 3))
                .isEqualTo("accuracy 0.9300 \u00b7 f1 0.9000 \u00b7 roc_auc 0.9800");
    }

    @Test
    void keepsNamesThatTurnTheDirectionOfWritingToThemselves() {
        assertThat(EvaluationView.headline(Map.of("\u202eevil", 0.9), 1)).isEqualTo("\u2068\u202eevil\u2069 0.9000");
        assertThat(EvaluationView.headline(Map.of("\u05d3\u05d9\u05d5\u05e7", 0.9), 1))
                .startsWith("\u2068");
        assertThat(EvaluationView.headline(Map.of("f1-\u03b2 \u4e2d", 0.9), 1)).isEqualTo("f1-\u03b2 \u4e2d 0.9000");
    }
}
