package io.jenkins.mlops.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.mlops.evaluation.Comparison;
import io.jenkins.mlops.evaluation.Direction;
import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.evaluation.MetricDifference;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.evaluation.SliceReport;
import io.jenkins.mlops.evaluation.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GateEvaluatorTest {
    private final Map<String, MetricValue> metrics = new LinkedHashMap<>();
    private final List<SliceReport> slices = new ArrayList<>();
    private final Map<String, MetricDifference> differences = new LinkedHashMap<>();

    GateEvaluatorTest() {
        metrics.put("accuracy", new MetricValue(0.9, 0.87, 0.93, "wilson"));
        metrics.put("roc_auc", new MetricValue(0.95, 0.93, 0.97, "delong"));
        metrics.put("log_loss", MetricValue.of(0.3));
        metrics.put("lift", MetricValue.of(3));
        metrics.put("ks", MetricValue.of(Double.NaN));
        differences.put("roc_auc", new MetricDifference(0.95, 0.96, -0.01, -0.02, 0, 0.05, "delong"));
        differences.put("log_loss", new MetricDifference(0.3, 0.2, 0.1, 0.05, 0.15, 0.001, "student-t"));
        differences.put("lift", new MetricDifference(3, 2, 1, 0.5, 1.5, 0.001, "bootstrap"));
        differences.put("brier", new MetricDifference(0.1, 0.1, 0, 0, 0, 1, "student-t, paired"));
        differences.put("max_error", new MetricDifference(3, 2, 1, Double.NaN, Double.NaN, Double.NaN, ""));
        differences.put("ks", new MetricDifference(Double.NaN, 2, Double.NaN, Double.NaN, Double.NaN, Double.NaN, ""));
    }

    private GateInput input() {
        EvaluationReport report = new EvaluationReport(
                Task.BINARY, "a test", 500, 0.95, metrics, null, List.of(), slices, null, List.of());
        return GateInput.of(report).comparedWith("champion", new Comparison(500, "column 'id'", 0.95, differences));
    }

    private GateResult judge(GateRule rule) {
        return judge(rule, input());
    }

    private static GateResult judge(GateRule rule, GateInput input) {
        GateReport report = GateEvaluator.check(List.of(rule), input);
        assertThat(report.results()).hasSize(1);
        assertThat(report.verdict()).isEqualTo(report.results().get(0).verdict());
        return report.results().get(0);
    }

    private static void assertVerdict(GateResult result, Verdict verdict, String... parts) {
        assertThat(result.verdict()).as(result.explanation()).isEqualTo(verdict);
        for (String part : parts) {
            assertThat(result.explanation()).contains(part);
        }
    }

    @Test
    void thresholdByValue() {
        assertVerdict(judge(Threshold.atLeast("accuracy", 0.9)), Verdict.PASS, "accuracy is 0.9000, at least 0.9");
        assertVerdict(judge(Threshold.atLeast("auc", 0.96)), Verdict.FAIL, "expected at least 0.96, found 0.9500");
        assertVerdict(judge(Threshold.atMost("log_loss", 0.3)), Verdict.PASS);
        assertVerdict(judge(Threshold.atMost("logloss", 0.25)), Verdict.FAIL, "0.0500 too high");
        assertVerdict(judge(Threshold.atLeast("lift", 2)), Verdict.PASS);
        assertVerdict(judge(Threshold.atMost("lift", 2)), Verdict.FAIL);
        assertThat(judge(Threshold.atLeast("accuracy", 0.9)).evidence())
                .containsEntry("accuracy", 0.9)
                .containsEntry("atLeast", 0.9);
    }

    @Test
    void thresholdByInterval() {
        assertVerdict(
                judge(new Threshold("accuracy", 0.87, null, 0.95)), Verdict.PASS, "95 % interval 0.8700 to 0.9300");
        assertVerdict(judge(new Threshold("accuracy", 0.88, null, 0.95)), Verdict.INCONCLUSIVE, "more rows");
        assertVerdict(judge(new Threshold("accuracy", 0.93, null, 0.95)), Verdict.INCONCLUSIVE);
        assertVerdict(judge(new Threshold("accuracy", 0.94, null, 0.95)), Verdict.FAIL, "misses it altogether");
        assertVerdict(judge(new Threshold("accuracy", 0.87, null, 0.9)), Verdict.PASS);
        assertVerdict(judge(new Threshold("accuracy", 0.5, null, 0.99)), Verdict.FAIL, "confidence 0.95", "0.99");
        assertVerdict(judge(new Threshold("log_loss", null, 0.9, 0.95)), Verdict.FAIL, "no confidence interval");
    }

    @Test
    void aThresholdThatCannotBeJudgedFails() {
        assertVerdict(judge(Threshold.atLeast("ks", 0)), Verdict.FAIL, "NaN");
        assertVerdict(
                judge(Threshold.atLeast("acuracy", 0.1)),
                Verdict.FAIL,
                "expected a metric named 'acuracy'",
                "found accuracy, roc_auc, log_loss",
                "Did you mean 'accuracy'?");
        assertVerdict(judge(Threshold.atLeast("log_loss", 0.1)), Verdict.FAIL, "better when lower", "use atMost");
        assertVerdict(judge(Threshold.atMost("auc", 1)), Verdict.FAIL, "better when higher", "use atLeast");
        assertVerdict(judge(Threshold.atLeast("auc", 0.1), GateInput.of(null)), Verdict.FAIL, "no evaluation");
        assertVerdict(
                judge(Threshold.atLeast("auc", 0.1), GateInput.of(EvaluationReport.ofGivenMetrics(Map.of(), 0))),
                Verdict.FAIL,
                "no metrics at all");
    }

    @Test
    void namesOfAnyLengthAreJudged() {
        for (int i = 0; i < 30; i++) {
            metrics.put("💥".repeat(4_000) + i, MetricValue.of(1));
            slice("long ".repeat(1_900) + i, 100, 0.1);
        }
        assertVerdict(judge(Threshold.atLeast("mcc", 0.1)), Verdict.FAIL, "expected a metric named 'mcc'");
        assertVerdict(judge(new EverySlice("accuracy", 0.8, null, 0)), Verdict.FAIL, "30 of 30");
        assertThat(judge(Threshold.atLeast("mcc", 0.1)).explanation()).hasSizeLessThan(5_000);
        assertThat(GateText.lines(GateEvaluator.check(List.of(Threshold.atLeast("mcc", 0.1)), input())))
                .isNotEmpty();
    }

    @Test
    void anAmbiguousMetricFails() {
        EvaluationReport report = EvaluationReport.ofGivenMetrics(Map.of("roc_auc", 0.9, "AUROC", 0.8), 0);
        assertVerdict(
                judge(Threshold.atLeast("auc", 0.1), GateInput.of(report)),
                Verdict.FAIL,
                "More than one of them means");
        assertVerdict(judge(Threshold.atLeast("roc_auc", 0.85), GateInput.of(report)), Verdict.PASS);
    }

    @Test
    void noWorseThanTheChampion() {
        assertVerdict(judge(new NoWorseThan("champion", "auc", 0.03, 0.95)), Verdict.PASS, "not worse by the margin");
        assertVerdict(judge(new NoWorseThan("champion", "auc", 0.01, 0.95)), Verdict.INCONCLUSIVE, "more rows");
        assertVerdict(judge(new NoWorseThan("champion", "auc", 0.02, 0.95)), Verdict.INCONCLUSIVE);
        assertVerdict(judge(new NoWorseThan("champion", "log_loss", 0.04, 0.95)), Verdict.FAIL, "worse by more");
        assertVerdict(judge(new NoWorseThan("champion", "log_loss", 0.1, 0.95)), Verdict.INCONCLUSIVE);
        assertVerdict(judge(new NoWorseThan("champion", "log_loss", 0.2, 0.95)), Verdict.PASS);
        assertVerdict(judge(new NoWorseThan("champion", "lift", 0, 0.95, Direction.HIGHER)), Verdict.PASS, "better");
        assertVerdict(judge(new NoWorseThan("champion", "lift", 0, 0.95, Direction.LOWER)), Verdict.FAIL);
        assertVerdict(judge(new NoWorseThan("champion", "brier", 0, 0.95)), Verdict.INCONCLUSIVE, "no draw from these");
        assertVerdict(judge(new NoWorseThan("champion", "brier", 0.01, 0.95)), Verdict.PASS, "no draw from these rows");
    }

    @Test
    void aComparisonThatCannotBeJudgedFails() {
        assertVerdict(judge(new NoWorseThan("champion", "lift", 0, 0.95)), Verdict.FAIL, "state direction");
        assertVerdict(
                judge(new NoWorseThan("champion", "auc", 0.1, 0.95, Direction.LOWER)), Verdict.FAIL, "the opposite");
        assertVerdict(
                judge(new NoWorseThan("production", "auc", 1, 0.95)), Verdict.FAIL, "was not compared", "'production'");
        assertVerdict(
                judge(new NoWorseThan("champion", "mcc", 1, 0.95)), Verdict.FAIL, "expected a metric named 'mcc'");
        assertVerdict(judge(new NoWorseThan("champion", "max_error", 9, 0.95)), Verdict.FAIL, "no confidence interval");
        assertVerdict(judge(new NoWorseThan("champion", "ks", 9, 0.95)), Verdict.FAIL, "NaN");
        assertVerdict(judge(new NoWorseThan("champion", "auc", 0.03, 0.99)), Verdict.FAIL, "asks for 0.99");
    }

    @Test
    void aFirstVersionHasNothingToBeWorseThan() {
        GateInput input = GateInput.of(null).withVacant("champion");
        assertVerdict(judge(new NoWorseThan("champion", "auc", 0, 0.95), input), Verdict.PASS, "first version");
        assertVerdict(judge(new NoWorseThan("production", "auc", 0, 0.95), input), Verdict.FAIL);
        assertThatIllegalArgumentException().isThrownBy(() -> input().withVacant("champion"));
    }

    private void slice(String value, long rows, double accuracy) {
        slices.add(new SliceReport("region", value, rows, Map.of("accuracy", MetricValue.of(accuracy))));
    }

    @Test
    void everySliceIsJudged() {
        EverySlice rule = new EverySlice("acc", 0.8, null, 50);
        assertVerdict(judge(rule), Verdict.FAIL, "no slices");
        slice("tiny", 10, 0.1);
        assertVerdict(judge(rule), Verdict.INCONCLUSIVE, "region = tiny (10 rows)");
        slice("north", 100, 0.9);
        slice("", 100, 0.85);
        assertVerdict(judge(rule), Verdict.PASS, "worst is region = (empty) with 0.8500", "not judged", "tiny");
        slice("south", 50, 0.79);
        assertVerdict(judge(rule), Verdict.FAIL, "1 of 3", "region = south with 0.7900 (50 rows)");
        assertThat(judge(rule).evidence()).containsEntry("region = south", 0.79).containsEntry("slicesTooSmall", 1.0);
        assertVerdict(judge(new EverySlice("mcc", 0.1, null, 0)), Verdict.FAIL, "named 'mcc' in slice region = tiny");
        assertVerdict(judge(new EverySlice("accuracy", null, 0.9, 0)), Verdict.FAIL, "better when higher");
    }

    @Test
    void anUndefinedSliceFails() {
        slice("north", 100, 0.9);
        slice("west", 100, Double.NaN);
        assertVerdict(judge(new EverySlice("accuracy", 0.1, null, 0)), Verdict.FAIL, "region = west", "NaN");
        assertVerdict(judge(new EverySlice("accuracy", 0.1, null, 101)), Verdict.INCONCLUSIVE);
    }

    @Test
    void sampleSize() {
        assertVerdict(judge(new SampleSize(500)), Verdict.PASS);
        assertVerdict(judge(new SampleSize(501)), Verdict.FAIL, "at least 501 rows, found 500");
        assertVerdict(judge(new SampleSize(1), GateInput.of(null)), Verdict.FAIL);
        assertVerdict(
                judge(new SampleSize(1), GateInput.of(EvaluationReport.ofGivenMetrics(Map.of("a", 1.0), 0))),
                Verdict.FAIL,
                "none stated");
        assertVerdict(judge(new SampleSize(10, true)), Verdict.FAIL, "no slices");
        slice("north", 100, 0.9);
        assertVerdict(judge(new SampleSize(10, true)), Verdict.PASS);
        assertVerdict(judge(new SampleSize(101, true)), Verdict.FAIL, "region = north (100 rows)");
    }

    @Test
    void latencyAndCost() {
        GateInput measured = input().measured("latency_p95_ms", 12.5).measured("cost", 3);
        assertVerdict(judge(new Latency(95, 12.5), measured), Verdict.PASS);
        assertVerdict(judge(new Latency(95, 12), measured), Verdict.FAIL, "at most 12 ms");
        assertVerdict(
                judge(new Latency(99, 100), measured), Verdict.FAIL, "'latency_p99_ms', found cost, latency_p95_ms");
        assertVerdict(judge(new Cost(3), measured), Verdict.PASS);
        assertVerdict(judge(new Cost(2.99), measured), Verdict.FAIL);
        for (double bad : new double[] {Double.NaN, -1}) {
            assertVerdict(judge(new Cost(3), input().measured("cost", bad)), Verdict.FAIL, "no amount");
        }
        assertVerdict(judge(new Cost(3), input().measured("cost", Double.POSITIVE_INFINITY)), Verdict.FAIL);
        metrics.put("cost", MetricValue.of(1));
        assertVerdict(judge(new Cost(3)), Verdict.PASS);
    }

    @Test
    void theWorstVerdictCounts() {
        GateRule pass = Threshold.atLeast("accuracy", 0.5);
        GateRule maybe = new Threshold("accuracy", 0.9, null, 0.95);
        GateRule fail = Threshold.atLeast("accuracy", 0.99);
        assertThat(GateEvaluator.check(List.of(), input()).verdict()).isEqualTo(Verdict.PASS);
        assertThat(GateEvaluator.check(List.of(pass, maybe), input()).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(GateEvaluator.check(List.of(maybe, fail, pass), input()).verdict())
                .isEqualTo(Verdict.FAIL);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GateReport(
                        Verdict.PASS,
                        GateEvaluator.check(List.of(fail), input()).results()))
                .withMessageContaining("worst of its results");
    }

    @Test
    void rulesSayWhatLevelTheyNeed() {
        assertThat(GateEvaluator.requiredLevel(List.of(Threshold.atLeast("a", 1), new Cost(1))))
                .isEmpty();
        assertThat(GateEvaluator.requiredLevel(
                        List.of(new Threshold("a", 1.0, null, 0.9), new NoWorseThan("champion", "a", 0, 0.99))))
                .hasValue(0.99);
    }

    @Test
    void rulesRefuseNonsense() {
        List<Runnable> nonsense = List.of(
                () -> new Threshold("a", null, null, null),
                () -> new Threshold("a", 1.0, 2.0, null),
                () -> new Threshold("a", Double.NaN, null, null),
                () -> new Threshold("a", Double.NEGATIVE_INFINITY, null, null),
                () -> new Threshold(" ", 1.0, null, null),
                () -> new Threshold("a", 1.0, null, 1.0),
                () -> new Threshold("a", 1.0, null, Double.NaN),
                () -> new NoWorseThan("champion", "a", -0.1, 0.95),
                () -> new NoWorseThan("champion", "a", Double.NaN, 0.95),
                () -> new NoWorseThan("champion", "a", Double.POSITIVE_INFINITY, 0.95),
                () -> new NoWorseThan("", "a", 0, 0.95),
                () -> new NoWorseThan("champion", "a", 0, 0),
                () -> new EverySlice("a", null, null, 0),
                () -> new EverySlice("a", 1.0, null, -1),
                () -> new SampleSize(0),
                () -> new Latency(0, 1),
                () -> new Latency(101, 1),
                () -> new Latency(95, 0),
                () -> new Cost(-1),
                () -> new Cost(Double.NaN));
        for (Runnable rule : nonsense) {
            assertThatIllegalArgumentException().isThrownBy(rule::run);
        }
    }
}
