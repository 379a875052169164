package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.ModelSummary;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.VersionPoint;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import io.jenkins.plugins.mlops.registry.lineage.chart.Sparkline;
import java.util.ArrayList;
import java.util.List;

/** One model's line in the list of models. */
public final class ModelRow {
    private final ModelSummary model;
    private final String metric;
    private final List<VersionPoint> trend;
    private final List<Deployment> endpoints;

    /**
     * A model's line.
     *
     * @param metric the metric that stands for the model; empty for none
     * @param trend that metric over the newest versions
     * @param endpoints what serves the model, as far as the reader may see it
     */
    ModelRow(ModelSummary model, String metric, List<VersionPoint> trend, List<Deployment> endpoints) {
        this.model = model;
        this.metric = metric;
        this.trend = new ArrayList<>(trend);
        this.endpoints = new ArrayList<>(endpoints);
    }

    public String getName() {
        return model.name();
    }

    public String getUrl() {
        return Links.model(model.name());
    }

    /** The description's first line. */
    public String getDescription() {
        return model.description().strip().split("\\R", 2)[0];
    }

    public List<AliasChip> getAliases() {
        return AliasChip.of(model.name(), model.aliases());
    }

    /** The metric that stands for the model; empty if its champion has none. */
    public String getMetric() {
        return metric;
    }

    public String getValue() {
        ModelVersion champion = model.champion();
        return champion == null || getMetric().isEmpty()
                ? ""
                : NumberText.metric(champion.metrics().get(getMetric()));
    }

    /** The version that the metric is of. */
    public String getChampion() {
        ModelVersion champion = model.champion();
        return champion == null ? "" : Messages.version(String.valueOf(champion.number()));
    }

    /** The metric over the newest versions; null where there are fewer than two. */
    @CheckForNull
    public Sparkline getTrend() {
        List<VersionPoint> points =
                trend.stream().filter(point -> Double.isFinite(point.value())).toList();
        if (points.size() < 2) {
            return null;
        }
        return new Sparkline(
                VersionTrend.sentence(getMetric(), points),
                points.stream().mapToDouble(VersionPoint::value).toArray());
    }

    public String getNewest() {
        ModelVersion newest = model.newest();
        return newest == null ? "" : Messages.version(String.valueOf(newest.number()));
    }

    public String getNewestUrl() {
        ModelVersion newest = model.newest();
        return newest == null ? "" : Links.version(newest);
    }

    public String getNewestTime() {
        ModelVersion newest = model.newest();
        return newest == null ? "" : NumberText.time(newest.createdMillis());
    }

    public int getWaiting() {
        return model.waiting();
    }

    public String getWaitingText() {
        return Messages.ModelRow_waiting(model.waiting());
    }

    /** What serves the model's visible versions. */
    public List<EndpointChip> getEndpoints() {
        return endpoints.stream().map(EndpointChip::new).toList();
    }
}
