package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.tracking.MetricPoint;
import java.sql.SQLException;
import java.util.List;

/**
 * The points of metrics from before schema 30, which had a row each: set aside before the schema's migration drops
 * their table, and packed after it, a run in a transaction. What a crash leaves over is packed with the next opening.
 */
final class RowPoints {
    /** The first schema that packs points. */
    static final int PACKED_SINCE = 30;

    private static final String TABLE = "mlops_metric_point";
    private static final String ASIDE = "mlops_metric_point_before_30";

    private RowPoints() {}

    /** Renames the table, and puts an empty one in its place for the migration to drop. */
    static void setAside(Sql sql) throws SQLException {
        if (!isThere(sql, ASIDE)) {
            sql.update("ALTER TABLE " + TABLE + " RENAME TO " + ASIDE);
        }
        if (!isThere(sql, TABLE)) {
            sql.update("CREATE TABLE " + TABLE + " (run_id BIGINT)");
        }
    }

    /** Whether points are left to be packed. */
    static boolean areLeft(Sql sql) throws SQLException {
        return isThere(sql, ASIDE);
    }

    /** Packs what was set aside. */
    static void pack(GroupCommit writer) {
        for (long run : writer.write(
                tx -> tx.list("SELECT DISTINCT run_id FROM " + ASIDE + " ORDER BY run_id", row -> row.getLong(1)))) {
            writer.write(tx -> pack(tx, run));
        }
        writer.write(tx -> tx.update("DROP TABLE " + ASIDE));
    }

    private static int pack(Transaction tx, long run) throws SQLException {
        String runId = tx.first("SELECT run_id FROM mlops_run WHERE id = ?", row -> row.getString(1), run)
                .orElse("");
        List<MetricPoint> points = tx.list(
                "SELECT n.name, p.metric_value, p.millis, p.step FROM " + ASIDE
                        + " p JOIN mlops_metric_name n ON n.id = p.metric_id WHERE p.run_id = ?",
                row -> new MetricPoint(row.getString(1), row.getDouble(2), row.getLong(3), row.getLong(4)),
                run);
        MetricRows.log(tx, run, runId, points);
        return tx.update("DELETE FROM " + ASIDE + " WHERE run_id = ?", run);
    }

    private static boolean isThere(Sql sql, String table) throws SQLException {
        return sql.first("SELECT 1 FROM information_schema.tables WHERE table_name = ?", row -> 1, table)
                .isPresent();
    }
}
