package io.jenkins.plugins.mlops.registry.lineage.chart;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Places boxes in columns and routes the arrows between them (Sugiyama's method).
 *
 * <p>An arrow over several columns keeps a lane free in each, so that it runs past the boxes; the order in a column
 * follows the mean place of the neighbours, which keeps crossings few.
 */
final class LayeredLayout {
    private static final double COLUMN_GAP = 30;
    private static final double ROW_GAP = 14;
    private static final double LANE = 16;
    private static final double MARGIN = 4;
    private static final int SWEEPS = 4;

    private final List<List<Slot>> columns = new ArrayList<>();
    private final Map<String, Slot> boxes = new HashMap<>();
    private final List<List<Slot>> chains = new ArrayList<>();
    private double height;

    LayeredLayout(List<String> ids, Map<String, Integer> layers, Collection<LineageGraph.Edge> edges) {
        List<Integer> used = new ArrayList<>(new TreeSet<>(layers.values()));
        used.forEach(layer -> columns.add(new ArrayList<>()));
        for (String id : ids) {
            boxes.put(id, add(used.indexOf(layers.get(id)), GraphNode.HEIGHT));
        }
        for (LineageGraph.Edge edge : edges) {
            chain(boxes.get(edge.from()), boxes.get(edge.to()));
        }
        order();
        stack();
    }

    private Slot add(int column, double slotHeight) {
        Slot slot = new Slot(column, slotHeight);
        columns.get(column).add(slot);
        return slot;
    }

    private void chain(Slot from, Slot to) {
        List<Slot> chain = new ArrayList<>();
        chain.add(from);
        for (int column = from.column + 1; column < to.column; column++) {
            chain.add(add(column, LANE));
        }
        chain.add(to);
        for (int i = 1; i < chain.size(); i++) {
            chain.get(i - 1).after.add(chain.get(i));
            chain.get(i).before.add(chain.get(i - 1));
        }
        chains.add(chain);
    }

    private void order() {
        number();
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int i = 0; i < columns.size(); i++) {
                boolean forward = sweep % 2 == 0;
                List<Slot> column = columns.get(forward ? i : columns.size() - 1 - i);
                column.forEach(slot -> slot.weight = slot.mean(forward ? slot.before : slot.after));
                column.sort(Comparator.comparingDouble(slot -> slot.weight));
                number();
            }
        }
    }

    private void number() {
        for (List<Slot> column : columns) {
            for (int i = 0; i < column.size(); i++) {
                column.get(i).place = column.size() == 1 ? 0.5 : i / (column.size() - 1.0);
            }
        }
    }

    private void stack() {
        for (List<Slot> column : columns) {
            height = Math.max(height, length(column));
        }
        for (List<Slot> column : columns) {
            double y = MARGIN + (height - length(column)) / 2;
            for (Slot slot : column) {
                slot.y = y;
                y += slot.height + ROW_GAP;
            }
        }
    }

    private static double length(List<Slot> column) {
        return column.stream().mapToDouble(slot -> slot.height).sum() + ROW_GAP * Math.max(0, column.size() - 1);
    }

    double x(String id) {
        return boxes.get(id).x();
    }

    double y(String id) {
        return boxes.get(id).y;
    }

    double width() {
        return 2 * MARGIN + columns.size() * GraphNode.WIDTH + Math.max(0, columns.size() - 1) * COLUMN_GAP;
    }

    double height() {
        return height + 2 * MARGIN;
    }

    /** One SVG path per arrow: curves between the columns, straight through the lanes. */
    List<String> paths() {
        List<String> paths = new ArrayList<>();
        for (List<Slot> chain : chains) {
            StringBuilder path = new StringBuilder("M");
            for (int i = 0; i < chain.size(); i++) {
                Slot slot = chain.get(i);
                boolean last = i == chain.size() - 1;
                if (i > 0) {
                    Slot from = chain.get(i - 1);
                    double start = from.x() + GraphNode.WIDTH;
                    double end = slot.x() - (last ? 5 : 0);
                    double bend = (start + end) / 2;
                    path.append(" C")
                            .append(point(bend, from.middle()))
                            .append(point(bend, slot.middle()))
                            .append(point(end, slot.middle()));
                }
                if (!last) {
                    path.append(i == 0 ? "" : " L").append(point(slot.x() + GraphNode.WIDTH, slot.middle()));
                }
            }
            paths.add(path.toString());
        }
        return paths;
    }

    private static String point(double x, double y) {
        return " " + NumberText.coordinate(x) + " " + NumberText.coordinate(y);
    }

    /** A box, or the lane of an arrow that passes. */
    private static final class Slot {
        private final int column;
        private final double height;
        private final List<Slot> before = new ArrayList<>();
        private final List<Slot> after = new ArrayList<>();
        private double place;
        private double weight;
        private double y;

        Slot(int column, double height) {
            this.column = column;
            this.height = height;
        }

        double mean(List<Slot> neighbours) {
            return neighbours.stream().mapToDouble(slot -> slot.place).average().orElse(place);
        }

        double x() {
            return MARGIN + column * (GraphNode.WIDTH + COLUMN_GAP);
        }

        double middle() {
            return y + height / 2;
        }
    }
}
