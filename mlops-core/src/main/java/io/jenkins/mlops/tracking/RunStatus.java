package io.jenkins.mlops.tracking;

/** Where a run stands, in MLflow's terms. */
public enum RunStatus {
    RUNNING,
    SCHEDULED,
    FINISHED,
    FAILED,
    KILLED;

    /** Whether nothing more is expected of the run. */
    public boolean isFinished() {
        return this == FINISHED || this == FAILED || this == KILLED;
    }
}
