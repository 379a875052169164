package io.jenkins.mlops.registry;

/** Where a promotion policy comes from. */
public enum PolicyOrigin {
    /** Nobody set one: what holds then. */
    BUILT_IN,
    /** A person set it, on a page or over REST. */
    PERSON,
    /** Configuration as code set it; who wants another one changes it there. */
    CONFIGURATION
}
