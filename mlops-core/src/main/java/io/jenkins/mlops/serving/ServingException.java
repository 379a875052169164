package io.jenkins.mlops.serving;

import java.io.IOException;
import java.io.Serial;

/**
 * Serving was refused or failed for a reason that lies in the request, the model or the endpoint.
 *
 * <p>Any other {@link IOException} from this package means that the outcome is unknown (a lost agent, for instance):
 * the state has to be read again before anything is repeated.
 */
public class ServingException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was expected, what was found, where, and what to do
     */
    public ServingException(String message) {
        super(message);
    }

    /**
     * Creates the exception with its cause.
     *
     * @param message what was expected, what was found, where, and what to do
     * @param cause what happened below
     */
    public ServingException(String message, Throwable cause) {
        super(message, cause);
    }
}
