package io.jenkins.mlops.registry.jdbc;

import java.sql.SQLException;
import java.util.List;

/**
 * What is kept for lists beside what it comes from, made anew: after an import, whose file may be of a schema that had
 * less of it.
 */
final class ListedRows {
    private ListedRows() {}

    static void rebuild(Transaction tx) throws SQLException {
        counts(tx);
        tx.update("DELETE FROM mlops_version_text");
        List<Long> versions = tx.list("SELECT id FROM mlops_version ORDER BY id", row -> row.getLong(1));
        for (long version : versions) {
            VersionTexts.added(tx, version, "", "", List.of());
            VersionTexts.changed(tx, version);
        }
    }

    /** The counts, and what they are counted from. */
    static void counts(Transaction tx) throws SQLException {
        tx.update("UPDATE mlops_version_metric SET job_id = COALESCE((SELECT v.job_id FROM mlops_version v"
                + " WHERE v.id = mlops_version_metric.version_id), 0), listed = metric_value IS NOT NULL"
                + " AND (SELECT v.status FROM mlops_version v WHERE v.id = mlops_version_metric.version_id)"
                + " <> 'DELETED'");
        tx.update("DELETE FROM mlops_model_metric");
        tx.update("INSERT INTO mlops_model_metric (model_id, metric_id, job_id, versions)"
                + " SELECT model_id, metric_id, job_id, COUNT(*) FROM mlops_version_metric WHERE listed = TRUE"
                + " GROUP BY model_id, metric_id, job_id");
        tx.update("DELETE FROM mlops_model_job");
        tx.update("INSERT INTO mlops_model_job (model_id, job_id, versions, newest_number, newest_id)"
                + " SELECT c.model_id, c.job_id, c.versions, c.newest_number, v.id FROM (SELECT model_id,"
                + " COALESCE(job_id, 0) AS job_id, COUNT(*) AS versions, MAX(number) AS newest_number"
                + " FROM mlops_version WHERE status <> 'DELETED' GROUP BY model_id, COALESCE(job_id, 0)) c"
                + " JOIN mlops_version v ON v.model_id = c.model_id AND v.number = c.newest_number");
        tx.update("UPDATE mlops_model SET newest_id = COALESCE((SELECT MAX(v.id) FROM mlops_version v"
                + " WHERE v.model_id = mlops_model.id AND v.number = (SELECT MAX(c.newest_number)"
                + " FROM mlops_model_job c WHERE c.model_id = mlops_model.id)), 0)");
    }
}
