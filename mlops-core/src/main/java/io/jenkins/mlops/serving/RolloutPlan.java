package io.jenkins.mlops.serving;

import java.io.Serializable;

/**
 * How patient a rollout is.
 *
 * @param successes consecutive healthy answers that the new version needs before the smoke request, 1 to 1000
 * @param intervalMillis time between two checks, 1 ms to 10 minutes
 * @param startDeadlineMillis time that the new version has to get there, up to a day
 * @param watchMillis how long the endpoint is watched after the switch, 0 (one check) to a day
 * @param watchFailures consecutive failed checks after the switch that count as ill, 1 to 1000; a dead process counts
 *     at once
 * @param rollback whether to go back by itself when the endpoint gets ill after the switch
 */
public record RolloutPlan(
        int successes,
        long intervalMillis,
        long startDeadlineMillis,
        long watchMillis,
        int watchFailures,
        boolean rollback)
        implements Serializable {
    /** Three answers a second apart within two minutes, then watched for 15 s, three failures count, with rollback. */
    public static final RolloutPlan DEFAULT = new RolloutPlan(3, 1_000, 120_000, 15_000, 3, true);

    private static final long DAY = 86_400_000;

    public RolloutPlan {
        Checks.range("the number of healthy answers", successes, 1, 1000);
        Checks.range("the interval in ms", intervalMillis, 1, 600_000);
        Checks.range("the time to get ready in ms", startDeadlineMillis, 1, DAY);
        Checks.range("the watch window in ms", watchMillis, 0, DAY);
        Checks.range("the number of failures", watchFailures, 1, 1000);
    }

    /** Returns how many good checks the watch window asks for: counted, so that a moved clock can't stretch it. */
    int watchChecks() {
        return (int) Math.min(Integer.MAX_VALUE, 1 + watchMillis / intervalMillis);
    }
}
