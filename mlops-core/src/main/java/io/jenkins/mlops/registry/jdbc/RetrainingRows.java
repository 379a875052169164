package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.monitor.retraining.RetrainingAttempt;
import io.jenkins.mlops.monitor.retraining.RetrainingAttempt.State;
import io.jenkins.mlops.registry.Ledger;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads and writes the retrainings that were claimed. */
final class RetrainingRows {
    private static final String ACTIVE =
            "state IN ('" + State.CLAIMED + "', '" + State.QUEUED + "', '" + State.RUNNING + "')";
    private static final String SELECT = "SELECT document FROM mlops_retraining ";

    private RetrainingRows() {}

    /** The leave to retrain, given once; the caller has locked the head, so that no other controller is in between. */
    static boolean claim(Transaction tx, RetrainingAttempt attempt) throws SQLException {
        String model = Ledger.sha256(attempt.model());
        boolean taken = tx.first("SELECT 1 FROM mlops_retraining WHERE attempt_key = ?", row -> 1, attempt.key())
                .isPresent();
        if (taken || attempt.state().active() && othersRun(tx, model, attempt.key())) {
            return false;
        }
        tx.insert(
                "INSERT INTO mlops_retraining (attempt_key, model_hash, state, claimed_millis, document)"
                        + " VALUES (?, ?, ?, ?, ?)",
                attempt.key(),
                model,
                attempt.state(),
                attempt.claimedMillis(),
                Json.write(attempt));
        return true;
    }

    private static boolean othersRun(Transaction tx, String model, String key) throws SQLException {
        return tx.first(
                        "SELECT 1 FROM mlops_retraining WHERE model_hash = ? AND attempt_key <> ? AND " + ACTIVE,
                        row -> 1,
                        model,
                        key)
                .isPresent();
    }

    static boolean update(Transaction tx, RetrainingAttempt expected, RetrainingAttempt changed) throws SQLException {
        Optional<RetrainingAttempt> present = find(tx, expected.key());
        if (present.isEmpty() || !present.get().equals(expected)) {
            return false;
        }
        String model = Ledger.sha256(changed.model());
        boolean begins = changed.state().active() && !expected.state().active();
        if (begins && othersRun(tx, model, changed.key())) {
            return false;
        }
        tx.update(
                "UPDATE mlops_retraining SET model_hash = ?, state = ?, document = ? WHERE attempt_key = ?",
                model,
                changed.state(),
                Json.write(changed),
                changed.key());
        return true;
    }

    static Optional<RetrainingAttempt> find(Sql sql, String key) throws SQLException {
        return list(sql, "WHERE attempt_key = ?", key).stream().findFirst();
    }

    static List<RetrainingAttempt> ofModel(Sql sql, String model, int limit) throws SQLException {
        return list(sql, "WHERE model_hash = ? ORDER BY id DESC LIMIT ?", Ledger.sha256(model), limit);
    }

    static List<RetrainingAttempt> active(Sql sql) throws SQLException {
        return list(sql, "WHERE " + ACTIVE + " ORDER BY id");
    }

    static int countActive(Sql sql) throws SQLException {
        return sql.first("SELECT COUNT(*) FROM mlops_retraining WHERE " + ACTIVE, row -> row.getInt(1))
                .orElseThrow();
    }

    static int countSuggested(Sql sql) throws SQLException {
        return sql.first("SELECT COUNT(*) FROM mlops_retraining WHERE state = ?", row -> row.getInt(1), State.SUGGESTED)
                .orElseThrow();
    }

    private static List<RetrainingAttempt> list(Sql sql, String condition, Object... values) throws SQLException {
        return sql.list(SELECT + condition, row -> Json.read(row.getString(1), RetrainingAttempt.class), values);
    }

    static int prune(Transaction tx, long before) throws SQLException {
        return tx.update(
                "DELETE FROM mlops_retraining WHERE claimed_millis < ? AND NOT (" + ACTIVE + ") AND state <> ?",
                before,
                State.SUGGESTED);
    }
}
