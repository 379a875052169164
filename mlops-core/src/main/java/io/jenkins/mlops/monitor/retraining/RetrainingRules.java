package io.jenkins.mlops.monitor.retraining;

import io.jenkins.mlops.monitor.retraining.RetrainingDecision.Action;
import io.jenkins.mlops.monitor.retraining.RetrainingPolicy.Route;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The rules of a retraining policy, in the order in which they are asked. */
final class RetrainingRules {
    private static final long WEEK = 7 * 24 * 3_600_000L;

    private final RetrainingPolicy policy;
    private final RetrainingRequest request;
    private final List<RetrainingAttempt> history;
    private final long now;
    private final List<String> reasons = new ArrayList<>();

    RetrainingRules(RetrainingPolicy policy, RetrainingRequest request, List<RetrainingAttempt> history, long now) {
        this.policy = policy;
        this.request = request;
        this.history = history.stream()
                .sorted(Comparator.comparingLong(RetrainingAttempt::claimedMillis)
                        .thenComparing(RetrainingAttempt::key)
                        .reversed())
                .toList();
        this.now = now;
    }

    RetrainingDecision decide() {
        reasons.add(
                "The signal '" + request.signal() + "' is " + request.severity().symbol() + " in window "
                        + request.window() + (request.evidence().isEmpty() ? "." : ": " + request.evidence()));
        Route route = policy.routes().getOrDefault(request.severity(), Route.NOTE);
        if (route == Route.NOTE) {
            return because(Action.NONE, "A " + request.severity().symbol() + " signal is only noted by this policy.");
        }
        for (RetrainingAttempt attempt : history) {
            if (attempt.key().equals(request.key())) {
                return because(
                        Action.NONE,
                        "This monitor, data and window have had their retraining" + named(attempt)
                                + "; there is at most one.");
            }
        }
        for (RetrainingAttempt attempt : history) {
            if (attempt.state().active()) {
                return because(
                        Action.WAIT, "A retraining of '" + request.model() + "' is under way" + named(attempt) + ".");
            }
        }
        RetrainingDecision wait = rows();
        wait = wait == null ? coolDown() : wait;
        if (wait != null) {
            return wait;
        }
        return route == Route.SUGGEST ? suggest(false) : automatic();
    }

    private RetrainingDecision rows() {
        if (policy.minimumNewRows() == 0 || request.newRows() >= policy.minimumNewRows()) {
            return null;
        }
        return because(
                Action.WAIT,
                request.newRows() < 0
                        ? "How many rows are new isn't known; the policy asks for " + policy.minimumNewRows() + "."
                        : request.newRows() + " rows are new since the last training; the policy asks for "
                                + policy.minimumNewRows() + ".");
    }

    private RetrainingDecision coolDown() {
        for (RetrainingAttempt attempt : history) {
            if (ran(attempt)) {
                // After a clock was set back the last one lies ahead; then the cool-down counts from there.
                long until = attempt.claimedMillis() + policy.coolDownMillis();
                return until <= now
                        ? null
                        : waitUntil(
                                until,
                                "The last retraining was decided " + ago(attempt.claimedMillis())
                                        + "; the policy asks for a cool-down of "
                                        + Spans.text(policy.coolDownMillis()) + ".");
            }
        }
        return null;
    }

    private RetrainingDecision suggest(boolean turnedDown) {
        for (RetrainingAttempt attempt : history) {
            if (attempt.state() == RetrainingAttempt.State.SUGGESTED) {
                return because(
                        Action.NONE,
                        "A retraining of '" + request.model() + "' is suggested already, for window " + attempt.window()
                                + ".");
            }
        }
        RetrainingDecision overBudget = budget();
        reasons.add(
                overBudget == null
                        ? "A person is asked."
                        : "A person is asked, who may retrain in spite of the budget.");
        return new RetrainingDecision(Action.SUGGEST, reasons, 0, turnedDown);
    }

