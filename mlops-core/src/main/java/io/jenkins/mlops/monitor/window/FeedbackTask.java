package io.jenkins.mlops.monitor.window;

import io.jenkins.mlops.evaluation.EvaluationOptions;
import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;
import java.util.Map;

/**
 * Which labels are joined to the predictions of which windows.
 *
 * @param source where the prediction logs are; its id column is needed
 * @param windows how they are cut
 * @param state how far they were read: windows are evaluated once they are closed
 * @param kept the labels that came before
 * @param added those that come now
 * @param options how what met is evaluated; its label column is the name that the joined file gives the label
 * @param known the digest of what each window was last evaluated on, by the window's key: the same isn't evaluated again
 * @param most the most labels that are kept
 */
public record FeedbackTask(
        LogSource source,
        WindowSpec windows,
        ReadingState state,
        PackedLabels kept,
        PackedLabels added,
        EvaluationOptions options,
        Map<String, String> known,
        int most)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Windows that are older than the last so many closed ones are not evaluated any more. */
    public static final int WINDOWS = 100;

    public FeedbackTask {
        Expect.name(Expect.present(source, "a source").idColumn(), "the id column of the predictions");
        Expect.present(windows, "windows");
        Expect.present(state, "how far was read");
        Expect.present(kept, "labels");
        Expect.present(added, "labels");
        Expect.present(options, "options of the evaluation");
        known = Expect.map(known, "digests", 10_000);
        Expect.that(most >= 1 && most <= LabelFile.LABELS, "1 to " + LabelFile.LABELS + " labels", most);
    }

    /** The same with another state of reading. */
    public FeedbackTask withState(ReadingState other) {
        return new FeedbackTask(source, windows, other, kept, added, options, known, most);
    }
}
