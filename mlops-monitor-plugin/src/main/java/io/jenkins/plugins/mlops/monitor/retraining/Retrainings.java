package io.jenkins.plugins.mlops.monitor.retraining;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.mlops.evaluation.MetricCatalog;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.monitor.MonitorDecision;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.monitor.MonitorStore;
import io.jenkins.mlops.monitor.SignalState;
import io.jenkins.mlops.monitor.WindowRecord;
import io.jenkins.mlops.monitor.plan.FeedbackPlan;
import io.jenkins.mlops.monitor.plan.MonitorPlan;
import io.jenkins.mlops.monitor.plan.WindowSignals;
import io.jenkins.mlops.monitor.quality.QualityEstimate;
import io.jenkins.mlops.monitor.retraining.EffectMeasure;
import io.jenkins.mlops.monitor.retraining.RetrainingAttempt;
import io.jenkins.mlops.monitor.retraining.RetrainingAttempt.State;
import io.jenkins.mlops.monitor.retraining.RetrainingDecision;
import io.jenkins.mlops.monitor.retraining.RetrainingRequest;
import io.jenkins.mlops.monitor.signal.SignalTrack;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;

/**
 * Retrainings from the alarm to the effect. The store's claim decides who may queue a build; a claim whose build was not
 * seen is looked for by its key before it is queued again, so that whatever ends Jenkins, each is built once.
 */
@Extension
public final class Retrainings {
    private static final String KIND = "retraining";
    private static final int MOST_BUILDS = 100;
    private static final int MOST_DECISIONS = 200;
    private static final int MEASURED = 20;
    private static final int MEASURED_WINDOWS = 200;

    /** Those that this Jenkins has queued since it started. */
    private final Set<String> queuedHere = ConcurrentHashMap.newKeySet();

    public static Retrainings get() {
        return ExtensionList.lookupSingleton(Retrainings.class);
    }

    private static MonitorStore store() {
        return RegistryConnection.get().monitors();
    }

    /**
     * Decides what follows a monitor's signals, after a look was kept.
     *
     * @param tracks the signals as they stand
     * @param windows those that the look has closed
     * @param now what time it is, in milliseconds since 1970
     */
    public void consider(
            MonitorRecord monitor, MonitorPlan plan, List<SignalTrack> tracks, List<WindowRecord> windows, long now) {
        measure(monitor);
        SignalTrack alarm = tracks.stream()
                .filter(track -> track.state() == SignalState.ALARM && isMended(track.name()))
                .max(Comparator.comparing(SignalTrack::severity))
                .orElse(null);
        if (alarm == null || !plan.retrains()) {
            return;
        }
        RetrainingRequest request = new RetrainingRequest(
                monitor.id(),
                monitor.model(),
                alarm.name(),
                alarm.severity(),
                alarm.lastWindow(),
                TrainingData.digest(
                        monitor,
                        plan.rules(),
                        store().window(monitor.id(), alarm.lastWindow()).orElse(null)),
                newRows(monitor),
                alarm.evidence(),
                quality(windows));
        RetrainingDecision decision =
                plan.policy().decide(request, store().attempts(monitor.model(), MonitorStore.MOST), now);
        if (monitor.job().isEmpty() && decision.action() == RetrainingDecision.Action.RETRAIN) {
            // Refused where monitors are declared; a job may have been taken away since.
            decision = new RetrainingDecision(
                    RetrainingDecision.Action.SUGGEST,
                    List.of("This monitor names no job that retrains; a person is asked to retrain by hand."),
                    0,
                    false);
        }
        boolean retrain = decision.action() == RetrainingDecision.Action.RETRAIN;
        boolean suggest = decision.action() == RetrainingDecision.Action.SUGGEST;
        RetrainingAttempt attempt = RetrainingAttempt.of(request, retrain ? State.CLAIMED : State.SUGGESTED, now);
        boolean claimed = (retrain || suggest) && store().claim(attempt);
        store().decided(new MonitorDecision(
                monitor.id(),
                KIND,
                decision.action().name(),
                request.signal(),
                request.window(),
                decision.reasons(),
                claimed ? attempt.key() : "",
                now));
        if (claimed && retrain) {
            queue(attempt, monitor, new RetrainingCause(attempt, request.signal(), request.evidence(), ""), now);
        }
    }

    /** Rows that were seen since the last training. */
    private static long newRows(MonitorRecord monitor) {
        long since = store().attempts(monitor.model(), 1).stream()
                .mapToLong(RetrainingAttempt::claimedMillis)
                .max()
                .orElse(0);
        return store().windows(monitor.id(), MonitorStore.MOST).stream()
                .filter(window -> window.keptMillis() > since)
                .mapToLong(window -> window.result().rows())
                .sum();
    }

    @CheckForNull
    private static MetricValue quality(List<WindowRecord> windows) {
        MetricValue last = null;
        for (WindowRecord window : windows) {
            QualityEstimate estimate = window.result().estimate();
            if (estimate != null) {
                last = estimate.metrics().getOrDefault("accuracy", last);
            }
        }
        return last;
    }

    /** Whether a new version can mend what a signal shows: data that don't come and a slow endpoint it can't. */
    private static boolean isMended(String signal) {
        return !signal.equals(WindowSignals.FRESHNESS) && !signal.startsWith("endpoint:");
    }

