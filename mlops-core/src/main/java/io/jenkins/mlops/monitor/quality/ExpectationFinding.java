package io.jenkins.mlops.monitor.quality;

import io.jenkins.mlops.monitor.Expect;
import io.jenkins.mlops.monitor.Severity;
import java.io.Serializable;

/**
 * An expectation that a window fails.
 *
 * @param column the column
 * @param what {@code presence}, {@code type}, {@code missing}, {@code range} or {@code values}
 * @param severity how severe that is
 * @param rows how many rows are otherwise than expected
 * @param message expected and found, as a sentence
 */
public record ExpectationFinding(String column, String what, Severity severity, long rows, String message)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public ExpectationFinding {
        Expect.name(column, "a column's name");
        Expect.name(what, "what is expected");
        Expect.that(severity != null, "a severity", null);
        Expect.notNegative(rows, "rows");
        Expect.text(message, "a message", Expect.SENTENCE);
    }
}
