package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Listing;
import io.jenkins.mlops.registry.mlflow.Drift;
import io.jenkins.mlops.registry.mlflow.OutsideVersion;
import io.jenkins.mlops.registry.mlflow.RemoteLink;
import io.jenkins.mlops.registry.mlflow.RemoteTask;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads and writes which version is which at the MLflow server, and what was found there past the record. */
final class RemoteFindings {
    /** Most versions that one entry of the ledger names. */
    private static final int NAMED = 50;

    private RemoteFindings() {}

    static List<RemoteLink> links(Sql sql, String condition, Object... values) throws SQLException {
        return sql.list(
                "SELECT model, number, remote_number, run_id FROM mlops_remote_version " + condition,
                row -> new RemoteLink(row.getString(1), row.getInt(2), row.getInt(3), row.getString(4)),
                values);
    }

    static void link(Transaction tx, RemoteLink link) throws SQLException {
        tx.lockHead();
        tx.update(
                "DELETE FROM mlops_remote_version WHERE model = ? AND (number = ? OR remote_number = ?)",
                link.model(),
                link.number(),
                link.remoteNumber());
        tx.update(
                "INSERT INTO mlops_remote_version (model, number, remote_number, run_id) VALUES (?, ?, ?, ?)",
                link.model(),
                link.number(),
                link.remoteNumber(),
                link.runId());
        tx.update(
                "DELETE FROM mlops_remote_outside WHERE model = ? AND remote_number = ?",
                link.model(),
                link.remoteNumber());
    }

    static List<Drift> drifts(Sql sql, @CheckForNull String model) throws SQLException {
        String select = "SELECT model, alias, expected, found, since_millis FROM mlops_remote_drift ";
        Sql.Row<Drift> read =
                row -> new Drift(row.getString(1), row.getString(2), row.getInt(3), row.getInt(4), row.getLong(5));
        return model == null
                ? sql.list(select + "ORDER BY since_millis, model, alias", read)
                : sql.list(select + "WHERE model = ? ORDER BY since_millis, alias", read, model);
    }

    static List<Drift> noteDrift(Transaction tx, String model, List<Drift> found, String how, long now)
            throws SQLException {
        tx.lockHead();
        List<Drift> news = new ArrayList<>();
        List<Drift> known = drifts(tx, model);
        for (Drift before : known) {
            Drift same = found.stream()
                    .filter(drift -> drift.alias().equals(before.alias()))
                    .findFirst()
                    .orElse(null);
            if (same == null || !(same.expected() == before.expected() && same.found() == before.found())) {
                tx.update("DELETE FROM mlops_remote_drift WHERE model = ? AND alias = ?", model, before.alias());
            }
            if (same == null) {
                tx.ledger("remote.drift-ended", model, "system", now, payload(before));
            }
        }
        for (Drift drift : found) {
            boolean same = known.stream()
                    .anyMatch(before -> before.alias().equals(drift.alias())
                            && before.expected() == drift.expected()
                            && before.found() == drift.found());
            if (!same) {
                tx.update(
                        "INSERT INTO mlops_remote_drift (model, alias, expected, found, since_millis)"
                                + " VALUES (?, ?, ?, ?, ?)",
                        model,
                        drift.alias(),
                        drift.expected(),
                        drift.found(),
                        now);
                Map<String, Object> payload = payload(drift);
                payload.put("by", how);
                tx.ledger("remote.drifted", model, "system", now, payload);
                news.add(drift);
            }
        }
        return news;
    }

    static void restore(Transaction tx, Drift drift, String actor, long now) throws SQLException {
        tx.ledger("remote.restored", drift.model(), actor, now, payload(drift));
        if (drift.alias().isEmpty()) {
            tx.update("DELETE FROM mlops_remote_version WHERE model = ?", drift.model());
            RemoteTaskRows.enqueue(tx, new RemoteTask.About(drift.model(), RemoteTask.Kind.MODEL, ""), 0, now);
            for (String alias : tx.list(
                    "SELECT a.alias FROM mlops_alias a JOIN mlops_model m ON m.id = a.model_id WHERE m.name = ?"
                            + " ORDER BY a.alias",
                    row -> row.getString(1),
                    drift.model())) {
                RemoteTaskRows.enqueue(tx, new RemoteTask.About(drift.model(), RemoteTask.Kind.ALIAS, alias), 0, now);
            }
        } else {
            RemoteTaskRows.enqueue(
                    tx, new RemoteTask.About(drift.model(), RemoteTask.Kind.ALIAS, drift.alias()), 0, now);
        }
    }

    private static Map<String, Object> payload(Drift drift) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("alias", drift.alias());
        payload.put("expectedThere", drift.expected());
        payload.put("foundThere", drift.found());
        return payload;
    }

    static void noteOutside(Transaction tx, String model, Collection<OutsideVersion> found, long now)
            throws SQLException {
        tx.lockHead();
        Set<Integer> known = new HashSet<>(
                tx.list("SELECT remote_number FROM mlops_remote_outside WHERE model = ?", row -> row.getInt(1), model));
        List<Integer> news = new ArrayList<>();
        List<Object[]> rows = new ArrayList<>();
        for (OutsideVersion version : found) {
            if (!known.remove(version.remoteNumber())) {
                news.add(version.remoteNumber());
                rows.add(new Object[] {
                    model,
                    version.remoteNumber(),
                    version.source(),
                    version.runId(),
                    version.user(),
                    version.createdMillis()
                });
            }
        }
        tx.batch(
                "INSERT INTO mlops_remote_outside (model, remote_number, source, run_id, user_id, created_millis)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                rows);
        for (int gone : known) {
            tx.update("DELETE FROM mlops_remote_outside WHERE model = ? AND remote_number = ?", model, gone);
        }
        if (!news.isEmpty()) {
            Map<String, Object> payload = new LinkedHashMap<>();
            payload.put("there", news.subList(0, Math.min(NAMED, news.size())));
            payload.put("count", news.size());
            tx.ledger("remote.versions-found", model, "system", now, payload);
        }
    }

    static Listing<OutsideVersion> outside(Sql sql, String model, int offset, int limit) throws SQLException {
        long total = sql.first(
                        "SELECT COUNT(*) FROM mlops_remote_outside WHERE model = ?", row -> row.getLong(1), model)
                .orElse(0L);
        List<OutsideVersion> items = sql.list(
                "SELECT model, remote_number, source, run_id, user_id, created_millis FROM mlops_remote_outside"
                        + " WHERE model = ? ORDER BY remote_number DESC LIMIT ? OFFSET ?",
                row -> new OutsideVersion(
                        row.getString(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getLong(6)),
                model,
                limit,
                offset);
        return new Listing<>(items, total, offset, limit);
    }
}
