package io.jenkins.mlops.registry;

/** Where a model version stands, in MLflow's terms and one of ours. */
public enum VersionStatus {
    /** Announced, its files are not all there yet; can't be promoted. */
    PENDING_REGISTRATION,
    /** Complete. */
    READY,
    /** Its files never arrived; the number stays taken. */
    FAILED_REGISTRATION,
    /** Removed by a person; the number is never given again and the ledger keeps what it was. */
    DELETED
}
