package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.Limits;
import io.jenkins.mlops.registry.Listing;
import io.jenkins.mlops.registry.mlflow.Drift;
import io.jenkins.mlops.registry.mlflow.OutsideVersion;
import io.jenkins.mlops.registry.mlflow.RemoteLink;
import io.jenkins.mlops.registry.mlflow.RemoteState;
import io.jenkins.mlops.registry.mlflow.RemoteStore;
import io.jenkins.mlops.registry.mlflow.RemoteTask;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is kept about the MLflow server that follows the registry, in the registry's database. */
public final class JdbcRemoteStore implements RemoteStore {
    /** How long a delivery is remembered: longer than its timestamp is believed. */
    private static final long REMEMBERED_MILLIS = 3_600_000;

    private final RegistryDatabase database;
    private final Clock clock;

    /** In the database that the registry is in, which is not closed with it. */
    public JdbcRemoteStore(RegistryDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private interface Change {
        void make(Transaction tx, long now) throws SQLException;
    }

    private void change(Change change) {
        database.write(tx -> {
            change.make(tx, clock.millis());
            return null;
        });
    }

    @Override
    public void connect(String server, boolean everything) {
        Limits.line("The MLflow server's URL", server, Limits.LINE);
        if (state().filter(state -> state.server().equals(server)).isPresent()) {
            return;
        }
        change((tx, now) -> {
            tx.lockHead();
            for (String table : List.of("task", "version", "drift", "outside")) {
                tx.update("DELETE FROM mlops_remote_" + table);
            }
            tx.update("DELETE FROM mlops_remote");
            tx.ledger("remote.connected", "", "system", now, java.util.Map.of("server", server));
            tx.beforeCommit();
            long seq = tx.first("SELECT seq FROM mlops_ledger_head WHERE id = 1", row -> row.getLong(1))
                    .orElse(0L);
            tx.update(
                    "INSERT INTO mlops_remote (id, server, ledger_seq, connected_millis, contact_millis, poll_millis,"
                            + " offers, failure, failing_millis, lease_owner, lease_millis)"
                            + " VALUES (1, ?, ?, ?, 0, 0, '', '', 0, '', 0)",
                    server,
                    seq,
                    now);
            RemoteTaskRows.enqueueExisting(tx, everything, seq, now);
        });
    }

    @Override
    public Optional<RemoteState> state() {
        return database.read(sql -> {
            int[] counts = new int[2];
            long[] oldest = new long[1];
            sql.list("SELECT state, COUNT(*), MIN(since_millis) FROM mlops_remote_task GROUP BY state", row -> {
                counts["REFUSED".equals(row.getString(1)) ? 1 : 0] = row.getInt(2);
                oldest[0] = oldest[0] == 0 ? row.getLong(3) : Math.min(oldest[0], row.getLong(3));
                return null;
            });
            int drifts = sql.first("SELECT COUNT(*) FROM mlops_remote_drift", row -> row.getInt(1))
                    .orElse(0);
            return sql.first(
                    "SELECT server, offers, connected_millis, contact_millis, poll_millis, failure, failing_millis"
                            + " FROM mlops_remote WHERE id = 1",
                    row -> new RemoteState(
                            row.getString(1),
                            row.getString(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getString(6),
                            row.getLong(7),
                            counts[0],
                            counts[1],
                            oldest[0],
                            drifts));
        });
    }

    @Override
    public boolean lease(String owner, long nowMillis, long untilMillis) {
        Limits.line("The lease's owner", owner, Limits.KEY);
        return database.write(tx -> tx.update(
                        "UPDATE mlops_remote SET lease_owner = ?, lease_millis = ?"
                                + " WHERE id = 1 AND (lease_owner = ? OR lease_millis <= ?)",
                        owner,
                        untilMillis,
                        owner,
                        nowMillis)
                == 1);
    }

    @Override
    public int collect() {
        boolean news = database.read(sql -> sql.first(
                        "SELECT 1 FROM mlops_remote r JOIN mlops_ledger l ON l.seq = r.ledger_seq + 1 WHERE r.id = 1",
                        row -> 1)
                .isPresent());
        return news ? database.write(tx -> RemoteTaskRows.collect(tx, clock.millis())) : 0;
    }

    @Override
    public List<RemoteTask> due(long nowMillis, int most) {
        return database.read(sql -> RemoteTaskRows.due(sql, nowMillis, most));
    }

    @Override
    public void done(RemoteTask task) {
        change((tx, now) -> RemoteTaskRows.done(tx, task));
    }

    @Override
    public void failed(RemoteTask task, boolean refused, long dueMillis, String message) {
        change((tx, now) -> RemoteTaskRows.failed(tx, task, refused, dueMillis, message));
    }

    @Override
    public void enqueue(RemoteTask.About about) {
        change((tx, now) -> {
            tx.lockHead();
            RemoteTaskRows.enqueue(tx, about, 0, now);
            tx.update(
                    "UPDATE mlops_remote_task SET due_millis = ? WHERE model = ? AND kind = ? AND subject = ?",
                    now,
                    about.model(),
                    about.kind(),
                    about.subject());
        });
    }

    @Override
    public List<RemoteTask> tasks(@CheckForNull String model, int most) {
        return database.read(sql -> RemoteTaskRows.list(sql, model, most));
    }

    @Override
    public void contacted(String offers) {
        change((tx, now) -> tx.update(
                "UPDATE mlops_remote SET contact_millis = ?, offers = ?, failure = '', failing_millis = 0 WHERE id = 1",
                now,
                offers));
    }

    @Override
    public void polled() {
        change((tx, now) -> tx.update("UPDATE mlops_remote SET poll_millis = ? WHERE id = 1", now));
    }

    @Override
    public void hurry(long nowMillis) {
        change((tx, now) -> tx.update(
                "UPDATE mlops_remote_task SET due_millis = ? WHERE state = 'WAITING' AND due_millis > ?",
                nowMillis,
                nowMillis));
    }

    @Override
    public void failing(String reason) {
        change((tx, now) -> tx.update(
                "UPDATE mlops_remote SET failure = ?, failing_millis = CASE WHEN failing_millis = 0 THEN ?"
                        + " ELSE failing_millis END WHERE id = 1",
                reason.length() <= Limits.LINE ? reason : reason.substring(0, Limits.LINE),
                now));
    }

    @Override
    public Optional<RemoteLink> link(String model, int number) {
        return database.read(sql -> RemoteFindings.links(sql, "WHERE model = ? AND number = ?", model, number).stream()
                .findFirst());
    }

    @Override
    public List<RemoteLink> links(String model) {
        return database.read(sql -> RemoteFindings.links(sql, "WHERE model = ? ORDER BY number", model));
    }

    @Override
    public Set<String> linkedModels() {
        return database.read(sql ->
                new HashSet<>(sql.list("SELECT DISTINCT model FROM mlops_remote_version", row -> row.getString(1))));
    }

    @Override
    public void link(RemoteLink link) {
        change((tx, now) -> RemoteFindings.link(tx, link));
    }

    @Override
    public void unlink(String model, int number) {
        change((tx, now) ->
                tx.update("DELETE FROM mlops_remote_version WHERE model = ? AND number = ?", model, number));
    }

    @Override
    public List<Drift> noteDrift(String model, List<Drift> found, String how) {
        return database.write(tx -> RemoteFindings.noteDrift(tx, model, found, how, clock.millis()));
    }

    @Override
    public void restore(Drift drift, String actor) {
        Limits.line("The user", actor, Limits.LINE);
        change((tx, now) -> RemoteFindings.restore(tx, drift, actor, now));
    }

    @Override
    public List<Drift> drifts(@CheckForNull String model) {
        return database.read(sql -> RemoteFindings.drifts(sql, model));
    }

    @Override
    public void noteOutside(String model, Collection<OutsideVersion> found) {
        change((tx, now) -> RemoteFindings.noteOutside(tx, model, found, now));
    }

    @Override
    public Listing<OutsideVersion> outside(String model, int offset, int limit) {
        return database.read(sql -> RemoteFindings.outside(sql, model, offset, limit));
    }

    @Override
    public boolean firstDelivery(String deliveryId, long nowMillis) {
        String hash = Ledger.sha256(deliveryId);
        return database.write(tx -> {
            tx.lockHead();
            tx.update("DELETE FROM mlops_remote_delivery WHERE millis < ?", nowMillis - REMEMBERED_MILLIS);
            if (tx.first("SELECT 1 FROM mlops_remote_delivery WHERE id_hash = ?", row -> 1, hash)
                    .isPresent()) {
                return false;
            }
            tx.update("INSERT INTO mlops_remote_delivery (id_hash, millis) VALUES (?, ?)", hash, nowMillis);
            return true;
        });
    }
}
