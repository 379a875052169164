package org.jvnet.hudson.reactor;

/** A failure to start. */
public class ReactorException extends Exception {
    private static final long serialVersionUID = 1L;

    ReactorException(Throwable cause) {
        super(cause);
    }
}
