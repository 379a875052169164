package io.jenkins.mlops.gate;

import io.jenkins.mlops.evaluation.MetricCatalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks for rules that no evaluation can pass, before the first one is judged by them. */
public final class GateReview {
    private GateReview() {}

    /**
     * Refuses rules that contradict each other.
     *
     * @throws IllegalArgumentException naming two that can't both pass
     */
    public static void refuseContradiction(List<GateRule> rules) {
        Map<String, Threshold> floors = new HashMap<>();
        Map<String, Threshold> ceilings = new HashMap<>();
        for (GateRule rule : rules) {
            if (rule instanceof Threshold threshold) {
                (threshold.isLowerBound() ? floors : ceilings)
                        .merge(
                                MetricCatalog.canonical(threshold.metric()),
                                threshold,
                                (one, other) -> isStricter(one, other) ? one : other);
            }
        }
        floors.forEach((metric, floor) -> {
            Threshold ceiling = ceilings.get(metric);
            if (ceiling != null && floor.bound() > ceiling.bound()) {
                throw new IllegalArgumentException("gates: " + floor.describe() + " and " + ceiling.describe()
                        + " contradict each other, no evaluation passes both");
            }
        });
    }

    private static boolean isStricter(Threshold one, Threshold other) {
        return one.isLowerBound() ? one.bound() >= other.bound() : one.bound() <= other.bound();
    }

    /** Bounds beyond the values that a metric of the catalogue can have; they may be meant for one in another unit. */
    public static List<String> doubts(List<GateRule> rules) {
        List<String> doubts = new ArrayList<>();
        for (GateRule rule : rules) {
            if (rule instanceof Threshold threshold) {
                MetricCatalog.find(threshold.metric())
                        .filter(metric -> threshold.isLowerBound()
                                ? threshold.bound() > metric.highest()
                                : threshold.bound() < metric.lowest())
                        .ifPresent(metric -> doubts.add(threshold.describe() + " can't be met: " + metric.name()
                                + " lies between " + RuleText.number(metric.lowest()) + " and "
                                + RuleText.number(metric.highest())));
            }
        }
        return List.copyOf(doubts);
    }
}
