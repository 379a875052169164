package io.jenkins.mlops.data.table;

/**
 * Takes the cells of the requested columns: the streaming form of a table.
 *
 * <p>Each parsing thread has a sink of its own, so that an implementation needs no lock. The cells of one column come in
 * the order of the rows, within one chunk of the file; chunks come in any order. The cells of a row come together in text
 * files; in Parquet files the columns come one after the other, and then {@link #endRow} for each row. Byte arrays are the
 * parser's buffers and change after the call.
 */
public interface CellSink {
    /** A cell of an untyped file (CSV): UTF-8 that may well be a number. {@code from} is less than {@code to}. */
    void cell(int column, byte[] buffer, int from, int to) throws BadCellException;

    /** A cell that the file itself calls a string, or that is quoted in a CSV file; may be of length 0. */
    void string(int column, byte[] buffer, int from, int to) throws BadCellException;

    /** A number. */
    void number(int column, double value) throws BadCellException;

    /** A whole number. */
    void integer(int column, long value) throws BadCellException;

    /** A truth value. */
    void bool(int column, boolean value) throws BadCellException;

    /** An empty cell. */
    void missing(int column) throws BadCellException;

    /** All cells of the row were given. */
    void endRow() throws BadCellException;

    /** All rows of one chunk of the file were given. */
    default void endChunk() throws BadCellException {}
}
