package io.jenkins.mlops.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.evaluation.Comparison;
import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.evaluation.MetricDifference;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.evaluation.SliceReport;
import io.jenkins.mlops.evaluation.Task;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

/** Gates fail closed: whatever is wrong with the evidence, no rule passes on it. */
class GatePropertyTest {
    private static final int TRIES = 300;
    private static final List<String> NAMES =
            List.of("accuracy", "auc", "log_loss", "rmse", "lift", "val_loss", "ndcg@10", "neg_log_loss", "💥", "a b");

    @Provide
    Arbitrary<GateRule> rules() {
        Arbitrary<String> names = Arbitraries.of(NAMES);
        Arbitrary<Double> bounds = Arbitraries.doubles().between(-10, 10);
        Arbitrary<Double> levels = Arbitraries.of(0.5, 0.9, 0.95, 0.99);
        Arbitrary<Boolean> sides = Arbitraries.of(true, false);
        Arbitrary<GateRule> threshold = Combinators.combine(names, bounds, sides, levels.injectNull(0.5))
                .as((name, bound, low, level) -> new Threshold(name, low ? bound : null, low ? null : bound, level));
        Arbitrary<GateRule> noWorse = Combinators.combine(names, bounds, levels)
                .as((name, bound, level) -> new NoWorseThan("champion", name, Math.abs(bound), level));
        Arbitrary<GateRule> slice = Combinators.combine(names, bounds, sides)
                .as((name, bound, low) -> new EverySlice(name, low ? bound : null, low ? null : bound, 0));
        Arbitrary<GateRule> cost = bounds.map(bound -> new Cost(Math.abs(bound)));
        Arbitrary<GateRule> latency = bounds.map(bound -> new Latency(95, Math.abs(bound) + 1));
        return Arbitraries.oneOf(threshold, noWorse, slice, cost, latency);
    }

    private static GateInput input(Map<String, MetricValue> metrics, Map<String, MetricDifference> differences) {
        EvaluationReport report = new EvaluationReport(
                Task.BINARY,
                "generated",
                10,
                0.95,
                metrics,
                null,
                List.of(),
                metrics.isEmpty() ? List.of() : List.of(new SliceReport("region", "north", 10, metrics)),
                null,
                List.of());
        return GateInput.of(report).comparedWith("champion", new Comparison(10, "row order", 0.95, differences));
    }

    @Property(tries = TRIES)
    void nothingToJudgeNeverPasses(@ForAll("rules") GateRule rule) {
        for (GateInput input : List.of(
                GateInput.of(null),
                input(Map.of(), Map.of()),
                input(Map.of("something_else", MetricValue.of(1)), Map.of()))) {
            GateReport report = GateEvaluator.check(List.of(rule), input);
            assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(report.results().get(0).explanation()).isNotBlank();
            assertThat(report.results().get(0).rule()).isEqualTo(rule.describe());
        }
    }

    @Property(tries = TRIES)
    void notANumberNeverPasses(@ForAll("rules") GateRule rule) {
        Map<String, MetricValue> metrics = new LinkedHashMap<>();
        Map<String, MetricDifference> differences = new LinkedHashMap<>();
        for (String name : NAMES) {
            metrics.put(name, MetricValue.of(Double.NaN));
            differences.put(
                    name, new MetricDifference(1, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, ""));
        }
        GateInput input =
                input(metrics, differences).measured("cost", Double.NaN).measured("latency_p95_ms", Double.NaN);
        assertThat(GateEvaluator.check(List.of(rule), input).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Property(tries = TRIES)
    void aPassingThresholdHolds(
            @ForAll("rules") GateRule rule,
            @ForAll @DoubleRange(min = -12, max = 12) double value,
            @ForAll @DoubleRange(min = 0, max = 2) double half) {
        Map<String, MetricValue> metrics = new LinkedHashMap<>();
        for (String name : NAMES) {
            metrics.put(name, new MetricValue(value, value - half, value + half, "test"));
        }
        GateReport report = GateEvaluator.check(List.of(rule), input(metrics, Map.of()));
        if (rule instanceof Threshold threshold && report.verdict() != Verdict.FAIL) {
            double sure = threshold.confidence() == null || report.verdict() == Verdict.INCONCLUSIVE ? 0 : half;
            double reach = report.verdict() == Verdict.INCONCLUSIVE ? half : 0;
            if (threshold.atLeast() != null) {
                assertThat(value - sure + reach).isGreaterThanOrEqualTo(threshold.atLeast());
            } else {
                assertThat(value + sure - reach).isLessThanOrEqualTo(threshold.atMost());
            }
        }
    }

    @Property(tries = TRIES)
    void passingTheChampionMeansTheIntervalClearsTheMargin(
            @ForAll @DoubleRange(min = -2, max = 2) double difference,
            @ForAll @DoubleRange(min = 0, max = 2) double half,
            @ForAll @DoubleRange(min = 0, max = 2) double margin) {
        MetricDifference found =
                new MetricDifference(difference, 0, difference, difference - half, difference + half, 0.5, "test");
        MetricDifference mirrored =
                new MetricDifference(-difference, 0, -difference, -difference - half, -difference + half, 0.5, "test");
        GateInput input = input(Map.of(), Map.of("accuracy", found, "log_loss", mirrored));
        Verdict expected = difference - half > -margin
                ? Verdict.PASS
                : difference + half < -margin ? Verdict.FAIL : Verdict.INCONCLUSIVE;
        // A loss that falls is an accuracy that rises.
        for (String metric : Set.of("accuracy", "log_loss")) {
            GateRule rule = new NoWorseThan("champion", metric, margin, 0.95);
            assertThat(GateEvaluator.check(List.of(rule), input).verdict()).isEqualTo(expected);
        }
    }

    @Property(tries = 50)
    void anyRuleThatDoesNotPassSpoilsThePass(@ForAll("rules") GateRule one, @ForAll("rules") GateRule other) {
        GateInput input = input(Map.of("accuracy", MetricValue.of(0.5), "rmse", MetricValue.of(2)), Map.of())
                .measured("cost", 3);
        List<GateRule> rules = new ArrayList<>(List.of(one, other));
        GateReport both = GateEvaluator.check(rules, input);
        assertThat(both.verdict() == Verdict.PASS)
                .isEqualTo(both.results().stream().allMatch(result -> result.verdict() == Verdict.PASS));
        assertThat(GateText.lines(both)).allMatch(line -> line.length() <= 100);
    }

    @Property(tries = 50)
    void rulesAndReportsSurviveSerialisation(@ForAll("rules") GateRule rule)
            throws IOException, ClassNotFoundException {
        GateInput input = input(Map.of("accuracy", MetricValue.of(0.5)), Map.of());
        assertThat(copy(rule)).isEqualTo(rule);
        assertThat(copy(input)).isEqualTo(input);
        GateReport report = GateEvaluator.check(List.of(rule), input);
        assertThat(copy(report)).isEqualTo(report);
    }

    private static Object copy(Object value) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
