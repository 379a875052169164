package io.jenkins.mlops.lineage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Places boxes in columns, causes to the left of effects, and routes the arrows between them; the same graph is always
 * laid out the same way.
 *
 * <p>The method is that of Sugiyama, Tagawa and Toda (1981). An arrow over several columns keeps a lane free in each,
 * so that it runs past the boxes; the order in a column follows the mean place of the neighbours, swept there and back,
 * and of the orders that the sweeps come by, the one with the fewest crossings is drawn. Lengths are in pixels.
 */
public final class LayeredLayout {
    private static final double COLUMN_GAP = 30;
    private static final double ROW_GAP = 14;
    private static final double LANE = 16;
    private static final double MARGIN = 4;
    private static final int SWEEPS = 12;

    private final double boxWidth;
    private final double boxHeight;
    private final List<List<Slot>> columns = new ArrayList<>();
    private final Map<String, Slot> boxes = new HashMap<>();
    private final List<List<Slot>> chains = new ArrayList<>();
    private final long crossings;
    private double height;

    /**
     * What leads to what.
     *
     * @param from id of the box that was there before
     * @param to id of the box that came from it
     */
    public record Arrow(String from, String to) {}

    /**
     * A place in the drawing.
     *
     * @param x from the left edge
     * @param y from the upper edge
     */
    public record Point(double x, double y) {}

    /**
     * Lays a graph out.
     *
     * @param boxWidth of every box
     * @param boxHeight of every box
     * @param layers the layer of each box by its id, in the order in which boxes of one layer first stand; layers are
     *     any numbers, empty ones take no room
     * @param arrows each from a box to one of a higher layer
     * @throws IllegalArgumentException for an arrow that leads elsewhere
     */
    public LayeredLayout(double boxWidth, double boxHeight, Map<String, Integer> layers, Collection<Arrow> arrows) {
        this.boxWidth = boxWidth;
        this.boxHeight = boxHeight;
        List<Integer> used = new ArrayList<>(new TreeSet<>(layers.values()));
        used.forEach(layer -> columns.add(new ArrayList<>()));
        layers.forEach((id, layer) -> boxes.put(id, add(Collections.binarySearch(used, layer), boxHeight)));
        for (Arrow arrow : arrows) {
            Slot from = boxes.get(arrow.from());
            Slot to = boxes.get(arrow.to());
            if (from == null || to == null || from.column >= to.column) {
                throw new IllegalArgumentException("An arrow leads from '" + arrow.from() + "' to '" + arrow.to()
                        + "': expected two boxes, the second in a higher layer");
            }
            chain(from, to);
        }
        crossings = order();
        stack();
    }

    /** The arrows without those that a chain of others says already. */
    public static Set<Arrow> withoutShortCuts(Collection<Arrow> arrows) {
        Map<String, List<String>> effects = new HashMap<>();
        arrows.forEach(arrow ->
                effects.computeIfAbsent(arrow.from(), from -> new ArrayList<>()).add(arrow.to()));
        Set<Arrow> kept = new LinkedHashSet<>(arrows);
        effects.forEach((from, direct) -> {
            Set<String> further = new LinkedHashSet<>();
            List<String> open = new ArrayList<>(direct);
            while (!open.isEmpty()) {
                for (String next : effects.getOrDefault(open.remove(open.size() - 1), List.of())) {
                    if (further.add(next)) {
                        open.add(next);
                    }
                }
            }
            direct.stream().filter(further::contains).forEach(to -> kept.remove(new Arrow(from, to)));
        });
        return kept;
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

    private long order() {
        number();
        long fewest = countCrossings();
        List<List<Slot>> best = copy();
        for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
            for (int i = 0; i < columns.size(); i++) {
                boolean forward = sweep % 2 == 0;
                List<Slot> column = columns.get(forward ? i : columns.size() - 1 - i);
                column.forEach(slot -> slot.weight = slot.mean(forward ? slot.before : slot.after));
                column.sort(Comparator.comparingDouble(slot -> slot.weight));
                number();
            }
            long count = countCrossings();
            if (count < fewest) {
                fewest = count;
                best = copy();
            }
        }
        columns.clear();
        columns.addAll(best);
        number();
        return fewest;
    }

    private List<List<Slot>> copy() {
        List<List<Slot>> copy = new ArrayList<>();
        columns.forEach(column -> copy.add(new ArrayList<>(column)));
        return copy;
    }

    private void number() {
        for (List<Slot> column : columns) {
            for (int i = 0; i < column.size(); i++) {
                column.get(i).row = i;
                column.get(i).place = column.size() == 1 ? 0.5 : i / (column.size() - 1.0);
            }
        }
    }

    /** Pairs of arrows that cross between two columns: pairs whose ends stand the other way round than their starts. */
    private long countCrossings() {
        long count = 0;
        for (List<Slot> column : columns) {
            List<Integer> ends = new ArrayList<>();
            for (Slot slot : column) {
                List<Integer> rows = new ArrayList<>();
                slot.after.forEach(next -> rows.add(next.row));
                Collections.sort(rows);
                for (int row : rows) {
                    for (int i = ends.size() - 1; i >= 0 && ends.get(i) > row; i--) {
                        count++;
                    }
                }
                ends.addAll(rows);
                Collections.sort(ends);
            }
        }
        return count;
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

    /** The upper left corner of a box. */
    public Point corner(String id) {
        Slot slot = boxes.get(id);
        return new Point(left(slot), slot.y);
    }

    public double width() {
        return 2 * MARGIN + columns.size() * boxWidth + Math.max(0, columns.size() - 1) * COLUMN_GAP;
    }

    public double height() {
        return height + 2 * MARGIN;
    }

    /** The number of columns that hold anything. */
    public int columns() {
        return columns.size();
    }

    /** How often arrows cross. */
    long crossings() {
        return crossings;
    }

    /**
     * The way of each arrow, in the order of the arrows: from the right edge of its first box to the left edge of its
     * last. Between columns, from the first point to the second, from the third to the fourth and so on, it is a curve;
     * the stretches in between run straight along a lane.
     */
    public List<List<Point>> routes() {
        List<List<Point>> routes = new ArrayList<>();
        for (List<Slot> chain : chains) {
            List<Point> route = new ArrayList<>();
            for (int i = 0; i < chain.size(); i++) {
                Slot slot = chain.get(i);
                if (i > 0) {
                    route.add(new Point(left(slot), slot.middle()));
                }
                if (i < chain.size() - 1) {
                    route.add(new Point(left(slot) + boxWidth, slot.middle()));
                }
            }
            routes.add(route);
        }
        return routes;
    }

    private double left(Slot slot) {
        return MARGIN + slot.column * (boxWidth + COLUMN_GAP);
    }

    /** A box, or the lane of an arrow that passes. */
    private static final class Slot {
        private final int column;
        private final double height;
        private final List<Slot> before = new ArrayList<>();
        private final List<Slot> after = new ArrayList<>();
        private int row;
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

        double middle() {
            return y + height / 2;
        }
    }
}
