package io.jenkins.plugins.mlops.monitor.chart;

import io.jenkins.mlops.monitor.drift.ColumnDrift;
import io.jenkins.mlops.monitor.drift.DriftHistogram;
import io.jenkins.plugins.mlops.registry.lineage.chart.Labels;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.ArrayList;
import java.util.List;

/** The distributions of a column then and now over the same bins: now as bars, the reference as an outline over them. */
public final class HistogramPair {
    private static final int WIDTH = 300;
    private static final int HEIGHT = 130;
    private static final int TOP = 8;
    private static final int BOTTOM = 108;
    private static final int LEFT = 6;
    private static final double FONT = 11;

    private final ColumnDrift drift;
    private final List<Bar> bars = new ArrayList<>();
    private final StringBuilder outline = new StringBuilder();

    /** @param drift of which the histogram is drawn; it must have one */
    public HistogramPair(ColumnDrift drift) {
        this.drift = drift;
        DriftHistogram histogram = drift.histogram();
        double before = sum(histogram.reference());
        double now = sum(histogram.current());
        int bins = histogram.reference().size();
        double most = 0;
        for (int i = 0; i < bins; i++) {
            most = Math.max(
                    most, Math.max(share(histogram.reference(), i, before), share(histogram.current(), i, now)));
        }
        double step = (WIDTH - 2.0 * LEFT) / Math.max(1, bins);
        for (int i = 0; i < bins; i++) {
            double reference = share(histogram.reference(), i, before);
            double current = share(histogram.current(), i, now);
            double x = LEFT + i * step;
            double y = y(current, most);
            bars.add(new Bar(
                    x,
                    y,
                    Math.max(0.5, step - 1),
                    BOTTOM - y,
                    label(histogram, i) + ": " + NumberText.percent(current) + " now, " + NumberText.percent(reference)
                            + " in the reference"));
            outline.append(i == 0 ? "" : " ")
                    .append(point(x, y(reference, most)))
                    .append(' ')
                    .append(point(x + step, y(reference, most)));
        }
    }

    private static double sum(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    private static double share(List<Long> counts, int i, double sum) {
        return sum == 0 ? 0 : counts.get(i) / sum;
    }

    private static double y(double share, double most) {
        return most == 0 ? BOTTOM : BOTTOM - share / most * (BOTTOM - TOP);
    }

    private static String point(double x, double y) {
        return coordinate(x) + "," + coordinate(y);
    }

    private static String coordinate(double value) {
        return String.format(java.util.Locale.ROOT, "%.1f", value);
    }

    private static String label(DriftHistogram histogram, int i) {
        return histogram.labels().isEmpty()
                ? NumberText.general(histogram.edges().get(i)) + " to "
                        + NumberText.general(histogram.edges().get(i + 1))
                : histogram.labels().get(i);
    }

    public String getColumn() {
        return drift.column();
    }

    /** The statistic with its value and threshold. */
    public String getCaption() {
        return caption(drift);
    }

    /** A column's statistic with its value and threshold. */
    public static String caption(ColumnDrift column) {
        return column.rule().statistic().displayName() + " " + NumberText.general(column.score()) + ", threshold "
                + NumberText.general(column.rule().threshold());
    }

    public boolean isDrifted() {
        return drift.drifted();
    }

    public String getDescription() {
        return "Distribution of " + drift.column() + " now and in the reference: " + getCaption()
                + (drift.drifted() ? ", drifted" : "");
    }

    public String getViewBox() {
        return "0 0 " + WIDTH + " " + HEIGHT;
    }

    public int getWidth() {
        return WIDTH;
    }

    public int getHeight() {
        return HEIGHT;
    }

    public int getBottom() {
        return BOTTOM;
    }

    public int getRight() {
        return WIDTH - LEFT;
    }

    public int getLeft() {
        return LEFT;
    }

    public int getTextY() {
        return BOTTOM + 15;
    }

    /** What stands below the first bin. */
    public String getFirst() {
        return end(true);
    }

    /** What stands below the last bin. */
    public String getLast() {
        return end(false);
    }

    private String end(boolean first) {
        DriftHistogram histogram = drift.histogram();
        List<?> ends = histogram.labels().isEmpty() ? histogram.edges() : histogram.labels();
        if (ends.isEmpty()) {
            return "";
        }
        Object end = ends.get(first ? 0 : ends.size() - 1);
        return Labels.fit(end instanceof Double number ? NumberText.general(number) : String.valueOf(end), 130, FONT);
    }

    public List<Bar> getBars() {
        return bars;
    }

    /** The {@code points} attribute of the reference. */
    public String getOutline() {
        return outline.toString();
    }

    /** One bin now. */
    public static final class Bar {
        private final double x;
        private final double y;
        private final double width;
        private final double height;
        private final String text;

        private Bar(double x, double y, double width, double height, String text) {
            this.x = x;
            this.y = y;
            this.width = width;
            this.height = height;
            this.text = text;
        }

        public String getX() {
            return coordinate(x);
        }

        public String getY() {
            return coordinate(y);
        }

        public String getWidth() {
            return coordinate(width);
        }

        public String getHeight() {
            return coordinate(height);
        }

        public String getText() {
            return text;
        }
    }
}
