package io.jenkins.mlops.lineage;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A lineage graph laid out in columns, causes to the left of effects; the same graph is always laid out the same way.
 *
 * <p>Each node stands one column to the right of its furthest cause (longest path). In a column the nodes are ordered
 * by the mean row of their neighbours (the barycentre heuristic of Sugiyama, Tagawa and Toda, 1981), swept there and
 * back a few times. Edges that close a cycle, which lineage should not have, are drawn but don't count.
 *
 * @param width of the drawing, in pixels
 * @param height of the drawing, in pixels
 * @param boxes one for each node, in the graph's order
 * @param lines one for each edge, in the graph's order
 */
public record Layered(int width, int height, List<Box> boxes, List<Line> lines) implements Serializable {
    /** Width of a box, in pixels. */
    public static final int BOX_WIDTH = 160;
    /** Height of a box, in pixels. */
    public static final int BOX_HEIGHT = 48;

    private static final int GAP_X = 56;
    private static final int GAP_Y = 20;
    private static final int MARGIN = 8;
    private static final int SWEEPS = 8;

    /**
     * Where a node is drawn.
     *
     * @param node the node
     * @param column 0 for what has no cause
     * @param x left edge, in pixels
     * @param y upper edge, in pixels
     */
    public record Box(LineageNode node, int column, int x, int y) implements Serializable {}

    /**
     * Where an edge is drawn: from the middle of the right edge of one box to that of the left edge of another.
     *
     * @param edge the edge
     * @param path an SVG path, a cubic curve
     */
    public record Line(LineageEdge edge, int x1, int y1, int x2, int y2, String path) implements Serializable {}

    static Layered of(LineageGraph graph) {
        Map<String, List<String>> causes = new HashMap<>();
        Map<String, List<String>> effects = new HashMap<>();
        graph.nodes().forEach(node -> {
            causes.put(node.id(), new ArrayList<>());
            effects.put(node.id(), new ArrayList<>());
        });
        graph.edges().forEach(edge -> effects.get(edge.from()).add(edge.to()));
        Set<String> done = new HashSet<>();
        graph.nodes().forEach(node -> cutCycles(node.id(), effects, new HashSet<>(), done));
        effects.forEach((from, tos) -> tos.forEach(to -> causes.get(to).add(from)));

        Map<String, Integer> columns = new HashMap<>();
        graph.nodes().forEach(node -> column(node.id(), causes, columns));
        List<List<String>> layers = new ArrayList<>();
        graph.nodes().forEach(node -> {
            int column = columns.get(node.id());
            while (layers.size() <= column) {
                layers.add(new ArrayList<>());
            }
            layers.get(column).add(node.id());
        });
        Map<String, Integer> rows = order(layers, causes, effects);
        return placed(graph, columns, rows, layers);
    }

    /** Removes the effects that lead back into the path they came from. */
    private static void cutCycles(String node, Map<String, List<String>> effects, Set<String> path, Set<String> done) {
        if (!done.contains(node)) {
            path.add(node);
            effects.get(node).removeIf(path::contains);
            effects.get(node).forEach(effect -> cutCycles(effect, effects, path, done));
            path.remove(node);
            done.add(node);
        }
    }

    private static int column(String node, Map<String, List<String>> causes, Map<String, Integer> columns) {
        Integer known = columns.get(node);
        if (known == null) {
            known = causes.get(node).stream()
                    .mapToInt(cause -> column(cause, causes, columns) + 1)
                    .max()
                    .orElse(0);
            columns.put(node, known);
        }
        return known;
    }

    private static Map<String, Integer> order(
            List<List<String>> layers, Map<String, List<String>> causes, Map<String, List<String>> effects) {
        Map<String, Integer> rows = new HashMap<>();
        layers.forEach(layer -> number(layer, rows));
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean forth = sweep % 2 == 0;
            for (int i = 0; i < layers.size(); i++) {
                List<String> layer = layers.get(forth ? i : layers.size() - 1 - i);
                Map<String, List<String>> neighbours = forth ? causes : effects;
                Map<String, Double> centre = new HashMap<>();
                layer.forEach(node -> centre.put(
                        node,
                        neighbours.get(node).stream()
                                .mapToInt(rows::get)
                                .average()
                                .orElse(rows.get(node))));
                layer.sort(Comparator.comparing(centre::get));
                number(layer, rows);
            }
        }
        return rows;
    }

    private static void number(List<String> layer, Map<String, Integer> rows) {
        for (int i = 0; i < layer.size(); i++) {
            rows.put(layer.get(i), i);
        }
    }

    private static Layered placed(
            LineageGraph graph, Map<String, Integer> columns, Map<String, Integer> rows, List<List<String>> layers) {
        int most = layers.stream().mapToInt(List::size).max().orElse(0);
        int height = 2 * MARGIN + Math.max(0, most * (BOX_HEIGHT + GAP_Y) - GAP_Y);
        int width = 2 * MARGIN + Math.max(0, layers.size() * (BOX_WIDTH + GAP_X) - GAP_X);
        Map<String, Box> boxes = new HashMap<>();
        List<Box> inOrder = new ArrayList<>();
        for (LineageNode node : graph.nodes()) {
            int column = columns.get(node.id());
            int used = layers.get(column).size() * (BOX_HEIGHT + GAP_Y) - GAP_Y;
            int top = MARGIN + (height - 2 * MARGIN - used) / 2;
            Box box = new Box(
                    node,
                    column,
                    MARGIN + column * (BOX_WIDTH + GAP_X),
                    top + rows.get(node.id()) * (BOX_HEIGHT + GAP_Y));
            boxes.put(node.id(), box);
            inOrder.add(box);
        }
        List<Line> lines = new ArrayList<>();
        for (LineageEdge edge : graph.edges()) {
            Box from = boxes.get(edge.from());
            Box to = boxes.get(edge.to());
            int x1 = from.x() + BOX_WIDTH;
            int y1 = from.y() + BOX_HEIGHT / 2;
            int x2 = to.x();
            int y2 = to.y() + BOX_HEIGHT / 2;
            int bend = GAP_X / 2;
            lines.add(new Line(
                    edge,
                    x1,
                    y1,
                    x2,
                    y2,
                    "M" + x1 + " " + y1 + " C" + (x1 + bend) + " " + y1 + " " + (x2 - bend) + " " + y2 + " " + x2 + " "
                            + y2));
        }
        return new Layered(width, height, inOrder, lines);
    }

    public Layered {
        boxes = io.jenkins.mlops.registry.Limits.list("The boxes", boxes, Integer.MAX_VALUE);
        lines = io.jenkins.mlops.registry.Limits.list("The lines", lines, Integer.MAX_VALUE);
    }
}
