package io.jenkins.plugins.mlops.registry.pages;

import io.jenkins.mlops.gate.EverySlice;
import io.jenkins.mlops.gate.GateRule;
import io.jenkins.mlops.gate.NoWorseThan;
import io.jenkins.mlops.gate.Threshold;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.plugins.mlops.registry.gates.GateRuleText;
import io.jenkins.plugins.mlops.registry.lineage.MetricView;
import java.util.Comparator;
import java.util.Set;

/** Chooses the one metric that stands for a model where there is room for one. */
final class Headline {
    private Headline() {}

    /** The metric that the model's first gate judges; else the field's first that the version has; empty for none. */
    static String of(ModelVersion version, PromotionPolicy policy) {
        Set<String> known = version.metrics().keySet();
        if (known.isEmpty()) {
            return "";
        }
        for (GateRule rule : GateRuleText.parse(policy.gatesJson())) {
            String metric = judged(rule);
            if (known.contains(metric)) {
                return metric;
            }
        }
        return known.stream()
                .min(Comparator.comparingInt(MetricView::place).thenComparing(Comparator.naturalOrder()))
                .orElse("");
    }

    private static String judged(GateRule rule) {
        if (rule instanceof Threshold gate) {
            return gate.metric();
        }
        if (rule instanceof NoWorseThan gate) {
            return gate.metric();
        }
        return rule instanceof EverySlice gate ? gate.metric() : "";
    }
}
