package io.jenkins.mlops.registry.jdbc;

import com.fasterxml.jackson.core.type.TypeReference;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.monitor.Expect;
import io.jenkins.mlops.monitor.Look;
import io.jenkins.mlops.monitor.MonitorDecision;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.monitor.MonitorTotals;
import io.jenkins.mlops.monitor.Retention;
import io.jenkins.mlops.monitor.SignalChange;
import io.jenkins.mlops.monitor.SignalState;
import io.jenkins.mlops.monitor.WindowRecord;
import io.jenkins.mlops.monitor.drift.ColumnDrift;
import io.jenkins.mlops.monitor.drift.DriftReport;
import io.jenkins.mlops.monitor.signal.SignalTrack;
import io.jenkins.mlops.monitor.window.ReadingState;
import io.jenkins.mlops.monitor.window.WindowResult;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.RegistryException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads and writes monitors, their windows, the changes of their signals and their decisions. */
final class MonitorRows {
    private static final TypeReference<List<SignalTrack>> TRACKS = new TypeReference<>() {};

    /** A report whose text is longer keeps neither histograms nor notes of columns. */
    private static final int REPORT = 8_000_000;

    private static final String SELECT = "SELECT name, model, endpoint, job, config, enabled, created_millis,"
            + " changed_millis, looked_millis, failures, failure, revision FROM mlops_monitor ";

    private static final String WANTING_ATTENTION = "enabled = ? AND (alarms + health_alarms > 0 OR failures >= ?)";

    private MonitorRows() {}

    static Optional<MonitorRecord> find(Sql sql, String id) throws SQLException {
        return sql.first(SELECT + "WHERE name_hash = ?", MonitorRows::row, Ledger.sha256(id));
    }

    static List<MonitorRecord> all(Sql sql) throws SQLException {
        return sql.list(SELECT + "ORDER BY name, id", MonitorRows::row);
    }

    static List<MonitorRecord> ofJob(Sql sql, String job) throws SQLException {
        return sql.list(SELECT + "WHERE job = ? ORDER BY name, id", MonitorRows::row, job);
    }

    static int wantingAttention(Sql sql, int failures) throws SQLException {
        return sql.first(
                        "SELECT COUNT(*) FROM mlops_monitor WHERE " + WANTING_ATTENTION,
                        row -> row.getInt(1),
                        true,
                        failures)
                .orElseThrow();
    }

    static List<MonitorRecord> wantingAttention(Sql sql, int failures, int limit) throws SQLException {
        return sql.list(
                SELECT + "WHERE " + WANTING_ATTENTION
                        + " ORDER BY CASE WHEN alarms + health_alarms > 0 THEN 0 ELSE 1 END, name, id LIMIT ?",
                MonitorRows::row,
                true,
                failures,
                limit);
    }

