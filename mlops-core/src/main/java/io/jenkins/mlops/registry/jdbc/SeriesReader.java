package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.jdbc.PackedPoints.Point;
import io.jenkins.mlops.tracking.MetricPoint;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Reads one metric's series of a run in order, with no more rows in memory than overlap.
 *
 * <p>Rows are opened by their lowest point; a point is given out once no row that is still closed can hold a lower one.
 */
final class SeriesReader {
    /** Most rows that are opened only because their first point has the same step and time as the one to give out. */
    private static final int MOST_TIED = 256;

    private static final int MOST_FETCHED = 32;

    private final Sql sql;
    private final long run;
    private final long metric;
    private final List<Lane> lanes;
    private final PriorityQueue<Open> open =
            new PriorityQueue<>(Comparator.comparing(Open::head, Point.ORDER).thenComparingLong(o -> o.place.id()));

    @CheckForNull
    private Point last;

    /** Where a row stands in the order of rows. */
    private record Place(long step, long millis, long id) {
        static final Comparator<Place> ORDER = Comparator.comparingLong(Place::step)
                .thenComparingLong(Place::millis)
                .thenComparingLong(Place::id);
    }

    private record Row(Place place, byte[] packed) {}

    private static final class Open {
        private final Place place;
        private final List<Point> points;
        private int at;

        Open(Place place, List<Point> points) {
            this.place = place;
            this.points = points;
        }

        Point head() {
            return points.get(at);
        }
    }

    /** The rows of the metric alone, or those of several metrics. */
    private final class Lane {
        private final long column;
        private final ArrayDeque<Row> fetched = new ArrayDeque<>();
        private Place next;
        private int size = 2;
        private boolean ended;

        Lane(long column, Place from) {
            this.column = column;
            this.next = from;
        }

        @CheckForNull
        Row peek() throws SQLException {
            if (fetched.isEmpty() && !ended) {
                List<Row> rows = sql.list(
                        "SELECT id, first_step, first_millis, points FROM mlops_metric_segment WHERE run_id = ?"
                                + " AND metric_id = ? AND first_step >= ? AND (first_step > ? OR first_millis > ?"
                                + " OR (first_millis = ? AND id >= ?))"
                                + " ORDER BY run_id, metric_id, first_step, first_millis, id LIMIT ?",
                        row -> new Row(new Place(row.getLong(2), row.getLong(3), row.getLong(1)), row.getBytes(4)),
                        run,
                        column,
                        next.step(),
                        next.step(),
                        next.millis(),
                        next.millis(),
                        next.id(),
                        size);
                ended = rows.size() < size;
                size = Math.min(MOST_FETCHED, size * 2);
                fetched.addAll(rows);
                if (!rows.isEmpty()) {
                    Place end = rows.get(rows.size() - 1).place();
                    next = new Place(end.step(), end.millis(), end.id() + 1);
                }
            }
            return fetched.peek();
        }
    }

    private SeriesReader(Sql sql, long run, long metric, Place from) {
        this.sql = sql;
        this.run = run;
        this.metric = metric;
        lanes = List.of(new Lane(metric, from), new Lane(0, from));
    }

    /** A page of the series; the token says after which point and from which row on the next page reads. */
    static Page<MetricPoint> page(Sql sql, long run, long metric, String name, Page.Request request)
            throws SQLException {
        String token = request.token();
        Place from = new Place(Long.MIN_VALUE, Long.MIN_VALUE, 0);
        Point after = null;
        if (token != null) {
            String[] parts = token.split(":", -1);
            try {
                after = new Point(
                        metric, Long.parseLong(parts[0]), Long.parseLong(parts[1]), Double.parseDouble(parts[2]));
                from = new Place(Long.parseLong(parts[3]), Long.parseLong(parts[4]), Long.parseLong(parts[5]));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new IllegalArgumentException("Not a page token of this list: " + token, e);
            }
        }
        SeriesReader reader = new SeriesReader(sql, run, metric, from);
        reader.last = after;
        List<MetricPoint> points = new ArrayList<>();
        Point point = null;
        while (points.size() < request.limit() && (point = reader.next()) != null) {
            points.add(named(name, point));
        }
        if (point == null) {
            return new Page<>(points, null);
        }
        Place place = reader.place();
        return place == null || reader.next() == null
                ? new Page<>(points, null)
                : new Page<>(
                        points,
                        point.step() + ":" + point.millis() + ":" + point.value() + ":" + place.step() + ":"
                                + place.millis() + ":" + place.id());
    }

