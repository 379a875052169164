package io.jenkins.mlops.data.table;

import java.io.Serializable;

/**
 * One column that a caller wants, and as what.
 *
 * @param name the column's name, exactly as the file spells it
 * @param kind whether the cells are wanted as numbers or as text
 */
public record ColumnRequest(String name, Kind kind) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** How the cells of a column are wanted. */
    public enum Kind {
        /** As numbers; a cell that is none ends the reading with an error that names it. */
        NUMERIC,
        /** As numbers; a cell that is none becomes NaN and is noted in {@link DoubleColumn#unparseable()}. */
        NUMERIC_OR_NAN,
        /** As text, dictionary coded. */
        TEXT
    }

    /** Checks that both parts are there. */
    public ColumnRequest {
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("Expected the name of a column, found none.");
        }
        if (kind == null) {
            throw new IllegalArgumentException("Expected a kind for column \"" + name + "\", found none.");
        }
    }

    /** Asks for numbers, and for an error when a cell holds something else. */
    public static ColumnRequest numeric(String name) {
        return new ColumnRequest(name, Kind.NUMERIC);
    }

    /** Asks for numbers, with NaN and a note where a cell holds something else. */
    public static ColumnRequest numericOrNaN(String name) {
        return new ColumnRequest(name, Kind.NUMERIC_OR_NAN);
    }

    /** Asks for text. */
    public static ColumnRequest text(String name) {
        return new ColumnRequest(name, Kind.TEXT);
    }
}
