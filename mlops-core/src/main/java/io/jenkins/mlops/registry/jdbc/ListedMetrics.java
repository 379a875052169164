package io.jenkins.mlops.registry.jdbc;

import java.sql.SQLException;
import java.util.List;

/** Keeps account of how many versions of each model lists can sort by each metric, so that they needn't count. */
final class ListedMetrics {
    private ListedMetrics() {}

    /** Counts the values of a version of a job (0: of none). */
    static void added(Transaction tx, long model, long job, List<Long> metrics) throws SQLException {
        List<Object[]> rows = metrics.stream()
                .map(metric -> new Object[] {model, metric, job})
                .toList();
        tx.batch(
                "INSERT INTO mlops_model_metric (model_id, metric_id, job_id, versions) VALUES (?, ?, ?, 0)"
                        + " ON CONFLICT DO NOTHING",
                rows);
        tx.batch(
                "UPDATE mlops_model_metric SET versions = versions + 1"
                        + " WHERE model_id = ? AND metric_id = ? AND job_id = ?",
                rows);
    }

    /** Takes the values of a version that was deleted out of the lists. */
    static void removed(Transaction tx, long model, long job, long version) throws SQLException {
        List<Object[]> rows = tx.list(
                "SELECT metric_id FROM mlops_version_metric WHERE version_id = ? AND listed = TRUE",
                row -> new Object[] {model, row.getLong(1), job},
                version);
        tx.batch(
                "UPDATE mlops_model_metric SET versions = versions - 1"
                        + " WHERE model_id = ? AND metric_id = ? AND job_id = ?",
                rows);
        tx.update("UPDATE mlops_version_metric SET listed = FALSE WHERE version_id = ?", version);
    }

    /** How many versions of a model have a value that these jobs' readers may see. */
    static long count(Sql sql, long model, long metric, JobFilter jobs) throws SQLException {
        return sql.first(
                        "SELECT SUM(c.versions) FROM mlops_model_metric c WHERE c.model_id = ? AND c.metric_id = ?"
                                + jobs.condition("c.job_id"),
                        row -> row.getLong(1),
                        model,
                        metric)
                .orElse(0L);
    }
}
