package io.jenkins.mlops.evaluation;

import io.jenkins.mlops.evaluation.interval.Interval;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects the metrics that were asked for, and gives them in the task's display order. */
final class MetricSet {
    private final List<String> order;
    private final Set<String> wanted;
    private final Map<String, MetricValue> values = new HashMap<>();
    private final Map<String, MetricDifference> differences = new HashMap<>();

    /**
     * @param order every metric of the task, in display order
     * @param asked those asked for by name or alias; empty for all
     * @throws EvaluationException if one is asked for that the task doesn't have
     */
    MetricSet(List<String> order, List<String> asked) {
        this.order = order;
        wanted = new LinkedHashSet<>();
        for (String name : asked) {
            wanted.add(MetricCatalog.findIn(name, order)
                    .orElseThrow(() -> new EvaluationException("expected metrics among " + String.join(", ", order)
                            + ", found '" + name + "': not a metric of these predictions; correct or remove it")));
        }
    }

    boolean wants(String name) {
        return order.contains(name) && (wanted.isEmpty() || wanted.contains(name));
    }

    boolean wantsAny(List<String> names) {
        return names.stream().anyMatch(this::wants);
    }

    List<String> wantedOf(List<String> names) {
        return names.stream().filter(this::wants).toList();
    }

    void put(String name, double value, Interval interval) {
        if (wants(name)) {
            Interval kept = Double.isNaN(value) ? Interval.NONE : inRange(name, interval);
            values.put(name, new MetricValue(value, kept.lower(), kept.upper(), kept.method()));
        }
    }

    void put(String name, double value) {
        put(name, value, Interval.NONE);
    }

    /** A metric of both models; the difference is candidate minus champion. */
    void compare(String name, double candidate, double champion, Interval interval, double pValue) {
        if (wants(name)) {
            differences.put(
                    name,
                    new MetricDifference(
                            candidate,
                            champion,
                            candidate - champion,
                            interval.lower(),
                            interval.upper(),
                            pValue,
                            interval.method()));
        }
    }

    private static Interval inRange(String name, Interval interval) {
        return MetricCatalog.find(name)
                .map(metric -> interval.within(metric.lowest(), metric.highest()))
                .orElse(interval);
    }

    Map<String, MetricValue> values() {
        return ordered(values);
    }

    Map<String, MetricDifference> differences() {
        return ordered(differences);
    }

    private <V> Map<String, V> ordered(Map<String, V> found) {
        Map<String, V> result = new LinkedHashMap<>();
        for (String name : order) {
            if (found.containsKey(name)) {
                result.put(name, found.get(name));
            }
        }
        return result;
    }
}
