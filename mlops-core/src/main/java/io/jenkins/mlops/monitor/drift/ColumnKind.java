package io.jenkins.mlops.monitor.drift;

/** How a column is compared. */
public enum ColumnKind {
    /** Numbers. */
    NUMERIC,
    /** Values without an order; also numbers of few values, when asked for. */
    CATEGORICAL,
    /** Free text, compared by its length, its scripts and languages, and its words. */
    TEXT,
    /** Vectors that several columns hold, such as embeddings: compared as a whole. */
    VECTOR,
    /** No value on either side. */
    EMPTY
}
