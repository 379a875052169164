package io.jenkins.mlops.data.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The requested columns of one file, all of the same number of rows. */
public final class Table {
    private final int rows;
    private final Map<String, Column> columns = new LinkedHashMap<>();

    /** Makes a table of given columns, which must be of one length and of different names. */
    public Table(List<? extends Column> columns) {
        this.rows = columns.isEmpty() ? 0 : columns.get(0).rows();
        for (Column column : columns) {
            if (column.rows() != rows) {
                throw new IllegalArgumentException("Expected " + rows + " rows in every column, found " + column.rows()
                        + " in \"" + column.name() + "\".");
            }
            if (this.columns.put(column.name(), column) != null) {
                throw new IllegalArgumentException("Column \"" + column.name() + "\" was given twice.");
            }
        }
    }

    /** How many rows there are. */
    public int rows() {
        return rows;
    }

    /** The columns in the order of the request. */
    public List<Column> columns() {
        return Collections.unmodifiableList(new ArrayList<>(columns.values()));
    }

    /** The names of the columns in the order of the request. */
    public List<String> names() {
        return Collections.unmodifiableList(new ArrayList<>(columns.keySet()));
    }

    /**
     * A column that was requested as numbers.
     *
     * @throws IllegalArgumentException when it was not
     */
    public DoubleColumn numeric(String name) {
        if (columns.get(name) instanceof DoubleColumn column) {
            return column;
        }
        throw new IllegalArgumentException("Column \"" + name + "\" was not requested as numeric.");
    }

    /**
     * A column that was requested as text.
     *
     * @throws IllegalArgumentException when it was not
     */
    public TextColumn text(String name) {
        if (columns.get(name) instanceof TextColumn column) {
            return column;
        }
        throw new IllegalArgumentException("Column \"" + name + "\" was not requested as text.");
    }
}
