package io.jenkins.mlops.registry.retention;

/** What keeps a version from being let go by retention. */
public enum Keeping {
    /** An alias points at it. */
    ALIAS,
    /** An alias pointed at it once. */
    SERVED,
    /** An endpoint was given it, whether it served there or not. */
    ENDPOINT,
    /** A promotion of it is open. */
    PROMOTION,
    /** It has a tag that keeps versions. */
    TAG,
    /** It is one of the newest. */
    NEWEST,
    /** It is younger than the rule lets go, or was registered within a day. */
    AGE,
    /** The rule of its model lets nothing go. */
    RULE
}
