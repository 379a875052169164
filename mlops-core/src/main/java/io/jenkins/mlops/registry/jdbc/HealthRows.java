package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.monitor.endpoint.EndpointHealthWindow;
import io.jenkins.mlops.monitor.endpoint.HealthState;
import io.jenkins.mlops.monitor.endpoint.HealthStep;
import io.jenkins.mlops.registry.Ledger;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads and writes how endpoints did. */
final class HealthRows {
    private HealthRows() {}

    static Optional<HealthState> state(Sql sql, String monitor) throws SQLException {
        return sql.first(
                        "SELECT health FROM mlops_monitor WHERE name_hash = ?",
                        row -> Optional.ofNullable(row.getString(1)),
                        Ledger.sha256(monitor))
                .flatMap(text -> text)
                .map(text -> Json.read(text, HealthState.class));
    }

    static boolean keep(Transaction tx, HealthStep step) throws SQLException {
        String hash = Ledger.sha256(step.monitor());
        int kept = tx.update(
                "UPDATE mlops_monitor SET health = ?, health_alarms = ?, health_revision = ?"
                        + " WHERE name_hash = ? AND health_revision = ?",
                Json.write(step.state()),
                MonitorRows.alarms(step.state().tracks()),
                step.state().revision(),
                hash,
                step.state().revision() - 1);
        if (kept == 0) {
            return false;
        }
        long id = tx.first("SELECT id FROM mlops_monitor WHERE name_hash = ?", row -> row.getLong(1), hash)
                .orElseThrow();
        EndpointHealthWindow closed = step.closed();
        if (closed != null) {
            tx.insert(
                    "INSERT INTO mlops_monitor_health (monitor_id, from_millis, document) VALUES (?, ?, ?)",
                    id,
                    closed.fromMillis(),
                    Json.write(closed));
        }
        MonitorRows.changed(tx, id, step.changes());
        return true;
    }

    static List<EndpointHealthWindow> windows(Sql sql, String monitor, int limit) throws SQLException {
        return MonitorRows.documents(sql, "mlops_monitor_health", monitor, limit, EndpointHealthWindow.class);
    }
}
