package io.jenkins.mlops.evaluation;

import io.jenkins.mlops.evaluation.interval.Interval;
import io.jenkins.mlops.evaluation.interval.Intervals;
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
    private final double level;
    private final long scarcest;
    private final Map<String, MetricValue> values = new HashMap<>();
    private final Map<String, MetricDifference> differences = new HashMap<>();

    /**
     * @param order every metric of the task, in display order
     * @param asked those asked for by name or alias; empty for all
     * @param level confidence level of the intervals
     * @param scarcest rows of the smallest class, or of all where there are no classes: what a metric without a single
     *     error rests on
     * @throws EvaluationException if one is asked for that the task doesn't have
     */
    MetricSet(List<String> order, List<String> asked, double level, long scarcest) {
        this.order = order;
        this.level = level;
        this.scarcest = scarcest;
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
            Interval kept = Double.isNaN(value) ? Interval.NONE : widened(name, value, inRange(name, interval));
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

    /**
     * An interval without width says that the sample had no variation, not that the value is certain: five rows without
     * an error prove little. At an end of its range a metric gets Wilson's bound of the scarcest rows; elsewhere there is
     * no interval to tell.
     */
    private Interval widened(String name, double value, Interval interval) {
        if (interval.method().isEmpty() || interval.lower() < interval.upper()) {
            return interval;
        }
        Metric metric = MetricCatalog.find(name).orElse(null);
        if (metric == null || metric.highest() > 1 || scarcest < 1) {
            return Interval.NONE;
        }
        if (value >= metric.highest()) {
            return new Interval(
                    Intervals.wilson(scarcest, scarcest, level).lower(), metric.highest(), "wilson, no variation");
        }
        return value == 0
                ? new Interval(0, Intervals.wilson(0, scarcest, level).upper(), "wilson, no variation")
                : Interval.NONE;
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
