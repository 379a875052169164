package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.registry.jdbc.PackedPoints.Point;
import io.jenkins.mlops.search.Condition;
import io.jenkins.mlops.search.Field;
import io.jenkins.mlops.search.Order;
import io.jenkins.mlops.tracking.RunQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The metrics that runs are searched by: the first search by a metric makes its rows, each later write keeps them.
 *
 * <p>The rows are made in steps, between which others write. A metric is noted first, under the lock of the ledger's
 * head, which whoever logs metrics takes before looking the notes up: no run falls between the two.
 */
final class SearchedMetrics {
    private static final int RUNS_AT_ONCE = 5_000;

    private SearchedMetrics() {}

    private record Work(long metric, long next, long last) {}

    /** Brings the rows of the metrics that a query asks about up to date. */
    static void prepare(RegistryDatabase database, RunQuery query) {
        Set<String> names = new HashSet<>();
        Stream.concat(
                        query.query().conditions().stream()
                                .filter(condition -> condition.field() == Field.METRIC)
                                .map(Condition::key),
                        query.query().order().stream()
                                .filter(order -> order.field() == Field.METRIC)
                                .map(Order::key))
                .forEach(names::add);
        for (String name : names) {
            while (database.read(sql -> isMissing(sql, name)) && database.write(tx -> step(tx, name))) {
                // One step after the other; others may write in between.
            }
        }
    }

    /** Whether there is such a metric and its rows are not complete. */
    private static boolean isMissing(Sql sql, String name) throws SQLException {
        return sql.first(
                        "SELECT CASE WHEN s.metric_id IS NULL OR s.next_run <= s.last_run THEN 1 ELSE 0 END"
                                + " FROM mlops_metric_name n LEFT JOIN mlops_searched_metric s ON s.metric_id = n.id"
                                + " WHERE n.name = ?",
                        row -> row.getInt(1) == 1,
                        name)
                .orElse(false);
    }

    /** Makes the rows of some more runs. @return whether there are more */
    private static boolean step(Transaction tx, String name) throws SQLException {
        tx.lockHead();
        long metric = tx.metricId(name);
        Optional<Work> found = tx.first(
                "SELECT metric_id, next_run, last_run FROM mlops_searched_metric WHERE metric_id = ?",
                row -> new Work(row.getLong(1), row.getLong(2), row.getLong(3)),
                metric);
        if (found.isEmpty()) {
            long newest = tx.first("SELECT MAX(id) FROM mlops_run", row -> row.getLong(1))
                    .orElse(0L);
            tx.update(
                    "INSERT INTO mlops_searched_metric (metric_id, next_run, last_run) VALUES (?, ?, ?)",
                    metric,
                    0L,
                    newest);
            tx.forgetSearched();
            return true;
        }
        Work work = found.get();
        if (work.next() > work.last()) {
            return false;
        }
        List<Long> runs = tx.list(
                "SELECT DISTINCT run_id FROM mlops_run_latest WHERE run_id >= ? AND run_id <= ? ORDER BY run_id LIMIT ?",
                row -> row.getLong(1),
                work.next(),
                work.last(),
                RUNS_AT_ONCE);
        long next = runs.size() < RUNS_AT_ONCE ? work.last() + 1 : runs.get(runs.size() - 1) + 1;
        record Chunk(long run, byte[] packed) {}
        List<Object[]> rows = new ArrayList<>();
        for (Chunk chunk : tx.list(
                "SELECT run_id, points FROM mlops_run_latest WHERE run_id >= ? AND run_id < ?",
                row -> new Chunk(row.getLong(1), row.getBytes(2)),
                work.next(),
                next)) {
            for (Point point : PackedPoints.unpack(chunk.packed(), metric)) {
                rows.add(row(chunk.run(), point));
            }
        }
        tx.batch(INSERT + " ON CONFLICT DO NOTHING", rows);
        tx.update("UPDATE mlops_searched_metric SET next_run = ? WHERE metric_id = ?", next, metric);
        return next <= work.last();
    }

    private static final String INSERT =
            "INSERT INTO mlops_run_metric (run_id, metric_id, metric_value, step, millis) VALUES (?, ?, ?, ?, ?)";

    private static Object[] row(long run, Point point) {
        return new Object[] {run, point.metric(), new Sql.NullDouble(point.value()), point.step(), point.millis()};
    }

    /** Keeps the rows of a run's metrics, as far as they are searched by. */
    static void changed(Transaction tx, long run, List<MetricRows.Change> changes) throws SQLException {
        Set<Long> searched = tx.searchedMetrics();
        if (searched.isEmpty()) {
            return;
        }
        List<Object[]> rows = new ArrayList<>();
        for (MetricRows.Change change : changes) {
            Point point = change.point();
            if (!searched.contains(point.metric())) {
                continue;
            }
            // A point that follows another may still have no row: its metric's rows are being made.
            if (change.before() == null
                    || tx.update(
                                    "UPDATE mlops_run_metric SET metric_value = ?, step = ?, millis = ?"
                                            + " WHERE run_id = ? AND metric_id = ?",
                                    new Sql.NullDouble(point.value()),
                                    point.step(),
                                    point.millis(),
                                    run,
                                    point.metric())
                            == 0) {
                rows.add(row(run, point));
            }
        }
        tx.batch(INSERT, rows);
    }
}
