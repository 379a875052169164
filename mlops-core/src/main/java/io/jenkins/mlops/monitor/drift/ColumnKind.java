package io.jenkins.mlops.monitor.drift;

/** How a column is compared. */
public enum ColumnKind {
    /** Numbers. */
    NUMERIC,
    /** Values without an order; also numbers of few values, when asked for. */
    CATEGORICAL,
    /** Free text, compared by its length, its scripts and languages, and its words. */
    TEXT,
    /** No value on either side. */
    EMPTY
}
