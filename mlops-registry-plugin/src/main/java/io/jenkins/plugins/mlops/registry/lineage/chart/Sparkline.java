package io.jenkins.plugins.mlops.registry.lineage.chart;

/** A line of a word's size: how a number went, without axes. */
public final class Sparkline {
    private static final double WIDTH = 96;
    private static final double HEIGHT = 24;
    private static final double MARGIN = 4;

    private final String description;
    private final StringBuilder points = new StringBuilder();
    private double lastX;
    private double lastY;

    /**
     * A line through values, evenly spread.
     *
     * @param description the line in words
     * @param values at least one, all of them finite
     */
    public Sparkline(String description, double... values) {
        this.description = description;
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a sparkline needs finite values, found " + value);
            }
            lowest = Math.min(lowest, value);
            highest = Math.max(highest, value);
        }
        Scale y = Scale.over(lowest, highest, HEIGHT - MARGIN, MARGIN);
        Scale x = Scale.over(0, Math.max(1, values.length - 1), MARGIN, WIDTH - MARGIN);
        for (int i = 0; i < values.length; i++) {
            lastX = x.at(i);
            lastY = y.at(values[i]);
            points.append(i == 0 ? "" : " ")
                    .append(NumberText.coordinate(lastX))
                    .append(',')
                    .append(NumberText.coordinate(lastY));
        }
    }

    public String getDescription() {
        return description;
    }

    /** The {@code points} attribute of the line. */
    public String getPoints() {
        return points.toString();
    }

    public String getLastX() {
        return NumberText.coordinate(lastX);
    }

    public String getLastY() {
        return NumberText.coordinate(lastY);
    }
}
