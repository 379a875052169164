package io.jenkins.plugins.mlops.registry.pages;

import io.jenkins.mlops.comparison.ComparedMetric;
import io.jenkins.mlops.comparison.VersionComparison;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.plugins.mlops.registry.lineage.Badge;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.List;

/** A version that was to be the same as another, and how far it is. */
public final class ReproducedRow {
    private final VersionComparison sides;

    ReproducedRow(VersionComparison sides) {
        this.sides = sides;
    }

    public VersionRow getVersion() {
        return new VersionRow(sides.to(), List.of(), List.of());
    }

    public String getCompareUrl() {
        ModelVersion from = sides.from();
        ModelVersion to = sides.to();
        return from.model().equals(to.model())
                ? Links.model(from.model()) + "compare/?from=" + from.number() + "&to=" + to.number()
                : Links.version(to);
    }

    /** Whether the files are the same to the bit, which few trainings reach. */
    public Badge getFiles() {
        return badge(sides.from().digest().equals(sides.to().digest()));
    }

    public Badge getData() {
        return badge(sides.sameData());
    }

    /** The data's digests, shortened. */
    public String getDataText() {
        return String.join(
                ", ",
                sides.to().dataDigests().stream().map(GraphView::abbreviated).toList());
    }

    public Badge getCode() {
        return badge(sides.sameCode());
    }

    public String getCodeText() {
        CodeRef code = sides.to().commit();
        return code == null ? "" : GraphView.abbreviated(code.commit());
    }

    /** The first metrics with the differences, in words. */
    public List<String> getMetrics() {
        return sides.metrics().stream()
                .filter(metric -> metric.from() != null && metric.to() != null)
                .limit(3)
                .map(ReproducedRow::text)
                .toList();
    }

    private static String text(ComparedMetric metric) {
        MetricValue value = metric.to();
        return Messages.ReproducedRow_metric(
                metric.name(),
                NumberText.metric(value == null ? Double.NaN : value.value()),
                NumberText.difference(metric.difference()));
    }

    private static Badge badge(boolean same) {
        return Badge.of(same ? "SAME" : "DIFFERENT");
    }
}
