package io.jenkins.mlops.registry;

/** Where a deployment of a version to an endpoint stands. */
public enum DeploymentState {
    /** Written down before the switch; whether it happened has to be looked up at the target. */
    SWITCHING,
    /** The endpoint serves this version. */
    SERVING,
    /** The switch failed, or the version was found unwell before it took traffic. */
    FAILED,
    /** The version served for a while and was taken back for the one before. */
    ROLLED_BACK,
    /** Another version has taken its place, or the endpoint was taken down. */
    RETIRED
}