    private RetrainingDecision automatic() {
        if (policy.helplessAfter() > 0 && inVain() >= policy.helplessAfter()) {
            reasons.add("The last " + inVain() + " retrainings of '" + request.model()
                    + "' didn't help; until one does, this monitor only suggests.");
            return suggest(true);
        }
        RetrainingDecision wait = budget();
        if (wait != null) {
            return wait;
        }
        for (QuietHours quiet : policy.quietHours()) {
            if (quiet.contains(now)) {
                long open = nextOpen();
                if (open < 0) {
                    reasons.add("Every hour is quiet.");
                    return suggest(false);
                }
                return waitUntil(open, "It is within the quiet hours " + quiet + ".");
            }
        }
        reasons.add("Nothing stands against it.");
        return new RetrainingDecision(Action.RETRAIN, reasons, 0, false);
    }

    private long nextOpen() {
        long next = now;
        // Each round passes the end of at least one span; spans that together are quiet always never settle.
        for (int round = 0; round < 20 * policy.quietHours().size(); round++) {
            long before = next;
            for (QuietHours quiet : policy.quietHours()) {
                next = next < 0 ? -1 : quiet.nextOpen(next);
            }
            if (next == before || next < 0) {
                return next;
            }
        }
        return -1;
    }

    /** Retrainings of this monitor in a row, the youngest first, that are known not to have helped. */
    private int inVain() {
        return inVain(request.monitor(), history);
    }

    /** @param history the youngest first */
    static int inVain(String monitor, List<RetrainingAttempt> history) {
        int count = 0;
        for (RetrainingAttempt attempt : history) {
            if (!attempt.monitor().equals(monitor)) {
                continue;
            }
            if (attempt.effect() == Effect.HELPED) {
                return count;
            }
            boolean vain = attempt.effect() != Effect.UNKNOWN || attempt.state() == RetrainingAttempt.State.FAILED;
            count += vain ? 1 : 0;
        }
        return count;
    }

    private RetrainingDecision budget() {
        RetrainingBudget budget = policy.budget();
        RetrainingDecision wait = spent(attempt -> 1, 1, budget.builds(), "builds");
        wait = wait == null ? spent(RetrainingAttempt::minutes, 0, budget.minutes(), "minutes of builds") : wait;
        return wait == null ? spent(RetrainingAttempt::gpuHours, 0, budget.gpuHours(), "GPU hours") : wait;
    }

    private RetrainingDecision spent(ToDoubleFunction<RetrainingAttempt> cost, double more, double limit, String unit) {
        List<RetrainingAttempt> week = history.stream()
                .filter(attempt -> ran(attempt) && attempt.claimedMillis() > now - WEEK)
                .toList();
        double sum = week.stream().mapToDouble(cost).sum();
        if (more > 0 ? sum + more <= limit : sum < limit) {
            return null;
        }
        double left = sum;
        long until = 0;
        for (int i = week.size() - 1; i >= 0 && (more > 0 ? left + more > limit : left >= limit); i--) {
            left -= cost.applyAsDouble(week.get(i));
            until = week.get(i).claimedMillis() + WEEK;
        }
        String text = "The last seven days took " + number(sum) + " " + unit + ", the budget is " + number(limit) + ".";
        boolean never = more > 0 ? left + more > limit : left >= limit;
        return never ? because(Action.WAIT, text) : waitUntil(until, text);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(java.util.Locale.ROOT, "%.1f", value);
    }

    private static boolean ran(RetrainingAttempt attempt) {
        return attempt.state() != RetrainingAttempt.State.SUGGESTED
                && attempt.state() != RetrainingAttempt.State.DISMISSED;
    }

    private String ago(long millis) {
        return millis > now ? "at a time that is still to come by this clock" : Spans.text(now - millis) + " ago";
    }

    private static String named(RetrainingAttempt attempt) {
        return attempt.build().isEmpty() ? "" : " (" + attempt.build() + ")";
    }

    private RetrainingDecision waitUntil(long until, String reason) {
        reasons.add(reason);
        reasons.add("It is decided again after " + Instant.ofEpochMilli(until).truncatedTo(ChronoUnit.SECONDS) + ".");
        return new RetrainingDecision(Action.WAIT, reasons, until, false);
    }

    private RetrainingDecision because(Action action, String reason) {
        reasons.add(reason);
        return new RetrainingDecision(action, reasons, 0, false);
    }
}
