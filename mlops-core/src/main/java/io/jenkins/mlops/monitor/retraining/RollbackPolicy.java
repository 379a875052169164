package io.jenkins.mlops.monitor.retraining;

import io.jenkins.mlops.monitor.Expect;
import io.jenkins.mlops.monitor.Severity;
import io.jenkins.mlops.monitor.SignalState;
import io.jenkins.mlops.monitor.signal.SignalTrack;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * When the last good version is put back by itself.
 *
 * @param watchMillis so long after a rollout it is watched; 0 for never
 * @param signals the beginnings of the names of the signals that count, such as {@code endpoint:} and {@code quality:}
 * @param atLeast the least severity that counts
 */
public record RollbackPolicy(long watchMillis, List<String> signals, Severity atLeast) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Nothing is put back by itself. */
    public static final RollbackPolicy OFF = new RollbackPolicy(0, List.of(), Severity.CRITICAL);

    public RollbackPolicy {
        Expect.notNegative(watchMillis, "a watch window in milliseconds");
        signals = Expect.list(signals, "names of signals", 100);
        signals.forEach(signal -> Expect.name(signal, "a signal's name"));
        Expect.that(atLeast != null, "a severity", null);
    }

    /** An endpoint that fails or a quality that falls within two hours after a rollout. */
    public static RollbackPolicy standard() {
        return new RollbackPolicy(2 * 3_600_000L, List.of("endpoint:", "quality:"), Severity.CRITICAL);
    }

    /**
     * A rollout that is watched.
     *
     * @param operation the deployment's operation key: at most one rollback follows it
     * @param version the version that serves since
     * @param previous the last good version before it; 0 for none
     * @param sinceMillis when it began to serve
     * @param rollback whether it was itself a rollback: those are not taken back
     * @param rolledBack whether a rollback followed it already
     */
    public record Rollout(
            String operation, int version, int previous, long sinceMillis, boolean rollback, boolean rolledBack)
            implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Whether the previous version is to be put back, and why or why not.
     *
     * @param rollBack whether
     * @param reasons as sentences; at least one
     */
    public record Decision(boolean rollBack, List<String> reasons) implements Serializable {
        private static final long serialVersionUID = 1L;

        public Decision {
            reasons = Expect.list(reasons, "reasons", Expect.NOTES);
            Expect.that(!reasons.isEmpty(), "at least one reason", "none");
        }
    }

    /** Decides on a rollout by the signals as they stand; alarms that are older than the rollout don't count. */
    public Decision decide(Rollout rollout, List<SignalTrack> tracks, long nowMillis) {
        List<String> alarms = new ArrayList<>();
        List<String> passedOver = new ArrayList<>();
        for (SignalTrack track : tracks) {
            if (track.state() != SignalState.ALARM) {
                continue;
            }
            String alarm = "The signal '" + track.name() + "' is in alarm ("
                    + track.severity().symbol() + ")";
            if (signals.stream().noneMatch(track.name()::startsWith)) {
                passedOver.add(alarm + ", which this policy doesn't roll back for.");
            } else if (!track.severity().atLeast(atLeast)) {
                passedOver.add(alarm + "; the policy rolls back from " + atLeast.symbol() + " on.");
            } else if (track.sinceMillis() < rollout.sinceMillis()) {
                passedOver.add(alarm + " since before version " + rollout.version() + " came to serve.");
            } else {
                alarms.add(alarm + (track.evidence().isEmpty() ? "." : ": " + track.evidence()));
            }
        }
        if (alarms.isEmpty()) {
            return new Decision(
                    false, passedOver.isEmpty() ? List.of("No signal is in alarm.") : Expect.notes(passedOver));
        }
        String refusal = refusal(rollout, nowMillis);
        alarms.add(
                refusal.isEmpty()
                        ? "Version " + rollout.previous() + " is put back in place of version " + rollout.version()
                                + "."
                        : refusal);
        return new Decision(refusal.isEmpty(), Expect.notes(alarms));
    }

    private String refusal(Rollout rollout, long nowMillis) {
        if (watchMillis == 0) {
            return "This monitor rolls nothing back by itself.";
        }
        if (rollout.rolledBack()) {
            return "The rollout " + rollout.operation() + " was rolled back already.";
        }
        if (rollout.rollback()) {
            return "Version " + rollout.version()
                    + " was itself put back by a rollback, which is not taken back by itself.";
        }
        if (rollout.previous() == 0) {
            return "There is no good version before version " + rollout.version() + " to put back.";
        }
        // A clock that was set back keeps the rollout under watch: better one look too many.
        if (nowMillis - rollout.sinceMillis() > watchMillis) {
            return "Version " + rollout.version() + " has served for longer than the watch window of "
                    + Spans.text(watchMillis) + ".";
        }
        return "";
    }
}
