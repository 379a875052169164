package io.jenkins.plugins.mlops.registry.lineage;

import io.jenkins.mlops.tracking.MetricPoint;
import io.jenkins.plugins.mlops.registry.lineage.chart.LineChart;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A metric's series over a run, thinned for a plot. */
@ExportedBean(defaultVisibility = 999)
public final class SeriesView {
    private final String name;
    private final List<MetricPoint> points;

    SeriesView(String name, List<MetricPoint> points) {
        this.name = name;
        this.points = Collections.unmodifiableList(new ArrayList<>(points));
    }

    @Exported
    public String getName() {
        return name;
    }

    @Exported(inline = true)
    public List<Point> getPoints() {
        return points.stream().map(Point::new).toList();
    }

    /** The drawing: over the steps, or over seconds where every point has the same step. */
    public LineChart getChart() {
        boolean steps = points.stream().mapToLong(MetricPoint::step).distinct().count() > 1;
        long start = points.get(0).timestampMillis();
        double[] x = points.stream()
                .mapToDouble(point -> steps ? point.step() : (point.timestampMillis() - start) / 1000.0)
                .toArray();
        double[] y = points.stream().mapToDouble(MetricPoint::value).toArray();
        MetricPoint last = points.get(points.size() - 1);
        String axis = steps ? Messages.SeriesView_step() : Messages.SeriesView_seconds();
        String description = Messages.SeriesView_description(
                name, NumberText.metric(y[0]), NumberText.metric(last.value()), NumberText.count(points.size()));
        LineChart.Builder chart = LineChart.of(name, description).size(300, 170).axes(axis, "");
        if (steps) {
            chart.wholeX();
        }
        return chart.line("", x, y, i -> axis + " " + NumberText.general(x[i]) + ": " + NumberText.metric(y[i]))
                .build();
    }

    /** The last value for people. */
    public String getLast() {
        return new NamedNumber(name, points.get(points.size() - 1).value()).getLoggedText();
    }

    /** One point of the series. */
    @ExportedBean(defaultVisibility = 999)
    public static final class Point {
        private final MetricPoint point;

        Point(MetricPoint point) {
            this.point = point;
        }

        @Exported
        public long getStep() {
            return point.step();
        }

        @Exported
        public long getMillis() {
            return point.timestampMillis();
        }

        /** The value; null if it is not finite. */
        @Exported
        public Double getValue() {
            return NamedNumber.finite(point.value());
        }
    }
}
