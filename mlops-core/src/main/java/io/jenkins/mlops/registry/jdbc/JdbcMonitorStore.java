package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.monitor.Expect;
import io.jenkins.mlops.monitor.FeedbackLook;
import io.jenkins.mlops.monitor.FeedbackRecord;
import io.jenkins.mlops.monitor.Look;
import io.jenkins.mlops.monitor.MonitorDecision;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.monitor.MonitorStore;
import io.jenkins.mlops.monitor.MonitorTotals;
import io.jenkins.mlops.monitor.QualityRecord;
import io.jenkins.mlops.monitor.Retention;
import io.jenkins.mlops.monitor.SignalChange;
import io.jenkins.mlops.monitor.WindowRecord;
import io.jenkins.mlops.monitor.endpoint.EndpointHealthWindow;
import io.jenkins.mlops.monitor.endpoint.HealthState;
import io.jenkins.mlops.monitor.endpoint.HealthStep;
import io.jenkins.mlops.monitor.retraining.RetrainingAttempt;
import io.jenkins.mlops.monitor.signal.SignalTrack;
import io.jenkins.mlops.monitor.window.ReadingState;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Monitors in the registry's database.
 *
 * <p>What a monitor saw is no part of the ledger; what followed is, where it changes the registry: a new version, a
 * promotion, a rollback.
 */
public final class JdbcMonitorStore implements MonitorStore {
    private final RegistryDatabase database;
    private final Clock clock;

    /** The store in {@code database}, which its owner closes; times of changes are taken from {@code clock}. */
    public JdbcMonitorStore(RegistryDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public MonitorRecord save(MonitorRecord monitor) {
        return database.write(tx -> {
            tx.lockHead();
            return MonitorRows.save(tx, monitor, clock.millis());
        });
    }

    @Override
    public Optional<MonitorRecord> monitor(String id) {
        return database.read(sql -> MonitorRows.find(sql, id));
    }

    @Override
    public List<MonitorRecord> monitors() {
        return database.read(MonitorRows::all);
    }

    @Override
    public List<MonitorRecord> monitorsOf(String job) {
        return database.read(sql -> MonitorRows.ofJob(sql, job));
    }

    @Override
    public int wantingAttention(int failures) {
        return database.read(sql -> MonitorRows.wantingAttention(sql, failures));
    }

    @Override
    public List<MonitorRecord> wantingAttention(int failures, int limit) {
        int most = limited(limit);
        return database.read(sql -> MonitorRows.wantingAttention(sql, failures, most));
    }

    @Override
    public MonitorTotals totals(int failures) {
        return database.read(sql -> MonitorRows.totals(sql, failures));
    }

    @Override
    public boolean delete(String id) {
        return database.write(tx -> {
            tx.lockHead();
            return MonitorRows.delete(tx, id);
        });
    }

    @Override
    public int renameJob(String from, String to) {
        Expect.name(to, "a job's name");
        return database.write(tx -> tx.update("UPDATE mlops_monitor SET job = ? WHERE job = ?", to, from));
    }

    @Override
    public Optional<ReadingState> reading(String monitor) {
        return database.read(sql -> MonitorRows.reading(sql, monitor));
    }

    @Override
    public List<SignalTrack> tracks(String monitor) {
        return database.read(sql -> MonitorRows.tracks(sql, monitor));
    }

    @Override
    public boolean keep(Look look) {
        return database.write(tx -> {
            tx.lockHead();
            return MonitorRows.keep(tx, look);
        });
    }

    @Override
    public Optional<HealthState> health(String monitor) {
        return database.read(sql -> HealthRows.state(sql, monitor));
    }

    @Override
    public boolean keep(HealthStep step) {
        return database.write(tx -> {
            tx.lockHead();
            return HealthRows.keep(tx, step);
        });
    }

    @Override
    public List<EndpointHealthWindow> healthWindows(String monitor, int limit) {
        int most = limited(limit);
        return database.read(sql -> HealthRows.windows(sql, monitor, most));
    }

    @Override
    public List<SignalTrack> signals(String monitor) {
        return database.read(sql -> MonitorRows.signals(sql, monitor));
    }

    @Override
    public Map<String, List<SignalTrack>> allSignals() {
        return database.read(MonitorRows::allSignals);
    }

    @Override
    public void failed(String monitor, String message, long millis) {
        database.write(tx -> MonitorRows.failed(tx, monitor, message));
    }

    @Override
    public List<WindowRecord> windows(String monitor, int limit) {
        int most = limited(limit);
        return database.read(sql -> MonitorRows.windows(sql, monitor, most));
    }

    @Override
    public Optional<WindowRecord> window(String monitor, String key) {
        return database.read(sql -> MonitorRows.window(sql, monitor, key));
    }

    @Override
    public List<SignalChange> changes(String monitor, int limit) {
        int most = limited(limit);
        return database.read(
                sql -> MonitorRows.documents(sql, "mlops_monitor_change", monitor, most, SignalChange.class));
    }

    @Override
    public Optional<FeedbackRecord> feedback(String monitor) {
        return database.read(sql -> FeedbackRows.find(sql, monitor));
    }

    @Override
    public boolean keep(FeedbackLook look) {
        return database.write(tx -> {
            tx.lockHead();
            return FeedbackRows.keep(tx, look);
        });
    }

    @Override
    public List<QualityRecord> qualities(String monitor, int limit) {
        int most = limited(limit);
        return database.read(sql -> FeedbackRows.qualities(sql, monitor, most));
    }

    @Override
    public void decided(MonitorDecision decision) {
        database.write(tx -> MonitorRows.decided(tx, decision));
    }

    @Override
    public List<MonitorDecision> decisions(String monitor, int limit) {
        int most = limited(limit);
        return database.read(
                sql -> MonitorRows.documents(sql, "mlops_monitor_decision", monitor, most, MonitorDecision.class));
    }

    @Override
    public boolean claim(RetrainingAttempt attempt) {
        return database.write(tx -> {
            tx.lockHead();
            return RetrainingRows.claim(tx, attempt);
        });
    }

    @Override
    public boolean update(RetrainingAttempt expected, RetrainingAttempt changed) {
        Expect.that(expected.key().equals(changed.key()), "an attempt of the same key", changed.key());
        return database.write(tx -> {
            tx.lockHead();
            return RetrainingRows.update(tx, expected, changed);
        });
    }

    @Override
    public Optional<RetrainingAttempt> attempt(String key) {
        return database.read(sql -> RetrainingRows.find(sql, key));
    }

    @Override
    public List<RetrainingAttempt> attempts(String model, int limit) {
        int most = limited(limit);
        return database.read(sql -> RetrainingRows.ofModel(sql, model, most));
    }

    @Override
    public List<RetrainingAttempt> activeAttempts() {
        return database.read(RetrainingRows::active);
    }

    @Override
    public int prune(Retention retention, long nowMillis) {
        return database.write(tx ->
                MonitorRows.prune(tx, retention) + RetrainingRows.prune(tx, nowMillis - retention.attemptMillis()));
    }

    private static int limited(int limit) {
        Expect.that(limit >= 1 && limit <= MOST, "a limit from 1 to " + MOST, limit);
        return limit;
    }
}
