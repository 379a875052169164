package io.jenkins.mlops.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Judges gate rules. It never passes what it can't judge: what is missing, NaN or ambiguous fails with the reason. */
public final class GateEvaluator {
    private GateEvaluator() {}

    /** Judges every rule; no rules at all pass. */
    public static GateReport check(List<? extends GateRule> rules, GateInput input) {
        List<GateResult> results = new ArrayList<>();
        for (GateRule rule : rules) {
            results.add(judge(rule, input));
        }
        return GateReport.of(results);
    }

    /**
     * The confidence level that an evaluation needs so that these rules can be judged: the highest that one asks for.
     *
     * @return empty if no rule asks for one
     */
    public static OptionalDouble requiredLevel(List<? extends GateRule> rules) {
        return rules.stream()
                .mapToDouble(GateEvaluator::level)
                .filter(level -> !Double.isNaN(level))
                .max();
    }

    /** The level that a rule asks for, NaN if none. */
    private static double level(GateRule rule) {
        Double level = rule instanceof Threshold threshold ? threshold.confidence() : null;
        if (level != null) {
            return level;
        }
        return rule instanceof NoWorseThan noWorse ? noWorse.confidence() : Double.NaN;
    }

    private static GateResult judge(GateRule rule, GateInput input) {
        Map<String, Double> evidence = new LinkedHashMap<>();
        if (rule instanceof Threshold threshold) {
            return MetricGates.threshold(threshold, input, evidence);
        }
        if (rule instanceof NoWorseThan noWorse) {
            return MetricGates.noWorseThan(noWorse, input, evidence);
        }
        if (rule instanceof EverySlice everySlice) {
            return SliceGates.everySlice(everySlice, input, evidence);
        }
        if (rule instanceof SampleSize sampleSize) {
            return SliceGates.sampleSize(sampleSize, input, evidence);
        }
        if (rule instanceof Latency latency) {
            String name = GateInput.latencyName(latency.percentile());
            return MeasuredGates.atMost(latency, name, " ms", latency.atMostMillis(), input, evidence);
        }
        Cost cost = (Cost) rule;
        return MeasuredGates.atMost(cost, "cost", "", cost.atMost(), input, evidence);
    }
}
