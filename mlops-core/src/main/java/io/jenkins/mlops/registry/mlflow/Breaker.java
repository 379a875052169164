package io.jenkins.mlops.registry.mlflow;

import java.time.Clock;

/**
 * Leaves a server alone that doesn't answer: after {@value #FAILURES} failures in a row for half a minute, then for
 * twice as long after each further one, ten minutes at most.
 */
final class Breaker {
    static final int FAILURES = 5;

    private static final long FIRST_MILLIS = 30_000;
    private static final long LONGEST_MILLIS = 600_000;

    private final Clock clock;
    private int failures;
    private long pauseMillis = FIRST_MILLIS;
    private long closedUntil;

    Breaker(Clock clock) {
        this.clock = clock;
    }

    /** How long no call is made yet, in milliseconds; 0 when one may be. */
    synchronized long remainingMillis() {
        return Math.max(0, closedUntil - clock.millis());
    }

    synchronized void succeeded() {
        failures = 0;
        pauseMillis = FIRST_MILLIS;
        closedUntil = 0;
    }

    synchronized void failed() {
        failures++;
        if (failures >= FAILURES) {
            closedUntil = clock.millis() + pauseMillis;
            pauseMillis = Math.min(LONGEST_MILLIS, pauseMillis * 2);
        }
    }
}
