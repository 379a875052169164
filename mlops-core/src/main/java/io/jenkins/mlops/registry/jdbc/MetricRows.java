package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.jdbc.PackedPoints.Point;
import io.jenkins.mlops.tracking.MetricPoint;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the metrics that runs log, packed, and reads the last value of each. */
final class MetricRows {
    /** A metric with as many points in one call has a row of its own there, so that its series is read without others. */
    private static final int OWN_ROW = 32;

    private static final int CHUNK = 64;
    private static final int NAMES_AT_ONCE = 1_000;

    private MetricRows() {}

    /** A metric's last point in a run, and the one that it follows. */
    record Change(Point point, @CheckForNull Point before) {}

    static void log(Transaction tx, long run, String runId, List<MetricPoint> points) throws SQLException {
        if (points.isEmpty()) {
            return;
        }
        tx.expectMetrics(points.stream().map(MetricPoint::key).toList());
        List<Point> sorted = new ArrayList<>(points.size());
        for (MetricPoint point : points) {
            sorted.add(new Point(tx.metricId(point.key()), point.step(), point.timestampMillis(), point.value()));
        }
        sorted.sort(Point.BY_METRIC);
        List<List<Point>> rows = new ArrayList<>();
        List<Point> mixed = new ArrayList<>();
        List<Point> last = new ArrayList<>();
        for (int from = 0; from < sorted.size(); ) {
            int to = from + 1;
            while (to < sorted.size()
                    && sorted.get(to).metric() == sorted.get(from).metric()) {
                to++;
            }
            List<Point> series = sorted.subList(from, to);
            (to - from >= OWN_ROW ? added(rows) : mixed).addAll(series);
            last.add(sorted.get(to - 1));
            from = to;
        }
        if (!mixed.isEmpty()) {
            rows.add(mixed);
        }
        List<Object[]> values = new ArrayList<>();
        for (List<Point> row : rows) {
            Point first = Collections.min(row, Point.ORDER);
            boolean one = row.get(0).metric() == row.get(row.size() - 1).metric();
            values.add(
                    new Object[] {run, one ? first.metric() : 0L, first.step(), first.millis(), PackedPoints.pack(row)
                    });
        }
        tx.batch(
                "INSERT INTO mlops_metric_segment (run_id, metric_id, first_step, first_millis, points)"
                        + " VALUES (?, ?, ?, ?, ?)",
                values);
        SearchedMetrics.changed(tx, run, keepLast(tx, run, runId, last));
    }

    private static <T> List<T> added(List<List<T>> lists) {
        List<T> list = new ArrayList<>();
        lists.add(list);
        return list;
    }

    /** Keeps those points that come after what is there. @return what changed */
    private static List<Change> keepLast(Transaction tx, long run, String runId, List<Point> points)
            throws SQLException {
        List<List<Point>> chunks = new ArrayList<>();
        for (byte[] packed : tx.list(
                "SELECT points FROM mlops_run_latest WHERE run_id = ? ORDER BY run_id, chunk",
                row -> row.getBytes(1),
                run)) {
            chunks.add(PackedPoints.unpack(packed));
        }
        int stored = chunks.size();
        Map<Long, int[]> places = new HashMap<>();
        for (int chunk = 0; chunk < stored; chunk++) {
            for (int i = 0; i < chunks.get(chunk).size(); i++) {
                places.put(chunks.get(chunk).get(i).metric(), new int[] {chunk, i});
            }
        }
        Set<Integer> touched = new HashSet<>();
        List<Change> changes = new ArrayList<>();
        for (Point point : points) {
            int[] place = places.get(point.metric());
            if (place == null) {
                if (chunks.isEmpty() || chunks.get(chunks.size() - 1).size() == CHUNK) {
                    chunks.add(new ArrayList<>());
                }
                touched.add(chunks.size() - 1);
                chunks.get(chunks.size() - 1).add(point);
                changes.add(new Change(point, null));
            } else {
                Point before = chunks.get(place[0]).get(place[1]);
                if (Point.ORDER.compare(point, before) > 0) {
                    touched.add(place[0]);
                    chunks.get(place[0]).set(place[1], point);
                    changes.add(new Change(point, before));
                }
            }
        }
        int count = chunks.isEmpty()
                ? 0
                : (chunks.size() - 1) * CHUNK + chunks.get(chunks.size() - 1).size();
        RunWrites.bounded(count, runId, "metrics");
        for (int chunk : touched) {
            byte[] packed = PackedPoints.pack(chunks.get(chunk));
            if (chunk < stored) {
                tx.update("UPDATE mlops_run_latest SET points = ? WHERE run_id = ? AND chunk = ?", packed, run, chunk);
            } else {
                tx.update("INSERT INTO mlops_run_latest (run_id, chunk, points) VALUES (?, ?, ?)", run, chunk, packed);
            }
        }
        return changes;
    }

    /** A metric's id; -1, which no metric has, for one that was never logged. */
    static long idOf(Sql sql, String metric) throws SQLException {
        return sql.first("SELECT id FROM mlops_metric_name WHERE name = ?", row -> row.getLong(1), metric)
                .orElse(-1L);
    }

    /** The last points of runs, by the runs' ids and the metrics' names. */
    static Map<Long, Map<String, MetricPoint>> last(Sql sql, Collection<Long> runs) throws SQLException {
        record Chunk(long run, byte[] packed) {}
        Map<Long, List<Point>> points = new HashMap<>();
        Map<Long, String> names = new LinkedHashMap<>();
        for (Chunk chunk : sql.list(
                "SELECT run_id, points FROM mlops_run_latest WHERE run_id IN (" + Sql.marks(runs.size()) + ")",
                row -> new Chunk(row.getLong(1), row.getBytes(2)),
                runs.toArray())) {
            for (Point point : PackedPoints.unpack(chunk.packed())) {
                points.computeIfAbsent(chunk.run(), run -> new ArrayList<>()).add(point);
                names.put(point.metric(), "");
            }
        }
        List<Long> ids = new ArrayList<>(names.keySet());
        for (int from = 0; from < ids.size(); from += NAMES_AT_ONCE) {
            List<Long> some = ids.subList(from, Math.min(ids.size(), from + NAMES_AT_ONCE));
            sql.list(
                    "SELECT id, name FROM mlops_metric_name WHERE id IN (" + Sql.marks(some.size()) + ")",
                    row -> names.put(row.getLong(1), row.getString(2)),
                    some.toArray());
        }
        Map<Long, Map<String, MetricPoint>> last = new HashMap<>();
        points.forEach((run, of) -> {
            Map<String, MetricPoint> metrics = new HashMap<>();
            for (Point point : of) {
                String name = names.get(point.metric());
                metrics.put(name, new MetricPoint(name, point.value(), point.millis(), point.step()));
            }
            last.put(run, metrics);
        });
        return last;
    }
}
