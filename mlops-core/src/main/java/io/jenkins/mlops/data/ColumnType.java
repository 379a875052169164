package io.jenkins.mlops.data;

/** What all present cells of a column are: the narrowest type that holds them. */
public enum ColumnType {
    /** Whole numbers that fit 64 bits. */
    INTEGER,
    /** Numbers. */
    NUMBER,
    /** Truth values. */
    BOOLEAN,
    /** Text, or a mixture. */
    TEXT,
    /** No cell is present. */
    EMPTY
}
