package io.jenkins.plugins.mlops.steps;

import java.io.Serializable;

/** What {@code trainModel} provides to the steps inside its block: which run they log to. */
public final class TrackedRunHandle implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String runId;

    TrackedRunHandle(String runId) {
        this.runId = runId;
    }

    /** The run's id: 32 hexadecimal digits. */
    public String getRunId() {
        return runId;
    }
}
