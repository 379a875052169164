package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.LedgerEntry;
import io.jenkins.mlops.registry.Limits;
import io.jenkins.mlops.registry.mlflow.LedgerTasks;
import io.jenkins.mlops.registry.mlflow.RemoteTask;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Reads and writes the outbox for the MLflow server, which follows the ledger. */
final class RemoteTaskRows {
    private static final String SELECT = "SELECT t.id, t.model, t.kind, t.subject, t.ledger_seq, t.state, t.attempts,"
            + " t.since_millis, t.due_millis, t.message FROM mlops_remote_task t ";
    private static final String WAITING = "WAITING";
    private static final String REFUSED = "REFUSED";
    private static final int COLLECTED_AT_ONCE = 500;

    private RemoteTaskRows() {}

    /** Turns the entries after the last one that was followed into tasks. */
    static int collect(Transaction tx, long now) throws SQLException {
        tx.lockHead();
        long seq = tx.first("SELECT ledger_seq FROM mlops_remote WHERE id = 1", row -> row.getLong(1))
                .orElse(-1L);
        if (seq < 0) {
            return 0;
        }
        List<LedgerEntry> entries = LedgerRows.after(tx, seq, COLLECTED_AT_ONCE);
        for (LedgerEntry entry : entries) {
            for (RemoteTask.About about : LedgerTasks.of(entry)) {
                enqueue(tx, about, entry.seq(), now);
            }
            seq = entry.seq();
        }
        if (!entries.isEmpty()) {
            tx.update("UPDATE mlops_remote SET ledger_seq = ? WHERE id = 1", seq);
        }
        return entries.size();
    }

    /** A task that is there already keeps its place: it is carried out by what is on record then. */
    static void enqueue(Transaction tx, RemoteTask.About about, long seq, long now) throws SQLException {
        int known = tx.update(
                "UPDATE mlops_remote_task SET ledger_seq = CASE WHEN ledger_seq < ? THEN ? ELSE ledger_seq + 1 END,"
                        + " due_millis = CASE WHEN state = 'REFUSED' THEN ? ELSE due_millis END, state = 'WAITING'"
                        + " WHERE model = ? AND kind = ? AND subject = ?",
                seq,
                seq,
                now,
                about.model(),
                about.kind(),
                about.subject());
        if (known == 0) {
            tx.insert(
                    "INSERT INTO mlops_remote_task (model, kind, subject, ledger_seq, state, attempts, since_millis,"
                            + " due_millis, message) VALUES (?, ?, ?, ?, 'WAITING', 0, ?, ?, '')",
                    about.model(),
                    about.kind(),
                    about.subject(),
                    seq,
                    now,
                    now);
        }
    }

    /** The holders of aliases and their aliases; with {@code everything} the other models and versions, too. */
    static void enqueueExisting(Transaction tx, boolean everything, long seq, long now) throws SQLException {
        String columns =
                "INSERT INTO mlops_remote_task (model, kind, subject, ledger_seq, state, attempts, since_millis,"
                        + " due_millis, message) SELECT m.name, ";
        String values = ", CAST(? AS BIGINT), 'WAITING', 0, CAST(? AS BIGINT), CAST(? AS BIGINT), '' ";
        if (everything) {
            tx.update(columns + "'MODEL', ''" + values + "FROM mlops_model m WHERE m.deleted = FALSE", seq, now, now);
            tx.update(
                    columns + "'VERSION', CAST(v.number AS VARCHAR(20))" + values
                            + "FROM mlops_version v JOIN mlops_model m ON m.id = v.model_id"
                            + " WHERE v.status = 'READY' AND m.deleted = FALSE ORDER BY v.id",
                    seq,
                    now,
                    now);
        }
        tx.update(
                columns + "'ALIAS', a.alias" + values
                        + "FROM mlops_alias a JOIN mlops_model m ON m.id = a.model_id ORDER BY m.name, a.alias",
                seq,
                now,
                now);
    }

    static List<RemoteTask> due(Sql sql, long now, int most) throws SQLException {
        List<Long> first = sql.list(
                "SELECT MIN(t.id) FROM mlops_remote_task t WHERE t.state = 'WAITING' GROUP BY t.model",
                row -> row.getLong(1));
        List<RemoteTask> due = new java.util.ArrayList<>();
        for (int from = 0; from < first.size() && due.size() < most; from += COLLECTED_AT_ONCE) {
            Object[] ids = first.subList(from, Math.min(first.size(), from + COLLECTED_AT_ONCE))
                    .toArray();
            for (RemoteTask task : sql.list(
                    SELECT + "WHERE t.id IN (" + Sql.marks(ids.length) + ") ORDER BY t.id", RemoteTaskRows::row, ids)) {
                if (task.dueMillis() <= now && due.size() < most) {
                    due.add(task);
                }
            }
        }
        if (due.size() < most) {
            due.addAll(sql.list(
                    SELECT + "WHERE t.state = 'REFUSED' AND t.due_millis <= ? ORDER BY t.id LIMIT ?",
                    RemoteTaskRows::row,
                    now,
                    most - due.size()));
        }
        return due;
    }

    static void done(Transaction tx, RemoteTask task) throws SQLException {
        tx.update("DELETE FROM mlops_remote_task WHERE id = ? AND ledger_seq = ?", task.id(), task.ledgerSeq());
    }

    static void failed(Transaction tx, RemoteTask task, boolean refused, long dueMillis, String message)
            throws SQLException {
        tx.update(
                "UPDATE mlops_remote_task SET state = ?, attempts = attempts + 1, due_millis = ?, message = ?"
                        + " WHERE id = ? AND ledger_seq = ?",
                refused ? REFUSED : WAITING,
                dueMillis,
                message.length() <= Limits.LINE ? message : message.substring(0, Limits.LINE),
                task.id(),
                task.ledgerSeq());
    }

    static List<RemoteTask> list(Sql sql, @CheckForNull String model, int most) throws SQLException {
        return model == null
                ? sql.list(SELECT + "ORDER BY t.id LIMIT ?", RemoteTaskRows::row, most)
                : sql.list(SELECT + "WHERE t.model = ? ORDER BY t.id LIMIT ?", RemoteTaskRows::row, model, most);
    }

    private static RemoteTask row(ResultSet row) throws SQLException {
        return new RemoteTask(
                row.getLong(1),
                row.getString(2),
                RemoteTask.Kind.valueOf(row.getString(3)),
                row.getString(4),
                row.getLong(5),
                REFUSED.equals(row.getString(6)),
                row.getInt(7),
                row.getLong(8),
                row.getLong(9),
                row.getString(10));
    }
}