    static MonitorTotals totals(Sql sql, int failures) throws SQLException {
        // Quotes within texts are escaped; labels of an endpoint's metrics, which are as they come, stand before.
        String suspect = "%\"state\":\"" + SignalState.SUSPECT + "\"%";
        int retrainings = RetrainingRows.countActive(sql);
        int suggestions = RetrainingRows.countSuggested(sql);
        return sql.first(
                        "SELECT COUNT(*), COUNT(CASE WHEN enabled = ? AND alarms + health_alarms > 0 THEN 1 END),"
                                + " COUNT(CASE WHEN enabled = ? AND alarms + health_alarms = 0"
                                + " AND (tracks LIKE ? OR health LIKE ?) THEN 1 END),"
                                + " COUNT(CASE WHEN enabled = ? AND failures >= ? THEN 1 END) FROM mlops_monitor",
                        row -> new MonitorTotals(
                                row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4), retrainings, suggestions),
                        true,
                        true,
                        suspect,
                        "%\"tracks\":[" + suspect,
                        true,
                        failures)
                .orElseThrow();
    }

    private static MonitorRecord row(ResultSet row) throws SQLException {
        return new MonitorRecord(
                row.getString("name"),
                row.getString("model"),
                row.getString("endpoint"),
                row.getString("job"),
                row.getString("config"),
                row.getBoolean("enabled"),
                row.getLong("created_millis"),
                row.getLong("changed_millis"),
                row.getLong("looked_millis"),
                row.getInt("failures"),
                row.getString("failure"),
                row.getLong("revision"));
    }

    private static Optional<Long> id(Sql sql, String monitor) throws SQLException {
        return sql.first(
                "SELECT id FROM mlops_monitor WHERE name_hash = ?", row -> row.getLong(1), Ledger.sha256(monitor));
    }

    static MonitorRecord save(Transaction tx, MonitorRecord monitor, long now) throws SQLException {
        String hash = Ledger.sha256(monitor.id());
        int changed = tx.update(
                "UPDATE mlops_monitor SET model = ?, endpoint = ?, job = ?, config = ?, enabled = ?, changed_millis = ?"
                        + " WHERE name_hash = ?",
                clean(monitor.model()),
                clean(monitor.endpoint()),
                clean(monitor.job()),
                clean(monitor.configJson()),
                monitor.enabled(),
                now,
                hash);
        if (changed == 0) {
            tx.insert(
                    "INSERT INTO mlops_monitor (name, name_hash, model, endpoint, job, config, enabled, created_millis,"
                            + " changed_millis, looked_millis, failures, failure, revision, tracks)"
                            + " VALUES (" + Sql.marks(14) + ")",
                    clean(monitor.id()),
                    hash,
                    clean(monitor.model()),
                    clean(monitor.endpoint()),
                    clean(monitor.job()),
                    clean(monitor.configJson()),
                    monitor.enabled(),
                    now,
                    now,
                    0L,
                    0,
                    "",
                    0L,
                    "[]");
        }
        return find(tx, monitor.id())
                .orElseThrow(() -> new RegistryException.NotFound("No monitor is named '" + monitor.id() + "'"));
    }

    /** PostgreSQL's texts can't hold NUL. */
    private static String clean(String text) {
        return text.replace('\0', '\uFFFD');
    }

    static boolean delete(Transaction tx, String monitor) throws SQLException {
        Optional<Long> id = id(tx, monitor);
        if (id.isEmpty()) {
            return false;
        }
        FeedbackRows.delete(tx, id.get());
        tx.update("DELETE FROM mlops_monitor_window WHERE monitor_id = ?", id.get());
        tx.update("DELETE FROM mlops_monitor_change WHERE monitor_id = ?", id.get());
        tx.update("DELETE FROM mlops_monitor_health WHERE monitor_id = ?", id.get());
        tx.update("DELETE FROM mlops_monitor_decision WHERE monitor_id = ?", id.get());
        return tx.update("DELETE FROM mlops_monitor WHERE id = ?", id.get()) > 0;
    }

    static Optional<ReadingState> reading(Sql sql, String monitor) throws SQLException {
        return sql.first(
                        "SELECT reading FROM mlops_monitor WHERE name_hash = ?",
                        row -> Optional.ofNullable(row.getString(1)),
                        Ledger.sha256(monitor))
                .flatMap(text -> text)
                .map(text -> Json.read(text, ReadingState.class));
    }

    static List<SignalTrack> tracks(Sql sql, String monitor) throws SQLException {
        return sql.first(
                        "SELECT tracks FROM mlops_monitor WHERE name_hash = ?",
                        row -> row.getString(1),
                        Ledger.sha256(monitor))
                .map(text -> Json.read(text, TRACKS))
                .orElse(List.of());
    }

    static Map<String, List<SignalTrack>> allSignals(Sql sql) throws SQLException {
        Map<String, List<SignalTrack>> signals = new HashMap<>();
        sql.list(
                "SELECT name, tracks, health FROM mlops_monitor",
                row -> signals.put(row.getString(1), signals(row.getString(2), row.getString(3))));
        return signals;
    }

    static List<SignalTrack> signals(Sql sql, String monitor) throws SQLException {
        return sql.first(
                        "SELECT tracks, health FROM mlops_monitor WHERE name_hash = ?",
                        row -> signals(row.getString(1), row.getString(2)),
                        Ledger.sha256(monitor))
                .orElse(List.of());
    }

    private static List<SignalTrack> signals(String tracks, @CheckForNull String health) {
        List<SignalTrack> all = new ArrayList<>(Json.read(tracks, TRACKS));
        if (health != null) {
            // Not the whole state, which has a day's latencies.
            all.addAll(Json.read(health, HealthTracks.class).tracks());
        }
        return all;
    }

    /** What is read of {@link io.jenkins.mlops.monitor.endpoint.HealthState}. */
    private record HealthTracks(List<SignalTrack> tracks) {}

    static boolean keep(Transaction tx, Look look) throws SQLException {
        int kept = tx.update(
                "UPDATE mlops_monitor SET reading = ?, tracks = ?, alarms = ?, looked_millis = ?, failures = 0,"
                        + " failure = '', revision = revision + 1 WHERE name_hash = ? AND revision = ?",
                Json.write(look.reading()),
                Json.write(look.tracks()),
                alarms(look.tracks()),
                look.millis(),
                Ledger.sha256(look.monitor()),
                look.revision());
        if (kept == 0) {
            return false;
        }
        long id = id(tx, look.monitor()).orElseThrow();
        for (WindowRecord window : look.windows()) {
            keep(tx, id, window);
        }
        changed(tx, id, look.changes());
        return true;
    }

    /** How many of some signals are in alarm. */
    static int alarms(List<SignalTrack> tracks) {
        return (int) tracks.stream()
                .filter(track -> track.state() == SignalState.ALARM)
                .count();
    }

    /** Notes what a look of any kind has changed. */
    static void changed(Transaction tx, long monitor, List<SignalChange> changes) throws SQLException {
        for (SignalChange change : changes) {
            tx.insert(
                    "INSERT INTO mlops_monitor_change (monitor_id, document) VALUES (?, ?)",
                    monitor,
                    Json.write(change));
        }
    }

    private static void keep(Transaction tx, long monitor, WindowRecord window) throws SQLException {
        String hash = Ledger.sha256(window.result().key());
        if (tx.first(
                        "SELECT 1 FROM mlops_monitor_window WHERE monitor_id = ? AND key_hash = ?",
                        row -> 1,
                        monitor,
                        hash)
                .isPresent()) {
            return;
        }
        String report = Json.write(with(window.result(), DriftReport::compact));
        if (report.length() > REPORT) {
            report = Json.write(with(window.result(), MonitorRows::bare));
        }
        tx.insert(
                "INSERT INTO mlops_monitor_window (monitor_id, key_hash, version, summary, report, millis)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                monitor,
                hash,
                window.version(),
                Json.write(with(window.result(), MonitorRows::bare)),
                report,
                window.keptMillis());
    }

    private static WindowResult with(WindowResult result, UnaryOperator<DriftReport> change) {
        return result.drift() == null
                ? result
                : new WindowResult(
                        result.key(),
                        result.startMillis(),
                        result.endMillis(),
                        result.rows(),
                        change.apply(result.drift()),
                        result.findings(),
                        result.estimate(),
                        result.notes(),
                        result.digest());
    }

    private static DriftReport bare(DriftReport report) {
        return new DriftReport(
                report.referenceRows(),
                report.currentRows(),
                report.columns().stream().map(MonitorRows::bare).toList(),
                List.of(),
                report.share(),
                report.threshold(),
                report.drifted(),
                report.notes());
    }

    private static ColumnDrift bare(ColumnDrift column) {
        return column.withoutHistogram().withoutNotes();
    }

    static Void failed(Transaction tx, String monitor, String message) throws SQLException {
        String text = clean(message);
        tx.update(
                "UPDATE mlops_monitor SET failures = failures + 1, failure = ? WHERE name_hash = ?",
                text.length() <= Expect.SENTENCE ? text : text.substring(0, Expect.SENTENCE),
                Ledger.sha256(monitor));
        return null;
    }

    static List<WindowRecord> windows(Sql sql, String monitor, int limit) throws SQLException {
        return sql.list(
                "SELECT w.version, w.summary, w.millis FROM mlops_monitor_window w JOIN mlops_monitor m"
                        + " ON m.id = w.monitor_id WHERE m.name_hash = ? ORDER BY w.id DESC LIMIT ?",
                row -> window(monitor, row),
                Ledger.sha256(monitor),
                limit);
    }

    static Optional<WindowRecord> window(Sql sql, String monitor, String key) throws SQLException {
        return sql.first(
                "SELECT w.version, w.report, w.millis FROM mlops_monitor_window w JOIN mlops_monitor m"
                        + " ON m.id = w.monitor_id WHERE m.name_hash = ? AND w.key_hash = ?",
                row -> window(monitor, row),
                Ledger.sha256(monitor),
                Ledger.sha256(key));
    }

    private static WindowRecord window(String monitor, ResultSet row) throws SQLException {
        return new WindowRecord(
                monitor, row.getInt(1), Json.read(row.getString(2), WindowResult.class), row.getLong(3));
    }

    static <T> List<T> documents(Sql sql, String table, String monitor, int limit, Class<T> type) throws SQLException {
        return sql.list(
                "SELECT d.document FROM " + table + " d JOIN mlops_monitor m ON m.id = d.monitor_id"
                        + " WHERE m.name_hash = ? ORDER BY d.id DESC LIMIT ?",
                row -> Json.read(row.getString(1), type),
                Ledger.sha256(monitor),
                limit);
    }

    static Void decided(Transaction tx, MonitorDecision decision) throws SQLException {
        Optional<Long> id = id(tx, decision.monitor());
        if (id.isEmpty()) {
            return null;
        }
        boolean repeated =
                documents(tx, "mlops_monitor_decision", decision.monitor(), 20, MonitorDecision.class).stream()
                        .filter(last -> last.kind().equals(decision.kind()))
                        .findFirst()
                        .filter(last -> last.action().equals(decision.action())
                                && last.signal().equals(decision.signal())
                                && last.window().equals(decision.window()))
                        .isPresent();
        if (!repeated) {
            tx.insert(
                    "INSERT INTO mlops_monitor_decision (monitor_id, document) VALUES (?, ?)",
                    id.get(),
                    Json.write(decision));
        }
        return null;
    }

    static int prune(Transaction tx, Retention retention) throws SQLException {
        int gone = 0;
        for (long id : tx.list("SELECT id FROM mlops_monitor ORDER BY id", row -> row.getLong(1))) {
            gone += prune(tx, "mlops_monitor_window", id, retention.windows());
            gone += prune(tx, "mlops_monitor_health", id, retention.windows());
            gone += FeedbackRows.prune(tx, id, retention.windows());
            gone += prune(tx, "mlops_monitor_change", id, retention.changes());
            gone += prune(tx, "mlops_monitor_decision", id, retention.decisions());
        }
        return gone;
    }

    private static int prune(Transaction tx, String table, long monitor, int kept) throws SQLException {
        Optional<Long> youngestGone = tx.first(
                "SELECT id FROM " + table + " WHERE monitor_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?",
                row -> row.getLong(1),
                monitor,
                kept);
        return youngestGone.isEmpty()
                ? 0
                : tx.update("DELETE FROM " + table + " WHERE monitor_id = ? AND id <= ?", monitor, youngestGone.get());
    }
}
