package io.jenkins.mlops.data.parquet;

/**
 * Takes the values of one column, row by row.
 *
 * @param <X> what it throws
 */
public interface ValueSink<X extends Exception> {
    /** No value. */
    void missing() throws X;

    /** A truth value. */
    void bool(boolean value) throws X;

    /** A whole number. */
    void integer(long value) throws X;

    /** A number. */
    void number(double value) throws X;

    /** A text in well-formed or, if the file is wrong, malformed UTF-8; the array is not kept. */
    void text(byte[] buffer, int from, int to) throws X;
}
