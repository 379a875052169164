package io.jenkins.plugins.mlops.registry.lineage;

import io.jenkins.mlops.registry.TrendPoint;
import io.jenkins.plugins.mlops.registry.lineage.chart.LineChart;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One headline metric over the builds of a job. */
@ExportedBean(defaultVisibility = 999)
public final class MetricTrend {
    private final String name;
    private final List<TrendPoint> points;

    MetricTrend(String name, List<TrendPoint> points) {
        this.name = name;
        this.points = Collections.unmodifiableList(new ArrayList<>(points));
    }

    @Exported
    public String getName() {
        return name;
    }

    /** Its values by build number. */
    @Exported(inline = true)
    public List<Point> getPoints() {
        return points.stream().map(Point::new).toList();
    }

    /** The newest value for people. */
    public String getLast() {
        return points.isEmpty()
                ? ""
                : NumberText.metric(points.get(points.size() - 1).value());
    }

    public LineChart getChart() {
        double[] x = points.stream().mapToDouble(TrendPoint::build).toArray();
        double[] y = points.stream().mapToDouble(TrendPoint::value).toArray();
        String description = points.isEmpty()
                ? name
                : Messages.MetricTrend_description(
                        name,
                        NumberText.count(points.get(0).build()),
                        NumberText.metric(y[0]),
                        NumberText.count(points.get(points.size() - 1).build()),
                        getLast());
        return LineChart.of(name, description)
                .size(300, 170)
                .axes(Messages.MetricTrend_build(), "")
                .wholeX()
                .line("", x, y, i -> "#" + points.get(i).build() + ": " + NumberText.metric(y[i]))
                .build();
    }

    /** One build's value. */
    @ExportedBean(defaultVisibility = 999)
    public static final class Point {
        private final TrendPoint point;

        Point(TrendPoint point) {
            this.point = point;
        }

        @Exported
        public int getBuild() {
            return point.build();
        }

        /** The value; null if it was undefined. */
        @Exported
        public Double getValue() {
            return NamedNumber.finite(point.value());
        }

        @Exported
        public long getMillis() {
            return point.millis();
        }
    }
}
