package io.jenkins.plugins.mlops.registry.lineage.chart;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/** A chart of lines over two linear axes. */
public final class LineChart {
    /** More dots than this would hide the line. */
    private static final int MOST_MARKERS = 60;

    private static final double FONT = 11;

    private final String title;
    private final String description;
    private final int width;
    private final int height;
    private final double left;
    private final double top;
    private final double right;
    private final double bottom;
    private final String xLabel;
    private final String yLabel;
    private final List<Tick> xTicks;
    private final List<Tick> yTicks;
    private final List<Series> series;
    private final String scales;

    private LineChart(Builder builder) {
        title = builder.title;
        description = builder.description;
        width = builder.width;
        height = builder.height;
        xLabel = builder.xLabel;
        yLabel = builder.yLabel;
        top = 12;
        right = width - 14;
        bottom = height - (xLabel.isEmpty() ? 24 : 42);
        Scale y = Scale.over(0, 1, bottom, top);
        if (builder.fixed) {
            y = Scale.over(builder.yFrom, builder.yTo, bottom, top);
        } else if (builder.yFrom <= builder.yTo) {
            y = Scale.around(builder.yFrom, builder.yTo, bottom, top);
        }
        yTicks = y.ticks(builder.fixed ? 5 : 4);
        double widest = yTicks.stream()
                .mapToDouble(tick -> Labels.width(tick.getLabel(), FONT))
                .max()
                .orElse(0);
        left = Math.min(width / 3.0, 10 + widest + (yLabel.isEmpty() ? 0 : 18));
        boolean empty = builder.xFrom > builder.xTo;
        Scale x = empty ? Scale.over(0, 1, left, right) : Scale.over(builder.xFrom, builder.xTo, left, right);
        int wanted = (int) Math.max(2, (right - left) / 56);
        xTicks = builder.wholeX && !empty && builder.xFrom == builder.xTo
                ? List.of(new Tick(x.at(builder.xFrom), NumberText.count((long) builder.xFrom)))
                : builder.wholeX ? x.wholeTicks(wanted) : x.ticks(wanted);
        List<Series> drawn = new ArrayList<>();
        for (Line line : builder.lines) {
            drawn.add(line.draw(x, y));
        }
        series = Collections.unmodifiableList(drawn);
        scales = String.format(
                Locale.ROOT,
                "%s %s %s %s %s %s %s %s",
                NumberText.coordinate(left),
                NumberText.coordinate(right),
                NumberText.coordinate(bottom),
                NumberText.coordinate(top),
                x.from(),
                x.to(),
                y.from(),
                y.to());
    }

    /**
     * Begins a chart.
     *
     * @param title what it shows, in a few words
     * @param description the same for people who can't see it, with the figures that matter
     */
    public static Builder of(String title, String description) {
        return new Builder(title, description);
    }

    public String getTitle() {
        return title;
    }

    public String getDescription() {
        return description;
    }

    public String getViewBox() {
        return "0 0 " + width + " " + height;
    }

    /** Where the axes begin and end in the drawing, and the values there; for a script that reads values off. */
    public String getScales() {
        return scales;
    }

    public int getWidth() {
        return width;
    }

    public int getHeight() {
        return height;
    }

    public String getLeft() {
        return NumberText.coordinate(left);
    }

    public String getRight() {
        return NumberText.coordinate(right);
    }

    public String getTop() {
        return NumberText.coordinate(top);
    }

    public String getBottom() {
        return NumberText.coordinate(bottom);
    }

    /** Where the labels of the y axis end. */
    public String getTickX() {
        return NumberText.coordinate(left - 6);
    }

    /** Where the labels of the x axis stand. */
    public String getTickY() {
        return NumberText.coordinate(bottom + 15);
    }

    public String getMiddleX() {
        return NumberText.coordinate((left + right) / 2);
    }

    public String getLabelBelowY() {
        return NumberText.coordinate(height - 6);
    }

    /** Turns the y axis' label upright. */
    public String getLabelBesideTransform() {
        return "translate(11 " + NumberText.coordinate((top + bottom) / 2) + ") rotate(-90)";
    }

    public String getLabelBelow() {
        return xLabel;
    }

    public String getLabelBeside() {
        return yLabel;
    }

    public List<Tick> getTicksBelow() {
        return xTicks;
    }

    public List<Tick> getTicksBeside() {
        return yTicks;
    }

