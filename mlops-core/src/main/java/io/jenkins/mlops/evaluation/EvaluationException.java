package io.jenkins.mlops.evaluation;

import java.io.Serial;

/** An evaluation that can't be done with the given input; the message says what was expected, found, where, and what to do. */
public final class EvaluationException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    public EvaluationException(String message) {
        super(message);
    }

    public EvaluationException(String message, Throwable cause) {
        super(message, cause);
    }
}
