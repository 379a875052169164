package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.VersionPoint;
import io.jenkins.plugins.mlops.registry.lineage.chart.LineChart;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.List;

/** Draws a metric over a model's versions. */
final class VersionTrend {
    private VersionTrend() {}

    /** The drawing; null where there are fewer than two versions. */
    @CheckForNull
    static LineChart chart(String metric, List<VersionPoint> points) {
        if (points.size() < 2) {
            return null;
        }
        return LineChart.of(metric, sentence(metric, points))
                .size(720, 240)
                .axes(Messages.ModelPage_versionAxis(), "")
                .wholeX()
                .line(
                        "",
                        points.stream().mapToDouble(VersionPoint::number).toArray(),
                        points.stream().mapToDouble(VersionPoint::value).toArray(),
                        i -> Messages.version(String.valueOf(points.get(i).number())) + ": "
                                + NumberText.metric(points.get(i).value()))
                .build();
    }

    /** From where to where it went, in words. */
    static String sentence(String metric, List<VersionPoint> points) {
        VersionPoint first = points.get(0);
        VersionPoint last = points.get(points.size() - 1);
        return Messages.ModelRow_trend(
                metric,
                String.valueOf(first.number()),
                NumberText.metric(first.value()),
                String.valueOf(last.number()),
                NumberText.metric(last.value()));
    }
}
