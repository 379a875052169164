package io.jenkins.mlops.data;

import java.io.IOException;

/**
 * Data that cannot be used as asked: the message names what was expected, what was found, where, and what to do.
 *
 * <p>The message is meant for the build log: it needs no stack trace beside it.
 */
public final class DataException extends IOException {
    private static final long serialVersionUID = 1L;

    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
