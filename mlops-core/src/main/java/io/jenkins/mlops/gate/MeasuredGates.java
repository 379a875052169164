package io.jenkins.mlops.gate;

import static io.jenkins.mlops.gate.MetricGates.fail;
import static io.jenkins.mlops.gate.RuleText.number;

import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.evaluation.Figures;
import io.jenkins.mlops.evaluation.MetricValue;
import java.util.Map;
import java.util.TreeSet;

/** Judges the rules on values that were measured rather than evaluated: latency and cost. */
final class MeasuredGates {
    private MeasuredGates() {}

    static GateResult atMost(
            GateRule rule, String name, String unit, double bound, GateInput input, Map<String, Double> evidence) {
        Double value = input.measurements().get(name);
        EvaluationReport report = input.evaluation();
        if (value == null && report != null) {
            // Who reports it among the given metrics has measured it as well.
            MetricValue metric = report.metrics().get(name);
            value = metric == null ? null : (Double) metric.value();
        }
        if (value == null) {
            TreeSet<String> found = new TreeSet<>(input.measurements().keySet());
            return fail(
                    rule,
                    evidence,
                    "expected a measurement named '" + name + "', found "
                            + (found.isEmpty() ? "no measurements" : String.join(", ", found)));
        }
        evidence.put(name, value);
        evidence.put("atMost", bound);
        if (Double.isNaN(value) || value < 0) {
            return fail(rule, evidence, name + " was measured as " + value + ", which is no amount");
        }
        String found = Figures.format(value) + unit;
        return value <= bound
                ? new GateResult(
                        rule.describe(),
                        Verdict.PASS,
                        name + " is " + found + ", at most " + number(bound) + unit + " was asked",
                        evidence)
                : fail(rule, evidence, "expected " + name + " of at most " + number(bound) + unit + ", found " + found);
    }
}
