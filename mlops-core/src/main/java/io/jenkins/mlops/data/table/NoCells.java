package io.jenkins.mlops.data.table;

/** A sink for those who want the columns only. */
final class NoCells implements CellSink {
    @Override
    public void cell(int column, byte[] buffer, int from, int to) {}

    @Override
    public void string(int column, byte[] buffer, int from, int to) {}

    @Override
    public void number(int column, double value) {}

    @Override
    public void integer(int column, long value) {}

    @Override
    public void bool(int column, boolean value) {}

    @Override
    public void missing(int column) {}

    @Override
    public void endRow() {}
}
