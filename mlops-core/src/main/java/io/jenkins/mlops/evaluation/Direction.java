package io.jenkins.mlops.evaluation;

/** Which way a metric gets better. */
public enum Direction {
    /** More is better, as with accuracy. */
    HIGHER,
    /** Less is better, as with log loss. */
    LOWER,
    /** Not known; whoever compares has to state it. */
    UNKNOWN
}
