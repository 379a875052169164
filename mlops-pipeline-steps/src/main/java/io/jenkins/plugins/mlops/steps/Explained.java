package io.jenkins.plugins.mlops.steps;

import hudson.AbortException;
import io.jenkins.mlops.data.DataException;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.serving.ServingException;

/**
 * Finds the exception that explains a failure to people, so that the console shows its sentence and no stack trace.
 *
 * <p>The core says in its messages what was expected, what was found and what to do. Remoting wraps what is thrown on an
 * agent, so the sentence may stand further down the chain of causes.
 */
final class Explained {
    private static final int DEEPEST = 20;

    private Explained() {}

    /** The failure as the author should see it: an AbortException if it explains itself, else the failure as it is. */
    static Throwable of(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof AbortException) {
                return cause;
            }
            if (cause instanceof DataException
                    || cause instanceof RegistryException
                    || cause instanceof ServingException
                    || cause instanceof IllegalArgumentException) {
                AbortException explained = new AbortException(cause.getMessage());
                explained.initCause(failure);
                return explained;
            }
            cause = cause.getCause();
        }
        return failure;
    }
}
