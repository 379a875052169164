package io.jenkins.mlops.monitor.window;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;

/**
 * How labels met predictions.
 *
 * @param added labels of ids that had none
 * @param repeated labels that say what is kept already
 * @param corrected labels that replaced another one
 * @param older labels that are older than the one kept
 * @param labels labels kept, each id once
 * @param matched of which the prediction is in the logs
 * @param unknown of which it isn't: kept for predictions that come later
 * @param dropped labels that were let go, the oldest first, because there were too many
 * @param doubledPredictions further predictions of an id that has a label; the first one counts
 * @param brokenPredictions lines of the logs that are no row
 */
public record FeedbackCounts(
        long added,
        long repeated,
        long corrected,
        long older,
        long labels,
        long matched,
        long unknown,
        long dropped,
        long doubledPredictions,
        long brokenPredictions)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public FeedbackCounts {
        for (long count : new long[] {
            added, repeated, corrected, older, labels, matched, unknown, dropped, doubledPredictions, brokenPredictions
        }) {
            Expect.notNegative(count, "a count");
        }
    }
}
