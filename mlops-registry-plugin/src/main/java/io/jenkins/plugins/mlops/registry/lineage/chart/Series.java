package io.jenkins.plugins.mlops.registry.lineage.chart;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One line of a {@link LineChart}: its stretches, broken where a value is not finite, and its markers. */
public final class Series {
    private static final int CROWD = 24;

    private final String name;
    private final String style;
    private final List<String> lines;
    private final List<Marker> markers;

    Series(String name, String style, List<String> lines, List<Marker> markers) {
        this.name = name;
        this.style = style;
        this.lines = Collections.unmodifiableList(new ArrayList<>(lines));
        this.markers = Collections.unmodifiableList(new ArrayList<>(markers));
    }

    /** What the line shows. */
    public String getName() {
        return name;
    }

    /** The CSS class of its stroke. */
    public String getStyle() {
        return style;
    }

    /** The {@code points} attribute of each stretch. */
    public List<String> getLines() {
        return lines;
    }

    /** The CSS class of its dots: where they are many, only the one under the pointer is seen. */
    public String getDotStyle() {
        return markers.size() > CROWD ? "mlops-dots mlops-dots--many" : "mlops-dots";
    }

    /** The dots on it. */
    public List<Marker> getMarkers() {
        return markers;
    }

    /** A dot on a line. */
    public static final class Marker {
        private final double x;
        private final double y;
        private final double radius;
        private final String text;

        Marker(double x, double y, double radius, String text) {
            this.x = x;
            this.y = y;
            this.radius = radius;
            this.text = text;
        }

        public String getX() {
            return NumberText.coordinate(x);
        }

        public String getY() {
            return NumberText.coordinate(y);
        }

        public String getRadius() {
            return NumberText.coordinate(radius);
        }

        /** What a pointer over it reads. */
        public String getText() {
            return text;
        }
    }
}
