package io.jenkins.plugins.mlops.registry.lineage.chart;

/** A value with its interval on a short horizontal scale that all rows of a table share. */
public final class IntervalBar {
    private static final double WIDTH = 120;
    private static final double EDGE = 4;

    private final String description;
    private final double value;
    private final double lower;
    private final double upper;
    private final double reference;

    private IntervalBar(String description, double value, double lower, double upper, double reference) {
        this.description = description;
        this.value = value;
        this.lower = lower;
        this.upper = upper;
        this.reference = reference;
    }

    /** The scale that rows share. */
    public static final class Domain {
        private final double lowest;
        private final double highest;
        private final double reference;

        /**
         * A scale.
         *
         * @param reference where a thin line runs through all rows; NaN for none
         */
        public Domain(double lowest, double highest, double reference) {
            this.lowest = lowest;
            this.highest = highest;
            this.reference = reference;
        }

        /** A row's bar; the bounds may be NaN. */
        public IntervalBar bar(String description, double value, double lower, double upper) {
            Scale scale = Scale.over(lowest, highest, EDGE, WIDTH - EDGE);
            return new IntervalBar(
                    description,
                    position(scale, value),
                    position(scale, lower),
                    position(scale, upper),
                    position(scale, reference));
        }

        private static double position(Scale scale, double value) {
            return Double.isNaN(value) ? Double.NaN : scale.at(value);
        }
    }

    public String getDescription() {
        return description;
    }

    public boolean isValued() {
        return !Double.isNaN(value);
    }

    public boolean isInterval() {
        return !Double.isNaN(lower) && !Double.isNaN(upper);
    }

    public boolean isReferenced() {
        return !Double.isNaN(reference);
    }

    public String getX() {
        return NumberText.coordinate(value);
    }

    public String getLower() {
        return NumberText.coordinate(lower);
    }

    public String getUpper() {
        return NumberText.coordinate(upper);
    }

    /** The interval's width; never so little that it can't be seen. */
    public String getLength() {
        return NumberText.coordinate(Math.max(1.5, upper - lower));
    }

    public String getReference() {
        return NumberText.coordinate(reference);
    }
}
