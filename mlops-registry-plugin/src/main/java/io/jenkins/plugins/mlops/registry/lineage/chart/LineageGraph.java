package io.jenkins.plugins.mlops.registry.lineage.chart;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A drawing of what came from what: boxes in columns, from the data on the left to the endpoints on the right. */
public final class LineageGraph {
    private final String description;
    private final List<GraphNode> nodes;
    private final List<String> paths;
    private final String viewBox;

    private LineageGraph(Builder builder) {
        LayeredLayout layout =
                new LayeredLayout(new ArrayList<>(builder.nodes.keySet()), builder.layers, builder.edges);
        builder.nodes.forEach((id, node) -> node.move(layout.x(id), layout.y(id)));
        nodes = Collections.unmodifiableList(new ArrayList<>(builder.nodes.values()));
        paths = layout.paths();
        viewBox = "0 0 " + NumberText.coordinate(layout.width()) + " " + NumberText.coordinate(layout.height());
        StringBuilder text = new StringBuilder();
        for (Edge edge : builder.edges) {
            text.append(builder.nodes.get(edge.from()).getText())
                    .append(" \u2192 ")
                    .append(builder.nodes.get(edge.to()).getText())
                    .append(". ");
        }
        description = text.toString().strip();
    }

    /** Every arrow in words. */
    public String getDescription() {
        return description;
    }

    public List<GraphNode> getNodes() {
        return nodes;
    }

    /** The {@code d} attribute of each arrow. */
    public List<String> getPaths() {
        return paths;
    }

    public String getViewBox() {
        return viewBox;
    }

    /** The CSS class that keeps a graph of many columns legible. */
    public String getStyle() {
        return "mlops-graph mlops-graph--" + Math.min(6, columns());
    }

    private int columns() {
        return (int) nodes.stream()
                .map(node -> node.getTransform().replaceFirst(" .*", ""))
                .distinct()
                .count();
    }

    public double getBoxWidth() {
        return GraphNode.WIDTH;
    }

    public double getBoxHeight() {
        return GraphNode.HEIGHT;
    }

    /** What an edge joins. */
    record Edge(String from, String to) {}

    /** Collects what a graph shows. */
    public static final class Builder {
        private final Map<String, GraphNode> nodes = new LinkedHashMap<>();
        private final Map<String, Integer> layers = new LinkedHashMap<>();
        private final Set<Edge> edges = new LinkedHashSet<>();

        /** Adds a box; a later one of the same id is left out. */
        public Builder node(String id, int layer, String kind, String title, String detail, String style) {
            if (nodes.putIfAbsent(id, new GraphNode(kind, title, detail, style)) == null) {
                layers.put(id, layer);
            }
            return this;
        }

        /** Adds an arrow from an earlier layer to a later one; left out unless both boxes are there. */
        public Builder edge(String from, String to) {
            if (nodes.containsKey(from) && nodes.containsKey(to) && layers.get(from) < layers.get(to)) {
                edges.add(new Edge(from, to));
            }
            return this;
        }

        /** Whether any arrow leads to a box. */
        public boolean isReached(String id) {
            return edges.stream().anyMatch(edge -> edge.to().equals(id));
        }

        /** The graph, without arrows that a chain of others says already. */
        public LineageGraph build() {
            Set<Edge> all = new LinkedHashSet<>(edges);
            edges.removeIf(edge -> all.stream()
                    .anyMatch(first -> first.from().equals(edge.from())
                            && !first.equals(edge)
                            && leads(all, first.to(), edge.to())));
            return new LineageGraph(this);
        }

        private static boolean leads(Set<Edge> edges, String from, String to) {
            return from.equals(to)
                    || edges.stream().anyMatch(edge -> edge.from().equals(from) && leads(edges, edge.to(), to));
        }
    }
}
