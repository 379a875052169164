package io.jenkins.mlops.monitor.window;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;
import java.util.List;

/**
 * What a join brought. The labels and the windows belong together: both are kept, or neither.
 *
 * @param labels the labels to keep
 * @param counts how they met predictions
 * @param windows the closed windows whose labelled rows are others than before, in their order
 * @param notes what a reader should know
 */
public record FeedbackResult(
        PackedLabels labels, FeedbackCounts counts, List<WindowQuality> windows, List<String> notes)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public FeedbackResult {
        Expect.present(labels, "labels");
        Expect.present(counts, "counts");
        windows = Expect.list(windows, "windows", FeedbackTask.WINDOWS + 1);
        notes = Expect.list(notes, "notes", Expect.NOTES);
    }

    /** The same with other notes. */
    public FeedbackResult withNotes(List<String> others) {
        return new FeedbackResult(labels, counts, windows, others);
    }
}
