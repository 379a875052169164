package io.jenkins.mlops.serving;

import java.io.IOException;
import java.io.Serializable;

/** The machine that serves, as a place where tasks are run: an agent, through its channel, or this very machine. */
public interface ServingHost {
    /** This machine. */
    ServingHost LOCAL = new ServingHost() {
        @Override
        public <T extends Serializable> T call(HostTask<T> task) throws IOException, InterruptedException {
            return task.run();
        }
    };

    /**
     * Runs a task there and brings its result back.
     *
     * @throws ServingException if the task failed there
     * @throws IOException if the machine can't be reached or the outcome is unknown
     */
    <T extends Serializable> T call(HostTask<T> task) throws IOException, InterruptedException;
}
