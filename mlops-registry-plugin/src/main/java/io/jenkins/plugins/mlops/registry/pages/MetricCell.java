package io.jenkins.plugins.mlops.registry.pages;

import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.plugins.mlops.registry.lineage.MetricView;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A headline metric's name and value. */
public record MetricCell(String name, double value) {
    /** A version's headline metrics, in the order in which pages show metrics. */
    static List<MetricCell> of(ModelVersion version) {
        return version.metrics().entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, Double> metric) -> MetricView.place(metric.getKey()))
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(metric -> new MetricCell(metric.getKey(), metric.getValue()))
                .toList();
    }

    public String getName() {
        return name;
    }

    public String getText() {
        return NumberText.metric(value);
    }
}
