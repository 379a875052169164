package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.sql.SQLException;
import java.util.Optional;

/** Keeps account of how many versions each model has from each job, and which is the newest, so that lists needn't count. */
final class VersionCounts {
    /** Stands for the job of versions that no build registered. */
    private static final long NONE = 0;

    private VersionCounts() {}

    private record Version(int number, long id) {}

    /** Counts a version that was registered, or put back. */
    static void added(Transaction tx, long model, @CheckForNull Object jobId, int number, long id) throws SQLException {
        long job = jobId == null ? NONE : ((Number) jobId).longValue();
        Optional<Version> newest = tx.first(
                "SELECT newest_number, newest_id FROM mlops_model_job WHERE model_id = ? AND job_id = ?",
                row -> new Version(row.getInt(1), row.getLong(2)),
                model,
                job);
        if (newest.isEmpty()) {
            tx.update(
                    "INSERT INTO mlops_model_job (model_id, job_id, versions, newest_number, newest_id)"
                            + " VALUES (?, ?, 1, ?, ?)",
                    model,
                    job,
                    number,
                    id);
        } else {
            Version kept = newest.get().number() > number ? newest.get() : new Version(number, id);
            tx.update(
                    "UPDATE mlops_model_job SET versions = versions + 1, newest_number = ?, newest_id = ?"
                            + " WHERE model_id = ? AND job_id = ?",
                    kept.number(),
                    kept.id(),
                    model,
                    job);
        }
        note(tx, model);
    }

    /** Takes a version out of account whose row says that it was deleted. */
    static void removed(Transaction tx, long model, int number) throws SQLException {
        record Removed(long id, long job) {}
        Removed removed = tx.first(
                        "SELECT id, COALESCE(job_id, 0) FROM mlops_version WHERE model_id = ? AND number = ?",
                        row -> new Removed(row.getLong(1), row.getLong(2)),
                        model,
                        number)
                .orElseThrow();
        long job = removed.job();
        ListedMetrics.removed(tx, model, job, removed.id());
        Optional<Version> newest = tx.first(
                "SELECT v.number, v.id FROM mlops_version v WHERE v.model_id = ? AND v.status <> 'DELETED'"
                        + " AND COALESCE(v.job_id, 0) = ? ORDER BY v.model_id DESC, v.number DESC LIMIT 1",
                row -> new Version(row.getInt(1), row.getLong(2)),
                model,
                job);
        if (newest.isEmpty()) {
            tx.update("DELETE FROM mlops_model_job WHERE model_id = ? AND job_id = ?", model, job);
        } else {
            tx.update(
                    "UPDATE mlops_model_job SET versions = versions - 1, newest_number = ?, newest_id = ?"
                            + " WHERE model_id = ? AND job_id = ?",
                    newest.get().number(),
                    newest.get().id(),
                    model,
                    job);
        }
        note(tx, model);
    }

    private static void note(Transaction tx, long model) throws SQLException {
        long newest = tx.first(
                        "SELECT newest_id FROM mlops_model_job WHERE model_id = ? ORDER BY newest_number DESC LIMIT 1",
                        row -> row.getLong(1),
                        model)
                .orElse(0L);
        tx.update("UPDATE mlops_model SET newest_id = ? WHERE id = ?", newest, model);
    }
}
