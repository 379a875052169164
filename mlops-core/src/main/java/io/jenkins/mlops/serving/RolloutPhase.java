package io.jenkins.mlops.serving;

/** Where a rollout stands; also what is to be done next. */
public enum RolloutPhase {
    /** The new version is to be started beside the one that serves. */
    START_NEW,
    /** The new version must answer healthily, several times in a row. */
    HEALTH_WINDOW,
    /** The new version must answer the smoke request sensibly. */
    SMOKE,
    /** The endpoint is to be moved to the new version. */
    SWITCH,
    /** The endpoint is watched with the new version. */
    WATCH,
    /** The version before is to be put to rest. */
    RETIRE,
    /** The new version failed before it served and is to be removed; the version before serves on. */
    DISCARD,
    /** The endpoint is to be moved back to the version before. */
    ROLL_BACK,
    /** The version before must answer healthily again. */
    VERIFY_ROLLBACK,
    /** The new version serves. */
    DONE,
    /** The version that served before serves. */
    ROLLED_BACK,
    /** Nothing served before, or the rollback failed, too. */
    FAILED;

    /** Returns whether nothing is left to be done. */
    public boolean terminal() {
        return this == DONE || this == ROLLED_BACK || this == FAILED;
    }
}
