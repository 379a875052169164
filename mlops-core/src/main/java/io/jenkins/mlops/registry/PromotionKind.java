package io.jenkins.mlops.registry;

/** Why an alias is to move. */
public enum PromotionKind {
    /** A version is put forward with its evidence; gates and approvals of the policy hold. */
    PROMOTION,
    /** A version that held the alias before, by a valid promotion, takes it back, by the policy's rollback approvals. */
    ROLLBACK,
    /** An administrator moves the alias past gates and approvals, with a reason that the ledger keeps. */
    OVERRIDE
}
