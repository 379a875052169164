package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.monitor.FeedbackLook;
import io.jenkins.mlops.monitor.FeedbackRecord;
import io.jenkins.mlops.monitor.QualityRecord;
import io.jenkins.mlops.monitor.window.FeedbackCounts;
import io.jenkins.mlops.monitor.window.PackedLabels;
import io.jenkins.mlops.registry.Ledger;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads and writes the labels of monitors and the quality of their windows. */
final class FeedbackRows {
    private FeedbackRows() {}

    static Optional<FeedbackRecord> find(Sql sql, String monitor) throws SQLException {
        return sql.first(
                "SELECT f.plan, f.labels, f.counts, f.millis FROM mlops_feedback f JOIN mlops_monitor m"
                        + " ON m.id = f.monitor_id WHERE m.name_hash = ?",
                row -> new FeedbackRecord(
                        monitor,
                        row.getString(1),
                        new PackedLabels(row.getBytes(2)),
                        Json.read(row.getString(3), FeedbackCounts.class),
                        row.getLong(4)),
                Ledger.sha256(monitor));
    }

    static List<QualityRecord> qualities(Sql sql, String monitor, int limit) throws SQLException {
        return sql.list(
                "SELECT q.document FROM mlops_window_quality q JOIN mlops_monitor m ON m.id = q.monitor_id"
                        + " WHERE m.name_hash = ? ORDER BY q.position DESC, q.id DESC LIMIT ?",
                row -> Json.read(row.getString(1), QualityRecord.class),
                Ledger.sha256(monitor),
                limit);
    }

    static boolean keep(Transaction tx, FeedbackLook look) throws SQLException {
        FeedbackRecord feedback = look.feedback();
        String hash = Ledger.sha256(feedback.monitor());
        int kept = tx.update(
                "UPDATE mlops_monitor SET tracks = ?, alarms = ?, revision = revision + 1"
                        + " WHERE name_hash = ? AND revision = ?",
                Json.write(look.tracks()),
                MonitorRows.alarms(look.tracks()),
                hash,
                look.revision());
        if (kept == 0) {
            return false;
        }
        long id = tx.first("SELECT id FROM mlops_monitor WHERE name_hash = ?", row -> row.getLong(1), hash)
                .orElseThrow();
        int changed = tx.update(
                "UPDATE mlops_feedback SET plan = ?, labels = ?, counts = ?, millis = ? WHERE monitor_id = ?",
                feedback.planJson(),
                feedback.labels().bytes(),
                Json.write(feedback.counts()),
                feedback.millis(),
                id);
        if (changed == 0) {
            tx.update(
                    "INSERT INTO mlops_feedback (monitor_id, plan, labels, counts, millis) VALUES (?, ?, ?, ?, ?)",
                    id,
                    feedback.planJson(),
                    feedback.labels().bytes(),
                    Json.write(feedback.counts()),
                    feedback.millis());
        }
        for (QualityRecord quality : look.qualities()) {
            keep(tx, id, quality);
        }
        MonitorRows.changed(tx, id, look.changes());
        return true;
    }

    private static void keep(Transaction tx, long monitor, QualityRecord quality) throws SQLException {
        String hash = Ledger.sha256(quality.quality().key());
        Optional<QualityRecord> before = tx.first(
                "SELECT document FROM mlops_window_quality WHERE monitor_id = ? AND key_hash = ?",
                row -> Json.read(row.getString(1), QualityRecord.class),
                monitor,
                hash);
        if (before.isEmpty()) {
            tx.insert(
                    "INSERT INTO mlops_window_quality (monitor_id, key_hash, position, document) VALUES (?, ?, ?, ?)",
                    monitor,
                    hash,
                    quality.quality().position(),
                    Json.write(quality));
        } else if (before.get().quality().labelled() <= quality.quality().labelled()) {
            // With fewer labels than before, logs or labels have gone: what was seen of all of them stays.
            tx.update(
                    "UPDATE mlops_window_quality SET document = ? WHERE monitor_id = ? AND key_hash = ?",
                    Json.write(quality),
                    monitor,
                    hash);
        }
    }

    static void delete(Transaction tx, long monitor) throws SQLException {
        tx.update("DELETE FROM mlops_window_quality WHERE monitor_id = ?", monitor);
        tx.update("DELETE FROM mlops_feedback WHERE monitor_id = ?", monitor);
    }

    static int prune(Transaction tx, long monitor, int kept) throws SQLException {
        Optional<Long> youngestGone = tx.first(
                "SELECT position FROM mlops_window_quality WHERE monitor_id = ? ORDER BY position DESC LIMIT 1 OFFSET ?",
                row -> row.getLong(1),
                monitor,
                kept);
        return youngestGone.isEmpty()
                ? 0
                : tx.update(
                        "DELETE FROM mlops_window_quality WHERE monitor_id = ? AND position <= ?",
                        monitor,
                        youngestGone.get());
    }
}
