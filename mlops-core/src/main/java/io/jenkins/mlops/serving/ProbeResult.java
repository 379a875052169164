package io.jenkins.mlops.serving;

import java.io.Serializable;

/**
 * The answer to one HTTP request, or why there was none.
 *
 * @param status HTTP status, 100 to 599; 0 when no whole answer came
 * @param body the answer's text, at most {@link HttpProbe#MAX_BODY} bytes of it
 * @param truncated whether the answer was longer than that
 * @param latencyMillis time from the request to the last byte read, in ms
 * @param error why there was no answer, in words; empty if there was one
 */
public record ProbeResult(int status, String body, boolean truncated, long latencyMillis, String error)
        implements Serializable {
    public ProbeResult {
        if (status != 0) {
            Checks.range("an HTTP status", status, 100, 599);
        }
        if (body == null || body.length() > HttpProbe.MAX_BODY) {
            throw new IllegalArgumentException("the body of an answer is missing or longer than " + HttpProbe.MAX_BODY);
        }
        Checks.range("a latency in ms", latencyMillis, 0, Long.MAX_VALUE);
        Checks.text("the error of a request", error, Checks.TEXT);
        if ((status == 0) == error.isEmpty()) {
            throw new IllegalArgumentException(
                    "an answer has either a status or an error; found status " + status + " and error '" + error + "'");
        }
    }

    /** Returns whether a whole answer came with a status from 200 to 299. */
    public boolean successful() {
        return status >= 200 && status < 300;
    }

    /** Returns the outcome in one line for people, with the first part of an error's body. */
    public String summary() {
        if (status == 0) {
            return error;
        }
        if (successful() || body.isBlank()) {
            return "HTTP " + status;
        }
        return "HTTP " + status + ": "
                + Checks.clip(body.strip().replaceAll("\\s+", " ").replaceAll("\\p{C}", "?"), 300);
    }
}
