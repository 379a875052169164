package io.jenkins.mlops.monitor.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.monitor.Severity;
import io.jenkins.mlops.monitor.retraining.RollbackPolicy.Rollout;
import io.jenkins.mlops.monitor.signal.Hysteresis;
import io.jenkins.mlops.monitor.signal.Observation;
import io.jenkins.mlops.monitor.signal.SignalTrack;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollbackPolicyTest {
    private static final long HOUR = 3_600_000;
    private static final RollbackPolicy POLICY = RollbackPolicy.standard();
    private static final Rollout ROLLOUT = new Rollout("d7", 7, 6, 100 * HOUR, false, false);

    private static SignalTrack alarm(String name, Severity severity, long millis) {
        return SignalTrack.quiet(name, 0)
                .observe(
                        new Observation("w", Observation.Finding.BAD, severity, "40 % of requests fail.", millis),
                        Hysteresis.NONE);
    }

    private static RollbackPolicy.Decision decide(Rollout rollout, SignalTrack track, double hours) {
        return POLICY.decide(rollout, List.of(track), (long) (hours * HOUR));
    }

    @Test
    void putsTheLastGoodVersionBack() {
        RollbackPolicy.Decision decision =
                decide(ROLLOUT, alarm("endpoint:errors", Severity.CRITICAL, 101 * HOUR), 101);
        assertThat(decision.rollBack()).isTrue();
        assertThat(decision.reasons())
                .containsExactly(
                        "The signal 'endpoint:errors' is in alarm (critical): 40 % of requests fail.",
                        "Version 6 is put back in place of version 7.");
    }

    @Test
    void leavesWhatItMustNotTouch() {
        SignalTrack errors = alarm("endpoint:errors", Severity.CRITICAL, 101 * HOUR);
        assertThat(decide(ROLLOUT, errors, 103).reasons())
                .anyMatch(reason -> reason.contains("watch window of 2 hours"));
        assertThat(decide(ROLLOUT, errors, 99).rollBack())
                .as("a clock set back")
                .isTrue();
        assertThat(decide(ROLLOUT, alarm("drift", Severity.CRITICAL, 101 * HOUR), 101)
                        .rollBack())
                .isFalse();
        assertThat(decide(ROLLOUT, alarm("quality:f1", Severity.WARNING, 101 * HOUR), 101)
                        .rollBack())
                .isFalse();
        assertThat(decide(ROLLOUT, alarm("endpoint:errors", Severity.CRITICAL, 99 * HOUR), 101)
                        .reasons()
                        .get(0))
                .contains("since before version 7");
        assertThat(decide(new Rollout("d", 7, 0, 100 * HOUR, false, false), errors, 101)
                        .rollBack())
                .isFalse();
        assertThat(decide(new Rollout("d", 7, 6, 100 * HOUR, true, false), errors, 101)
                        .rollBack())
                .isFalse();
        assertThat(decide(new Rollout("d", 7, 6, 100 * HOUR, false, true), errors, 101)
                        .rollBack())
                .isFalse();
        assertThat(decide(ROLLOUT, SignalTrack.quiet("endpoint:errors", 0), 101).reasons())
                .containsExactly("No signal is in alarm.");
        assertThat(RollbackPolicy.OFF
                        .decide(ROLLOUT, List.of(errors), 101 * HOUR)
                        .rollBack())
                .isFalse();
    }
}
