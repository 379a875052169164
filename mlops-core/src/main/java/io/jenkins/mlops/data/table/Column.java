package io.jenkins.mlops.data.table;

/** One column of a {@link Table}. */
public sealed interface Column permits DoubleColumn, TextColumn {
    /** The column's name. */
    String name();

    /** How many rows the column has; the same for all columns of a table. */
    int rows();

    /** Whether a row's cell is empty (or {@code null}, or its key absent). */
    boolean isMissing(int row);

    /** How many cells are missing. */
    int missing();
}
