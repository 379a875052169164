package io.jenkins.mlops.monitor;

import java.io.Serializable;

/**
 * A signal's step from one state to another.
 *
 * @param monitor the monitor's id
 * @param signal the signal's name
 * @param from its state before
 * @param to its state after
 * @param severity how severe it is
 * @param window the window that moved it
 * @param evidence what was seen, as a sentence
 * @param millis when
 */
public record SignalChange(
        String monitor,
        String signal,
        SignalState from,
        SignalState to,
        Severity severity,
        String window,
        String evidence,
        long millis)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public SignalChange {
        Expect.name(monitor, "a monitor's id");
        Expect.name(signal, "a signal's name");
        Expect.that(from != null && to != null && severity != null, "two states and a severity", from + ", " + to);
        Expect.text(window, "the key of a window", Expect.NAME);
        Expect.text(evidence, "evidence", Expect.SENTENCE);
    }
}
