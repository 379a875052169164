package io.jenkins.mlops.data.table;

/** The cells of one requested column in one chunk of a file, while it is parsed and until it is joined. */
interface ColumnBlock {
    void cell(byte[] buffer, int from, int to) throws BadCellException;

    void string(byte[] buffer, int from, int to) throws BadCellException;

    void number(double value) throws BadCellException;

    void integer(long value) throws BadCellException;

    void bool(boolean value) throws BadCellException;

    void missing();
}
