package io.jenkins.mlops.gate;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.evaluation.Comparison;
import io.jenkins.mlops.evaluation.EvaluationReport;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What gates are judged on.
 *
 * @param evaluation the evaluation, null if there is none (then every gate that needs it fails)
 * @param comparisons the paired comparison with the holder of each alias, by alias
 * @param vacant aliases that nobody holds yet: a first version has no champion to be worse than
 * @param measurements measured values by name, such as {@code latency_p95_ms} and {@code cost}
 * @param outdated why the comparison with an alias' holder says nothing any more, by alias: the alias has moved since
 */
public record GateInput(
        @CheckForNull EvaluationReport evaluation,
        Map<String, Comparison> comparisons,
        Set<String> vacant,
        Map<String, Double> measurements,
        Map<String, String> outdated)
        implements Serializable {
    private static final int MOST = 1_000;

    public GateInput {
        comparisons = copy(comparisons, "comparisons");
        measurements = copy(measurements, "measurements");
        outdated = copy(outdated, "outdated comparisons");
        if (vacant.size() > MOST) {
            throw new IllegalArgumentException("more than " + MOST + " vacant aliases");
        }
        vacant = Collections.unmodifiableSet(new TreeSet<>(vacant));
        for (String alias : vacant) {
            if (comparisons.containsKey(alias)) {
                throw new IllegalArgumentException(
                        "alias '" + alias + "' can't both be vacant and have been compared with");
            }
        }
    }

    private static <V> Map<String, V> copy(Map<String, V> values, String what) {
        if (values.size() > MOST) {
            throw new IllegalArgumentException("more than " + MOST + " " + what);
        }
        Map<String, V> copy = new LinkedHashMap<>(values);
        copy.forEach((name, value) -> {
            if (name == null || value == null) {
                throw new IllegalArgumentException("a name or value among the " + what + " is null");
            }
        });
        return Collections.unmodifiableMap(copy);
    }

    /** Input with an evaluation and nothing else. */
    public static GateInput of(@CheckForNull EvaluationReport evaluation) {
        return new GateInput(evaluation, Map.of(), Set.of(), Map.of(), Map.of());
    }

    /** The same with the comparison against the holder of an alias. */
    public GateInput comparedWith(String alias, Comparison comparison) {
        Map<String, Comparison> more = new LinkedHashMap<>(comparisons);
        more.put(alias, comparison);
        return new GateInput(evaluation, more, vacant, measurements, outdated);
    }

    /** The same, knowing that nobody holds the alias. */
    public GateInput withVacant(String alias) {
        Set<String> more = new TreeSet<>(vacant);
        more.add(alias);
        return new GateInput(evaluation, comparisons, more, measurements, outdated);
    }

    /** The same, knowing that the comparison is not with the alias' present holder; {@code why} says so to people. */
    public GateInput withOutdated(String alias, String why) {
        Map<String, String> more = new LinkedHashMap<>(outdated);
        more.put(alias, why);
        return new GateInput(evaluation, comparisons, vacant, measurements, more);
    }

    /** The same with a measured value. */
    public GateInput measured(String name, double value) {
        Map<String, Double> more = new LinkedHashMap<>(measurements);
        more.put(name, value);
        return new GateInput(evaluation, comparisons, vacant, more, outdated);
    }

    /** The name of a latency measurement: {@code latency_p95_ms} for percentile 95. */
    public static String latencyName(double percentile) {
        return "latency_p" + RuleText.number(percentile) + "_ms";
    }
}
