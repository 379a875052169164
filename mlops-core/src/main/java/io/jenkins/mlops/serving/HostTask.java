package io.jenkins.mlops.serving;

import java.io.IOException;
import java.io.Serializable;

/**
 * A piece of work for the machine that serves: a record of plain values, which the JDK alone can run.
 *
 * @param <T> type of the result, a plain value, too
 */
public interface HostTask<T extends Serializable> extends Serializable {
    /**
     * Does the work, on the machine that serves.
     *
     * @throws ServingException if it failed there
     * @throws IOException if the outcome is unknown
     */
    T run() throws IOException, InterruptedException;
}
