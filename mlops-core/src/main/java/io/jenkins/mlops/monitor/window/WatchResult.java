package io.jenkins.mlops.monitor.window;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;
import java.util.List;

/**
 * What a look brought. The windows and {@code next} belong together: both are kept, in one transaction, or neither.
 *
 * @param windows the windows that this look closed, in their order; also empty ones between others
 * @param next how far was read
 * @param counts what was met
 * @param notes what a reader should know: files that vanished, were truncated or rewritten; limits met
 */
public record WatchResult(List<WindowResult> windows, ReadingState next, ReadingCounts counts, List<String> notes)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public WatchResult {
        windows = Expect.list(windows, "windows", 1_000);
        Expect.that(next != null && counts != null, "a state and counts", next);
        notes = Expect.list(notes, "notes", Expect.NOTES);
    }
}