    public List<Series> getSeries() {
        return series;
    }

    /** Whether a legend is needed to tell the lines apart. */
    public boolean isLegend() {
        return series.stream().filter(line -> !line.getName().isEmpty()).count() > 1;
    }

    /** Collects what a chart shows. */
    public static final class Builder {
        private final String title;
        private final String description;
        private final List<Line> lines = new ArrayList<>();
        private int width = 360;
        private int height = 220;
        private String xLabel = "";
        private String yLabel = "";
        private boolean wholeX;
        private boolean fixed;
        private double xFrom = Double.POSITIVE_INFINITY;
        private double xTo = Double.NEGATIVE_INFINITY;
        private double yFrom = Double.POSITIVE_INFINITY;
        private double yTo = Double.NEGATIVE_INFINITY;

        private Builder(String title, String description) {
            this.title = title;
            this.description = description;
        }

        /** The drawing's size in units of its own; the page scales it. */
        public Builder size(int newWidth, int newHeight) {
            width = newWidth;
            height = newHeight;
            return this;
        }

        /** What the axes are. */
        public Builder axes(String x, String y) {
            xLabel = x;
            yLabel = y;
            return this;
        }

        /** Ticks of the x axis at whole numbers only, as for builds and steps. */
        public Builder wholeX() {
            wholeX = true;
            return this;
        }

        /** Both axes from 0 to 1. */
        public Builder unitSquare() {
            fixed = true;
            xFrom = 0;
            xTo = 1;
            yFrom = 0;
            yTo = 1;
            return this;
        }

        /** A thin line for comparison, such as the diagonal of guessing. */
        public Builder reference(String name, double x1, double y1, double x2, double y2) {
            lines.add(
                    new Line(name, "mlops-line--reference", new double[] {x1, x2}, new double[] {y1, y2}, null, null));
            return this;
        }

        /** A line with a dot on each of its points, if they are few enough to tell apart. */
        public Builder line(String name, double[] x, double[] y, IntFunction<String> text) {
            return line(name, x, y, null, text);
        }

        /**
         * A line with dots.
         *
         * @param sizes relative areas of the dots, null for equal ones
         * @param text what a pointer over a dot reads; null for no dots
         */
        public Builder line(String name, double[] x, double[] y, double[] sizes, IntFunction<String> text) {
            String style =
                    "mlops-line--" + (1 + lines.stream().filter(Line::isData).count() % 4);
            lines.add(new Line(name, style, x.clone(), y.clone(), sizes, text));
            for (int i = 0; i < x.length; i++) {
                if (!fixed && Double.isFinite(x[i])) {
                    xFrom = Math.min(xFrom, x[i]);
                    xTo = Math.max(xTo, x[i]);
                }
                if (!fixed && Double.isFinite(y[i])) {
                    yFrom = Math.min(yFrom, y[i]);
                    yTo = Math.max(yTo, y[i]);
                }
            }
            return this;
        }

        public LineChart build() {
            return new LineChart(this);
        }
    }

    private record Line(String name, String style, double[] x, double[] y, double[] sizes, IntFunction<String> text) {
        boolean isData() {
            return !style.endsWith("reference");
        }

        Series draw(Scale xScale, Scale yScale) {
            List<String> stretches = new ArrayList<>();
            List<Series.Marker> markers = new ArrayList<>();
            StringBuilder points = new StringBuilder();
            double largest = 0;
            for (double size : sizes == null ? new double[0] : sizes) {
                largest = Math.max(largest, size);
            }
            for (int i = 0; i < x.length; i++) {
                if (!Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
                    end(stretches, points);
                    continue;
                }
                double px = xScale.at(x[i]);
                double py = yScale.at(y[i]);
                points.append(points.length() == 0 ? "" : " ")
                        .append(NumberText.coordinate(px))
                        .append(',')
                        .append(NumberText.coordinate(py));
                if (text != null && x.length <= MOST_MARKERS) {
                    double radius = largest > 0 ? 2 + 4 * Math.sqrt(sizes[i] / largest) : 3;
                    markers.add(new Series.Marker(px, py, radius, text.apply(i)));
                }
            }
            end(stretches, points);
            return new Series(name, style, stretches, markers);
        }

        private static void end(List<String> stretches, StringBuilder points) {
            if (points.indexOf(" ") > 0) {
                stretches.add(points.toString());
            }
            points.setLength(0);
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s (%d lines)", title, series.size());
    }
}
