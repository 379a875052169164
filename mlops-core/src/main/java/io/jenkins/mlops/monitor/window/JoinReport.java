package io.jenkins.mlops.monitor.window;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;
import java.util.List;

/**
 * How labels met predictions.
 *
 * @param predictions predictions in the span, each id once
 * @param matched of which have a label
 * @param waiting of which have none yet; some never get one
 * @param labels labels, each id once
 * @param orphans labels whose prediction isn't in the logs or in the span
 * @param doubledPredictions further rows of an id; the first one counts
 * @param doubledLabels further labels of an id that say the same
 * @param conflictingLabels further labels of an id that say something else; the last one counts
 * @param broken lines that are no row, or have no id
 * @param notes what a reader should know
 */
public record JoinReport(
        long predictions,
        long matched,
        long waiting,
        long labels,
        long orphans,
        long doubledPredictions,
        long doubledLabels,
        long conflictingLabels,
        long broken,
        List<String> notes)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public JoinReport {
        notes = Expect.list(notes, "notes", Expect.NOTES);
    }

    /** The share of the predictions that have a label; NaN without predictions. */
    public double coverage() {
        return predictions == 0 ? Double.NaN : (double) matched / predictions;
    }
}
