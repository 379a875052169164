package io.jenkins.plugins.mlops.registry.lineage.chart;

/** A mark on an axis. */
public final class Tick {
    private final String position;
    private final String label;

    Tick(double position, String label) {
        this.position = NumberText.coordinate(position);
        this.label = label;
    }

    /** The coordinate along the axis. */
    public String getPosition() {
        return position;
    }

    /** The value there. */
    public String getLabel() {
        return label;
    }
}
