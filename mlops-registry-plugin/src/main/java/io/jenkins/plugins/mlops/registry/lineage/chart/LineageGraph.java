package io.jenkins.plugins.mlops.registry.lineage.chart;

import io.jenkins.mlops.lineage.LayeredLayout;
import io.jenkins.mlops.lineage.LayeredLayout.Arrow;
import io.jenkins.mlops.lineage.LayeredLayout.Point;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A drawing of what came from what: boxes in columns, from the data on the left to the endpoints on the right. */
public final class LineageGraph {
    private static final double HEAD = 5;

    private final String description;
    private final List<GraphNode> nodes;
    private final List<GraphArrow> arrows;
    private final String width;
    private final String height;
    private final List<String> sentences;
    private final int columns;

    private LineageGraph(Builder builder, Set<Arrow> arrows) {
        LayeredLayout layout = new LayeredLayout(GraphNode.WIDTH, GraphNode.HEIGHT, builder.layers, arrows);
        builder.nodes.forEach(
                (id, node) -> node.move(layout.corner(id).x(), layout.corner(id).y()));
        nodes = Collections.unmodifiableList(new ArrayList<>(builder.nodes.values()));
        List<String> order = new ArrayList<>(builder.nodes.keySet());
        List<Arrow> joined = new ArrayList<>(arrows);
        List<List<Point>> routes = layout.routes();
        this.arrows = IntStream.range(0, joined.size())
                .mapToObj(i -> new GraphArrow(
                        path(routes.get(i)),
                        order.indexOf(joined.get(i).from()),
                        order.indexOf(joined.get(i).to())))
                .toList();
        columns = layout.columns();
        width = NumberText.coordinate(layout.width());
        height = NumberText.coordinate(layout.height());
        sentences = arrows.stream()
                .map(arrow -> builder.nodes.get(arrow.from()).getText() + " \u2192 "
                        + builder.nodes.get(arrow.to()).getText())
                .toList();
        description = sentences.stream().map(sentence -> sentence + ".").collect(Collectors.joining(" "));
    }

    /** Curves between the columns, straight along the lanes; the arrow's head takes the last pixels. */
    private static String path(List<Point> route) {
        StringBuilder path = new StringBuilder("M").append(point(route.get(0)));
        for (int i = 1; i < route.size(); i++) {
            Point from = route.get(i - 1);
            Point to = i == route.size() - 1
                    ? new Point(route.get(i).x() - HEAD, route.get(i).y())
                    : route.get(i);
            double bend = (from.x() + to.x()) / 2;
            path.append(
                    i % 2 == 0
                            ? " L" + point(to)
                            : " C" + point(new Point(bend, from.y())) + point(new Point(bend, to.y())) + point(to));
        }
        return path.toString();
    }

    private static String point(Point point) {
        return " " + NumberText.coordinate(point.x()) + " " + NumberText.coordinate(point.y());
    }

    /** Every arrow in words. */
    public String getDescription() {
        return description;
    }

    /** The arrows in words, one by one. */
    public List<String> getSentences() {
        return Collections.unmodifiableList(sentences);
    }

    public String getWidth() {
        return width;
    }

    public String getHeight() {
        return height;
    }

    public List<GraphNode> getNodes() {
        return nodes;
    }

    /** The {@code d} attribute of each arrow. */
    public List<String> getPaths() {
        return arrows.stream().map(GraphArrow::getPath).toList();
    }

    /** The arrows with the boxes that they join. */
    public List<GraphArrow> getArrows() {
        return Collections.unmodifiableList(arrows);
    }

    public String getViewBox() {
        return "0 0 " + width + " " + height;
    }

    /** The CSS class that keeps a graph of many columns legible. */
    public String getStyle() {
        return "mlops-graph mlops-graph--" + Math.min(6, columns);
    }

    public double getBoxWidth() {
        return GraphNode.WIDTH;
    }

    public double getBoxHeight() {
        return GraphNode.HEIGHT;
    }

    /** Collects what a graph shows. */
    public static final class Builder {
        private final Map<String, GraphNode> nodes = new LinkedHashMap<>();
        private final Map<String, Integer> layers = new LinkedHashMap<>();
        private final Set<Arrow> edges = new LinkedHashSet<>();

        /** Adds a box; a later one of the same id is left out. */
        public Builder node(String id, int layer, String kind, String title, String detail, String style) {
            if (nodes.putIfAbsent(id, new GraphNode(kind, title, detail, style)) == null) {
                layers.put(id, layer);
            }
            return this;
        }

        /** Says where a click on a box leads, if the box is there. */
        public Builder link(String id, String url) {
            if (nodes.containsKey(id)) {
                nodes.get(id).link(url);
            }
            return this;
        }

        /** Adds an arrow from an earlier layer to a later one; left out unless both boxes are there. */
        public Builder edge(String from, String to) {
            if (nodes.containsKey(from) && nodes.containsKey(to) && layers.get(from) < layers.get(to)) {
                edges.add(new Arrow(from, to));
            }
            return this;
        }

        /** Whether any arrow leads to a box. */
        public boolean isReached(String id) {
            return edges.stream().anyMatch(edge -> edge.to().equals(id));
        }

        /** The graph, without arrows that a chain of others says already. */
        public LineageGraph build() {
            return new LineageGraph(this, LayeredLayout.withoutShortCuts(edges));
        }
    }
}
