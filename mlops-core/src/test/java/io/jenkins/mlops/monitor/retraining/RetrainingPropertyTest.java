package io.jenkins.mlops.monitor.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.monitor.Severity;
import io.jenkins.mlops.monitor.retraining.RetrainingAttempt.State;
import io.jenkins.mlops.monitor.retraining.RetrainingDecision.Action;
import io.jenkins.mlops.monitor.retraining.RetrainingPolicy.Route;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Over restarts, jumps of the clock and signals that repeat themselves, a policy keeps its promises. */
class RetrainingPropertyTest {
    private static final long HOUR = 3_600_000;
    private static final long WEEK = 7 * 24 * HOUR;

    @Property(tries = 500)
    void retrainsAtMostOncePerMonitorDigestAndWindow(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int builds = 1 + random.nextInt(4);
        long coolDown = random.nextInt(30) * HOUR;
        RetrainingPolicy policy = new RetrainingPolicy(
                Map.of(Severity.WARNING, Route.AUTOMATIC, Severity.CRITICAL, Route.AUTOMATIC),
                coolDown,
                new RetrainingBudget(builds, RetrainingBudget.UNLIMITED, RetrainingBudget.UNLIMITED),
                List.of(),
                0,
                0);
        Map<String, RetrainingAttempt> store = new LinkedHashMap<>();
        Set<String> queued = new HashSet<>();
        long now = 1_700_000_000_000L;
        boolean straight = true;
        long lastQueued = Long.MIN_VALUE / 2;
        for (int step = 0; step < 200; step++) {
            int jump = random.nextInt(20);
            straight &= jump != 0;
            now += jump == 0 ? -random.nextInt(100) * HOUR : random.nextInt(6) * HOUR;
            RetrainingRequest request = new RetrainingRequest(
                    "m" + random.nextInt(2),
                    "iris",
                    "drift",
                    random.nextBoolean() ? Severity.WARNING : Severity.CRITICAL,
                    "w" + random.nextInt(40),
                    "d" + random.nextInt(3),
                    -1,
                    "",
                    null);
            // What a restart leaves behind is the store and nothing else.
            List<RetrainingAttempt> history = List.copyOf(store.values());
            RetrainingDecision decision = policy.decide(request, history, now);
            assertThat(decision.reasons()).isNotEmpty();
            if (decision.action() == Action.RETRAIN) {
                assertThat(history).noneMatch(attempt -> attempt.state().active());
                assertThat(queued.add(request.key())).as("at most one").isTrue();
                long at = now;
                assertThat(history.stream().filter(attempt -> attempt.claimedMillis() > at - WEEK))
                        .as("the budget of a week")
                        .hasSizeLessThan(builds);
                if (straight) {
                    assertThat(now - lastQueued).as("the cool-down").isGreaterThanOrEqualTo(coolDown);
                }
                lastQueued = now;
                store.put(request.key(), RetrainingAttempt.of(request, State.CLAIMED, now));
            } else if (decision.action() == Action.WAIT && decision.notBeforeMillis() > 0) {
                assertThat(decision.notBeforeMillis()).isGreaterThan(now);
            }
            if (random.nextInt(3) == 0) {
                long end = now;
                store.replaceAll((key, attempt) -> attempt.state().active()
                        ? attempt.in(random.nextBoolean() ? State.SUCCEEDED : State.FAILED, "train#1", end)
                        : attempt);
            }
        }
    }
}
