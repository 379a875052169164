package io.jenkins.mlops.monitor;

import io.jenkins.mlops.monitor.endpoint.EndpointHealthWindow;
import io.jenkins.mlops.monitor.endpoint.HealthState;
import io.jenkins.mlops.monitor.endpoint.HealthStep;
import io.jenkins.mlops.monitor.retraining.RetrainingAttempt;
import io.jenkins.mlops.monitor.signal.SignalTrack;
import io.jenkins.mlops.monitor.window.ReadingState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where monitors are kept, with what they have read, seen and decided. Safe for use by many threads; every change is on
 * disk when its method returns.
 */
public interface MonitorStore {
    /** The most that one list returns. */
    int MOST = 1_000;

    /**
     * Makes a monitor, or changes what it watches and what follows; what it has seen stays.
     *
     * @param monitor of which id, model, endpoint, job, configuration and enabled are taken
     * @return the monitor as it is kept
     */
    MonitorRecord save(MonitorRecord monitor);

    /** The monitor of an id. */
    Optional<MonitorRecord> monitor(String id);

    /** All monitors by their ids. */
    List<MonitorRecord> monitors();

    /** The monitors whose retrainings a job builds, by their ids. */
    List<MonitorRecord> monitorsOf(String job);

    /**
     * How many enabled monitors have a signal in alarm, or fail to look. Made to be asked for often: it reads no signals.
     *
     * @param failures from how many failed looks in a row on a monitor counts
     */
    int wantingAttention(int failures);

    /**
     * The enabled monitors with a signal in alarm, by their ids, then those that only fail to look.
     *
     * @param failures from how many failed looks in a row on a monitor counts
     * @param limit 1 to {@value #MOST}
     */
    List<MonitorRecord> wantingAttention(int failures, int limit);

    /**
     * How many monitors and retrainings there are. It reads the text of signals, so it is asked for a few times a minute at
     * most.
     *
     * @param failures from how many failed looks in a row on a monitor counts as failing
     */
    MonitorTotals totals(int failures);

    /** Removes a monitor with everything it has seen; its retrainings stay, as they belong to the model's history. */
    boolean delete(String id);

    /** Follows a job that was renamed or moved. @return how many monitors named it */
    int renameJob(String from, String to);

    /** How far a monitor has read; empty before its first look. */
    Optional<ReadingState> reading(String monitor);

    /** The signals of a monitor as they stand, by their names. */
    List<SignalTrack> tracks(String monitor);

    /**
     * Keeps a look: windows, signals and how far was read, in one transaction.
     *
     * @return false, and nothing is changed, when another look was kept since {@link Look#revision} or the monitor is gone
     */
    boolean keep(Look look);

    /** How an endpoint's present window stands; empty before the first look at it. */
    Optional<HealthState> health(String monitor);

    /**
     * Keeps a look at an endpoint: its state, and the window and changes of signals that it closed, in one transaction.
     *
     * @return false, and nothing is changed, when another one was kept since it began, or the monitor is gone
     */
    boolean keep(HealthStep step);

    /** The youngest windows of an endpoint, youngest first. */
    List<EndpointHealthWindow> healthWindows(String monitor, int limit);

    /** All signals of a monitor as they stand: those of its logs, then those of its endpoint. */
    List<SignalTrack> signals(String monitor);

    /** The signals of every monitor, as {@link #signals} has them, by the monitors' ids: in one question. */
    Map<String, List<SignalTrack>> allSignals();

    /** Notes that a look failed; the failures in a row are counted. */
    void failed(String monitor, String message, long millis);

    /**
     * The youngest windows, youngest first, without histograms, details and the columns' notes.
     *
     * @param limit 1 to {@value #MOST}
     */
    List<WindowRecord> windows(String monitor, int limit);

    /** One window with its details and the histograms that a compact report keeps. */
    Optional<WindowRecord> window(String monitor, String key);

    /** The youngest changes of signals, youngest first. */
    List<SignalChange> changes(String monitor, int limit);

    /** The labels of a monitor's predictions; empty before the first ones came. */
    Optional<FeedbackRecord> feedback(String monitor);

    /**
     * Keeps labels and what they show, in one transaction.
     *
     * @return false, and nothing is changed, when a look was kept since {@link FeedbackLook#revision} or the monitor is gone
     */
    boolean keep(FeedbackLook look);

    /** The quality of the youngest windows that have labels, youngest first. */
    List<QualityRecord> qualities(String monitor, int limit);

    /** Keeps a decision. One that repeats the last one of its kind, action, signal and window is not kept again. */
    void decided(MonitorDecision decision);

    /** The youngest decisions, youngest first. */
    List<MonitorDecision> decisions(String monitor, int limit);

    /**
     * Claims a retraining: the leave to queue its build. Of any number of callers, on any number of controllers and over
     * any number of restarts, one gets it.
     *
     * @return false, and nothing is changed, when there is an attempt of its key already, or an active one of its model
     *     ({@link RetrainingAttempt.State#active})
     */
    boolean claim(RetrainingAttempt attempt);

    /**
     * Changes an attempt if it is still as expected.
     *
     * @param expected the attempt as the caller read it
     * @param changed of the same key
     * @return false, and nothing is changed, when it isn't
     */
    boolean update(RetrainingAttempt expected, RetrainingAttempt changed);

    /** The attempt of a key. */
    Optional<RetrainingAttempt> attempt(String key);

    /** The youngest attempts of a model, youngest first. */
    List<RetrainingAttempt> attempts(String model, int limit);

    /** Attempts whose builds are claimed, queued or running: to be taken up again after a restart. */
    List<RetrainingAttempt> activeAttempts();

    /** Removes what is older than the retention. @return how many rows */
    int prune(Retention retention, long nowMillis);
}
