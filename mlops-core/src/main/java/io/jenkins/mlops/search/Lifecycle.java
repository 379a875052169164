package io.jenkins.mlops.search;

/** Which things are looked for: those that are there, those marked as deleted, or both. */
public enum Lifecycle {
    ACTIVE,
    DELETED,
    ALL
}
