package io.jenkins.mlops.monitor.retraining;

/** What a quality in production rests on, the best first. */
public enum Basis {
    /** Labels that came. */
    LABELS,
    /** The model's own confidence. */
    ESTIMATE,
    /** How many columns have drifted: not quality itself, but all that is known. */
    DRIFT,
    /** Nothing was measured. */
    NONE
}
