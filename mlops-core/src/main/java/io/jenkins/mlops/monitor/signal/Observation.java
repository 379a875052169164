package io.jenkins.mlops.monitor.signal;

import io.jenkins.mlops.monitor.Expect;
import io.jenkins.mlops.monitor.Severity;
import java.io.Serializable;

/**
 * What one window says about one signal.
 *
 * @param window the window's key; the same window is counted once, however often it is observed
 * @param finding good, bad, or neither
 * @param severity how severe it is when bad
 * @param evidence what was seen, as a sentence
 * @param millis when it was observed, in milliseconds since 1970
 */
public record Observation(String window, Finding finding, Severity severity, String evidence, long millis)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What a window says. */
    public enum Finding {
        GOOD,
        BAD,
        /** Too few rows, or nothing at all: neither raises nor ends an alarm. */
        INCONCLUSIVE
    }

    public Observation {
        Expect.name(window, "the key of a window");
        Expect.that(finding != null && severity != null, "a finding and a severity", finding + ", " + severity);
        Expect.text(evidence, "evidence", Expect.SENTENCE);
    }
}
