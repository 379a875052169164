package io.jenkins.plugins.mlops.steps;

import hudson.AbortException;
import io.jenkins.mlops.data.DataException;
import io.jenkins.mlops.data.WriteFailure;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.serving.ServingException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Finds the exception that explains a failure to people, so that the console shows its sentence and no stack trace.
 *
 * <p>The core says in its messages what was expected, what was found and what to do. Remoting wraps what is thrown on an
 * agent, so the sentence may stand further down the chain of causes.
 */
final class Explained {
    private static final Logger LOGGER = Logger.getLogger(Explained.class.getName());

    private static final int DEEPEST = 20;

    private Explained() {}

    /** The failure as the author should see it: an AbortException if it explains itself, else the failure as it is. */
    static Throwable of(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof AbortException && cause.getCause() == null) {
                return cause;
            }
            if (cause instanceof AbortException
                    || cause instanceof DataException
                    || cause instanceof RegistryException
                    || cause instanceof ServingException
                    || cause instanceof IllegalArgumentException) {
                // Without the cause: Jenkins cannot keep every cause in the build's record (XStream does not read the
                // JDK's file system exceptions, for one), and would then print all of it as a stack trace.
                LOGGER.log(Level.FINE, "A step failed with a reason for its author", failure);
                return new AbortException(cause.getMessage());
            }
            cause = cause.getCause();
        }
        if (WriteFailure.isDiskFull(failure)) {
            AbortException full = new AbortException("Expected room on the disk for what this step writes, found none ("
                    + failure.getMessage() + "). Make room there and run the build again.");
            full.initCause(failure);
            return full;
        }
        return failure;
    }
}
