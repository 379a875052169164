package io.jenkins.plugins.mlops.registry.lineage.chart;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** A box of a {@link LineageGraph}. */
public final class GraphNode {
    static final double WIDTH = 142;
    static final double HEIGHT = 54;

    private static final double ROOM = WIDTH - 22;

    private final String kind;
    private final String title;
    private final String detail;
    private final String style;

    @CheckForNull
    private String url;

    private double x;
    private double y;

    /**
     * A box.
     *
     * @param kind what it is, such as "run"
     * @param title its name
     * @param detail one more thing to know, such as its state
     * @param style CSS class of its edge
     */
    GraphNode(String kind, String title, String detail, String style) {
        this.kind = kind;
        this.title = title;
        this.detail = detail;
        this.style = style;
    }

    void link(String newUrl) {
        url = newUrl;
    }

    void move(double newX, double newY) {
        x = newX;
        y = newY;
    }

    public String getKind() {
        return Labels.fit(kind, ROOM, 10);
    }

    /** The name, cut to the box. */
    public String getTitle() {
        return Labels.fit(title, ROOM, 13);
    }

    public String getDetail() {
        return Labels.fit(detail, ROOM, 11);
    }

    /** Everything, uncut, for a pointer over it. */
    public String getText() {
        return kind + ": " + title + (detail.isEmpty() ? "" : " (" + detail + ")");
    }

    /** Where a click leads; null for nowhere. */
    @CheckForNull
    public String getUrl() {
        return url;
    }

    public String getStyle() {
        return style;
    }

    public String getTransform() {
        return "translate(" + NumberText.coordinate(x) + " " + NumberText.coordinate(y) + ")";
    }
}