    /** Whether the last ones have helped, as far as the windows tell by now. */
    private static void measure(MonitorRecord monitor) {
        List<RetrainingAttempt> ended = store().attempts(monitor.model(), MEASURED).stream()
                .filter(attempt -> attempt.monitor().equals(monitor.id()) && attempt.state() == State.SUCCEEDED)
                .toList();
        List<WindowRecord> windows = ended.isEmpty() ? List.of() : store().windows(monitor.id(), MEASURED_WINDOWS);
        String metric = ended.isEmpty()
                ? ""
                : store().feedback(monitor.id())
                        .map(feedback -> FeedbackPlan.of(feedback.planJson()).metric())
                        .orElse("");
        List<EffectMeasure.Point> labelled = metric.isEmpty()
                ? List.of()
                : EffectMeasure.labelled(metric, store().qualities(monitor.id(), MEASURED_WINDOWS), windows);
        for (RetrainingAttempt attempt : ended) {
            RetrainingAttempt measured =
                    EffectMeasure.measured(attempt, labelled, MetricCatalog.direction(metric), windows);
            if (!measured.equals(attempt)) {
                store().update(attempt, measured);
            }
        }
    }

    /** Asks for the build of a claim; if the job takes none now, it is asked for again by the minute's round. */
    private void queue(RetrainingAttempt attempt, MonitorRecord monitor, RetrainingCause cause, long now) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Job<?, ?> job = Jenkins.get().getItemByFullName(monitor.job(), Job.class);
            RetrainingAction shown = new RetrainingAction(attempt.key(), monitor.id());
            ParametersAction parameters = job == null ? null : TrainingData.parameters(job, cause);
            Action[] actions = parameters == null
                    ? new Action[] {new CauseAction(cause), shown}
                    : new Action[] {new CauseAction(cause), shown, parameters};
            if (job == null || ParameterizedJobMixIn.scheduleBuild2(job, -1, actions) == null) {
                return;
            }
            queuedHere.add(attempt.key());
            // Its build may have begun meanwhile, and noted that.
            store().attempt(attempt.key())
                    .filter(found -> found.state() == State.CLAIMED)
                    .ifPresent(found -> store().update(found, found.in(State.QUEUED, "", now)));
        }
    }

    /** Takes up what a restart, or a job that took no builds, has left behind. */
    public void followUp(long now) {
        for (RetrainingAttempt attempt : store().activeAttempts()) {
            MonitorRecord monitor = store().monitor(attempt.monitor()).orElse(null);
            Job<?, ?> job = monitor == null ? null : Jenkins.get().getItemByFullName(monitor.job(), Job.class);
            Run<?, ?> build = job == null ? null : build(job, attempt.key()).orElse(null);
            if (job == null || attempt.state() == State.RUNNING && build == null) {
                // The monitor, its job or the build was deleted.
                store().update(attempt, attempt.in(State.FAILED, attempt.build(), now));
            } else if (build != null) {
                BuildProgress.note(store(), attempt, build, !build.isBuilding(), now);
            } else if (!isQueued(job, attempt.key())) {
                takeUp(attempt, monitor, now);
            }
        }
    }

    private void takeUp(RetrainingAttempt attempt, MonitorRecord monitor, long now) {
        if (attempt.state() == State.QUEUED && queuedHere.remove(attempt.key())) {
            // Neither waiting nor built, and this Jenkins had queued it: somebody took it out of the queue.
            store().update(attempt, attempt.in(State.DISMISSED, "", now));
            return;
        }
        queue(attempt, monitor, new RetrainingCause(attempt, signal(attempt), "", ""), now);
    }

    private static String signal(RetrainingAttempt attempt) {
        return store().decisions(attempt.monitor(), MOST_DECISIONS).stream()
                .filter(decision -> decision.key().equals(attempt.key()))
                .map(MonitorDecision::signal)
                .findFirst()
                .orElse("data");
    }

    /** Notes how far the build of a retraining is. */
    void follow(RetrainingCause cause, Run<?, ?> build, boolean ended, long now) {
        store().attempt(cause.key()).ifPresent(attempt -> BuildProgress.note(store(), attempt, build, ended, now));
    }

    /**
     * Builds a retraining that was suggested.
     *
     * @return whether it was still a suggestion
     */
    public boolean confirm(String key, String user, long now) {
        RetrainingAttempt suggested = suggestion(key);
        MonitorRecord monitor =
                suggested == null ? null : store().monitor(suggested.monitor()).orElse(null);
        if (suggested == null || monitor == null || monitor.job().isEmpty()) {
            return false;
        }
        RetrainingAttempt claimed = suggested.in(State.CLAIMED, "", now);
        if (!store().update(suggested, claimed)) {
            return false;
        }
        queue(claimed, monitor, new RetrainingCause(claimed, signal(claimed), "", user), now);
        return true;
    }

    /**
     * Declines a retraining that was suggested.
     *
     * @return whether it was still a suggestion
     */
    public boolean dismiss(String key, long now) {
        RetrainingAttempt suggested = suggestion(key);
        return suggested != null && store().update(suggested, suggested.in(State.DISMISSED, "", now));
    }

    @CheckForNull
    private static RetrainingAttempt suggestion(String key) {
        return key.isEmpty()
                ? null
                : store().attempt(key)
                        .filter(attempt -> attempt.state() == State.SUGGESTED)
                        .orElse(null);
    }

    private static boolean isQueued(Job<?, ?> job, String key) {
        List<Queue.Item> items =
                job instanceof Queue.Task task ? Jenkins.get().getQueue().getItems(task) : List.of();
        return items.stream().anyMatch(item -> tells(item.getCauses(), key));
    }

    private static Optional<Run<?, ?>> build(Job<?, ?> job, String key) {
        Run<?, ?> run = job.getLastBuild();
        for (int seen = 0; run != null && seen < MOST_BUILDS; run = run.getPreviousBuild(), seen++) {
            if (tells(run.getCauses(), key)) {
                return Optional.of(run);
            }
        }
        return Optional.empty();
    }

    private static boolean tells(List<Cause> causes, String key) {
        return causes.stream()
                .anyMatch(cause -> cause instanceof RetrainingCause retraining
                        && retraining.key().equals(key));
    }
}