    /** At most {@code most} points of a span of steps, evenly taken, the first and the last among them. */
    static List<MetricPoint> thinned(Sql sql, long run, long metric, String name, int most, long fromStep, long toStep)
            throws SQLException {
        SeriesReader reader = new SeriesReader(sql, run, metric, new Place(Long.MIN_VALUE, Long.MIN_VALUE, 0));
        List<Point> kept = new ArrayList<>();
        long stride = 1;
        long count = 0;
        Point end = null;
        for (Point point = reader.next(); point != null && point.step() <= toStep; point = reader.next()) {
            if (point.step() < fromStep) {
                continue;
            }
            if (count++ % stride == 0) {
                kept.add(point);
                if (kept.size() > most) {
                    List<Point> half = new ArrayList<>();
                    for (int i = 0; i < kept.size(); i += 2) {
                        half.add(kept.get(i));
                    }
                    kept = half;
                    stride *= 2;
                }
            }
            end = point;
        }
        if (end != null && kept.get(kept.size() - 1) != end) {
            if (kept.size() == most) {
                kept.remove(most - 1);
            }
            kept.add(end);
        }
        return kept.stream().map(point -> named(name, point)).toList();
    }

    private static MetricPoint named(String name, Point point) {
        return new MetricPoint(name, point.value(), point.millis(), point.step());
    }

    /** The next point; one that was there already in another row is left out. */
    @CheckForNull
    private Point next() throws SQLException {
        while (true) {
            openRows();
            Open lowest = open.poll();
            if (lowest == null) {
                return null;
            }
            Point point = lowest.head();
            lowest.at++;
            if (lowest.at < lowest.points.size()) {
                open.add(lowest);
            }
            if (last == null || Point.ORDER.compare(point, last) > 0) {
                last = point;
                return point;
            }
        }
    }

    private void openRows() throws SQLException {
        for (Lane lane = lowestLane(); lane != null; lane = lowestLane()) {
            Row row = lane.fetched.element();
            Open lowest = open.peek();
            if (lowest != null) {
                int order = Long.compare(row.place().step(), lowest.head().step());
                if (order == 0) {
                    order = Long.compare(row.place().millis(), lowest.head().millis());
                }
                if (order > 0 || order == 0 && open.size() >= MOST_TIED) {
                    return;
                }
            }
            lane.fetched.remove();
            List<Point> points = PackedPoints.unpack(row.packed(), metric);
            Open opened = new Open(row.place(), points);
            while (last != null && opened.at < points.size() && Point.ORDER.compare(opened.head(), last) <= 0) {
                opened.at++;
            }
            if (opened.at < points.size()) {
                open.add(opened);
            }
        }
    }

    @CheckForNull
    private Lane lowestLane() throws SQLException {
        Lane lowest = null;
        for (Lane lane : lanes) {
            Row row = lane.peek();
            if (row != null
                    && (lowest == null
                            || Place.ORDER.compare(
                                            row.place(),
                                            lowest.fetched.element().place())
                                    < 0)) {
                lowest = lane;
            }
        }
        return lowest;
    }

    /** The lowest row that is not read to its end; null when all are. */
    @CheckForNull
    private Place place() throws SQLException {
        Lane lane = lowestLane();
        Place lowest = lane == null ? null : lane.fetched.element().place();
        for (Open opened : open) {
            if (lowest == null || Place.ORDER.compare(opened.place, lowest) < 0) {
                lowest = opened.place;
            }
        }
        return lowest;
    }
}
