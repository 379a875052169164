package io.jenkins.mlops.monitor.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.evaluation.Direction;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.monitor.Severity;
import io.jenkins.mlops.monitor.retraining.RetrainingAttempt.State;
import io.jenkins.mlops.monitor.retraining.RetrainingDecision.Action;
import io.jenkins.mlops.monitor.retraining.RetrainingPolicy.Route;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetrainingPolicyTest {
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;
    private static final long NOW = Instant.parse("2026-11-28T12:00:00Z").toEpochMilli();

    private static RetrainingRequest request(Severity severity, String window, long newRows) {
        return new RetrainingRequest(
                "m", "iris", "drift", severity, window, "sha256:1", newRows, "5 of 6 drifted.", null);
    }

    private static RetrainingAttempt attempt(String window, State state, long millis, Effect effect) {
        return RetrainingAttempt.of(request(Severity.CRITICAL, window, 0), State.CLAIMED, millis)
                .in(state, "train#1", millis + HOUR)
                .taking(30, 2, 1)
                .with(null, effect);
    }

    private static RetrainingPolicy policy(RetrainingBudget budget, List<QuietHours> quiet, long rows, int helpless) {
        return new RetrainingPolicy(
                Map.of(Severity.WARNING, Route.SUGGEST, Severity.CRITICAL, Route.AUTOMATIC),
                DAY,
                budget,
                quiet,
                rows,
                helpless);
    }

    private static final RetrainingPolicy PLAIN = policy(new RetrainingBudget(2, 100, 3), List.of(), 0, 3);

    private static RetrainingDecision decide(RetrainingPolicy policy, RetrainingAttempt... history) {
        return policy.decide(request(Severity.CRITICAL, "now", 10), List.of(history), NOW);
    }

    @Test
    void routesBySeverity() {
        assertThat(PLAIN.decide(request(Severity.INFO, "w", 1), List.of(), NOW).action())
                .isEqualTo(Action.NONE);
        assertThat(PLAIN.decide(request(Severity.WARNING, "w", 1), List.of(), NOW)
                        .action())
                .isEqualTo(Action.SUGGEST);
        RetrainingDecision decision = decide(PLAIN);
        assertThat(decision.action()).isEqualTo(Action.RETRAIN);
        assertThat(decision.reasons().get(0)).contains("drift", "critical", "5 of 6 drifted.");
    }

    @Test
    void retrainsOnceForAMonitorDataAndWindow() {
        assertThat(decide(PLAIN, attempt("now", State.FAILED, NOW - 30 * DAY, Effect.UNKNOWN))
                        .action())
                .isEqualTo(Action.NONE);
        assertThat(decide(PLAIN, attempt("now", State.SUGGESTED, NOW - 30 * DAY, Effect.UNKNOWN))
                        .action())
                .isEqualTo(Action.NONE);
    }

    @Test
    void waitsForTheOneThatRuns() {
        RetrainingDecision decision = decide(PLAIN, attempt("old", State.RUNNING, NOW - 30 * DAY, Effect.UNKNOWN));
        assertThat(decision.action()).isEqualTo(Action.WAIT);
        assertThat(decision.reasons()).anyMatch(reason -> reason.contains("under way (train#1)"));
    }

    @Test
    void coolsDownAlsoWhenTheClockWasSetBack() {
        RetrainingDecision decision = decide(PLAIN, attempt("old", State.SUCCEEDED, NOW - 20 * HOUR, Effect.HELPED));
        assertThat(decision.action()).isEqualTo(Action.WAIT);
        assertThat(decision.notBeforeMillis()).isEqualTo(NOW + 4 * HOUR);
        assertThat(decide(PLAIN, attempt("old", State.SUCCEEDED, NOW + 5 * DAY, Effect.HELPED))
                        .notBeforeMillis())
                .isEqualTo(NOW + 6 * DAY);
        assertThat(decide(PLAIN, attempt("old", State.DISMISSED, NOW - HOUR, Effect.UNKNOWN))
                        .action())
                .isEqualTo(Action.RETRAIN);
    }

    @Test
    void holdsTheBudget() {
        RetrainingAttempt first = attempt("a", State.SUCCEEDED, NOW - 6 * DAY, Effect.HELPED);
        RetrainingAttempt second = attempt("b", State.SUCCEEDED, NOW - 3 * DAY, Effect.HELPED);
        RetrainingDecision builds = decide(PLAIN, first, second);
        assertThat(builds.action()).isEqualTo(Action.WAIT);
        assertThat(builds.notBeforeMillis()).isEqualTo(NOW + DAY);
        assertThat(builds.reasons()).anyMatch(reason -> reason.contains("took 2 builds, the budget is 2"));
        assertThat(decide(policy(new RetrainingBudget(9, 60, 99), List.of(), 0, 0), first, second)
                        .reasons())
                .anyMatch(reason -> reason.contains("60 minutes"));
        assertThat(decide(policy(new RetrainingBudget(9, 61, 3), List.of(), 0, 0), first, second)
                        .reasons())
                .anyMatch(reason -> reason.contains("4 GPU hours, the budget is 3"));
        RetrainingDecision never = decide(policy(new RetrainingBudget(0, 1, 1), List.of(), 0, 0));
        assertThat(never.action()).isEqualTo(Action.WAIT);
        assertThat(never.notBeforeMillis()).isZero();
    }

    @Test
    void waitsForRows() {
        RetrainingPolicy policy = policy(RetrainingBudget.DEFAULT, List.of(), 100, 0);
        assertThat(policy.decide(request(Severity.CRITICAL, "w", 99), List.of(), NOW)
                        .action())
                .isEqualTo(Action.WAIT);
        assertThat(policy.decide(request(Severity.CRITICAL, "w", -1), List.of(), NOW)
                        .action())
                .isEqualTo(Action.WAIT);
        assertThat(policy.decide(request(Severity.CRITICAL, "w", 100), List.of(), NOW)
                        .action())
                .isEqualTo(Action.RETRAIN);
    }

    @Test
    void isQuietAtNight() {
        ZoneId vienna = ZoneId.of("Europe/Vienna");
        QuietHours noon = new QuietHours(vienna, LocalTime.of(13, 0), LocalTime.of(14, 0), Set.of(DayOfWeek.SATURDAY));
        RetrainingPolicy policy = policy(RetrainingBudget.DEFAULT, List.of(noon), 0, 0);
        RetrainingDecision decision = decide(policy);
        assertThat(decision.action()).isEqualTo(Action.WAIT);
        assertThat(decision.notBeforeMillis()).isEqualTo(NOW + HOUR);
        assertThat(policy.decide(request(Severity.WARNING, "w", 1), List.of(), NOW)
                        .action())
                .isEqualTo(Action.SUGGEST);

        QuietHours nights =
                new QuietHours(vienna, LocalTime.of(22, 0), LocalTime.of(6, 0), EnumSet.allOf(DayOfWeek.class));
        long midnight = Instant.parse("2026-03-28T23:30:00Z").toEpochMilli();
        assertThat(nights.nextOpen(midnight))
                .as("the night in which the clocks go forward")
                .isEqualTo(Instant.parse("2026-03-29T04:00:00Z").toEpochMilli());
        QuietHours always =
                new QuietHours(vienna, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, EnumSet.allOf(DayOfWeek.class));
        RetrainingDecision asked = decide(policy(RetrainingBudget.DEFAULT, List.of(always), 0, 0));
        assertThat(asked.action()).isEqualTo(Action.SUGGEST);
    }

    @Test
    void turnsItselfDownWhenItNeverHelps() {
        RetrainingAttempt[] vain = {
            attempt("a", State.SUCCEEDED, NOW - 40 * DAY, Effect.NO_DIFFERENCE),
            attempt("b", State.FAILED, NOW - 30 * DAY, Effect.UNKNOWN),
            attempt("c", State.SUCCEEDED, NOW - 20 * DAY, Effect.HARMED)
        };
        RetrainingDecision decision = decide(PLAIN, vain);
        assertThat(decision.action()).isEqualTo(Action.SUGGEST);
        assertThat(decision.turnedDown()).isTrue();
        assertThat(decision.reasons()).anyMatch(reason -> reason.contains("last 3 retrainings of 'iris' didn't help"));

        vain[2] = attempt("c", State.SUCCEEDED, NOW - 20 * DAY, Effect.HELPED);
        assertThat(decide(PLAIN, vain).action()).isEqualTo(Action.RETRAIN);
    }

    @Test
    void suggestsOnce() {
        RetrainingDecision decision = PLAIN.decide(
                request(Severity.WARNING, "w", 1),
                List.of(attempt("old", State.SUGGESTED, NOW - DAY, Effect.UNKNOWN)),
                NOW);
        assertThat(decision.action()).isEqualTo(Action.NONE);
    }

    @Test
    void tellsWhetherItHelped() {
        MetricValue before = new MetricValue(0.80, 0.78, 0.82, "wilson");
        assertThat(Effect.of(before, new MetricValue(0.85, 0.83, 0.87, "wilson"), Direction.HIGHER))
                .isEqualTo(Effect.HELPED);
        assertThat(Effect.of(before, new MetricValue(0.85, 0.81, 0.89, "wilson"), Direction.HIGHER))
                .isEqualTo(Effect.NO_DIFFERENCE);
        assertThat(Effect.of(before, MetricValue.of(0.77), Direction.HIGHER)).isEqualTo(Effect.HARMED);
        assertThat(Effect.of(before, MetricValue.of(0.77), Direction.LOWER)).isEqualTo(Effect.HELPED);
        assertThat(Effect.of(before, MetricValue.of(Double.NaN), Direction.HIGHER))
                .isEqualTo(Effect.UNKNOWN);
        assertThat(Effect.of(before, MetricValue.of(0.9), Direction.UNKNOWN)).isEqualTo(Effect.UNKNOWN);
    }

    @Test
    void hasAKeyThatNoOtherRequestHas() {
        assertThat(new RetrainingRequest("a", "m", "s", Severity.INFO, "c", "b", 0, "", null).key())
                .isNotEqualTo(new RetrainingRequest("ab", "m", "s", Severity.INFO, "c", "", 0, "", null).key());
        assertThat(request(Severity.INFO, "w", 1).key())
                .isEqualTo(request(Severity.CRITICAL, "w", 9).key());
    }
}
