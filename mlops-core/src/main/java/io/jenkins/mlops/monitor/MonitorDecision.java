package io.jenkins.mlops.monitor;

import java.io.Serializable;
import java.util.List;

/**
 * What a monitor decided, and why.
 *
 * @param monitor the monitor's id
 * @param kind {@code retraining} or {@code rollback}
 * @param action what followed, such as {@code RETRAIN}, {@code SUGGEST}, {@code WAIT}, {@code NONE}, {@code ROLL_BACK}
 * @param signal the signal that asked
 * @param window the window that asked
 * @param reasons why, as sentences
 * @param key the key of the retraining attempt or the operation that followed; empty for none
 * @param millis when
 */
public record MonitorDecision(
        String monitor,
        String kind,
        String action,
        String signal,
        String window,
        List<String> reasons,
        String key,
        long millis)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public MonitorDecision {
        Expect.name(monitor, "a monitor's id");
        Expect.name(kind, "a kind of decision");
        Expect.name(action, "an action");
        Expect.text(signal, "a signal's name", Expect.NAME);
        Expect.text(window, "the key of a window", Expect.NAME);
        reasons = Expect.list(reasons, "reasons", Expect.NOTES);
        Expect.text(key, "a key", Expect.NAME);
    }
}
