package io.jenkins.mlops.monitor.retraining;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;
import java.util.List;

/**
 * What follows a request for a retraining, and why.
 *
 * @param action what follows
 * @param reasons why, as sentences for people; at least one
 * @param notBeforeMillis when the same request may be decided otherwise, for {@link Action#WAIT}; 0 when that is no
 *     matter of time (a running build ends, more rows come)
 * @param turnedDown whether an automatic policy only suggests, because its retrainings don't help
 */
public record RetrainingDecision(Action action, List<String> reasons, long notBeforeMillis, boolean turnedDown)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What follows. */
    public enum Action {
        /** A build is to be queued, once its claim is in the store. */
        RETRAIN,
        /** A person is to be asked. */
        SUGGEST,
        /** Not now: the request stands, and is to be decided again. */
        WAIT,
        /** Nothing: the request is done with. */
        NONE
    }

    public RetrainingDecision {
        Expect.that(action != null, "an action", null);
        reasons = Expect.list(reasons, "reasons", Expect.NOTES);
        Expect.that(!reasons.isEmpty(), "at least one reason", "none");
    }
}
