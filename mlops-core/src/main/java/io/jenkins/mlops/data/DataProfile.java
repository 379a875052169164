package io.jenkins.mlops.data;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What the tables of a dataset hold: the schema, and figures per column.
 *
 * @param rows how many rows there are
 * @param columns the columns in the order of the file
 */
public record DataProfile(long rows, List<ColumnProfile> columns) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The most columns that a profile holds. */
    public static final int MAX_COLUMNS = 10_000;

    /** Checks ranges and sizes. */
    public DataProfile {
        Checks.require(rows >= 0, "a number of rows of 0 or more", rows);
        columns = Checks.list(columns, "columns", MAX_COLUMNS);
    }

    /** The column of a name. */
    public Optional<ColumnProfile> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }
}
