package io.jenkins.mlops.data.table;

import java.util.List;

/** Collects the requested columns of one chunk. */
final class TableSink implements CellSink {
    private final ColumnBlock[] blocks;
    private final WhenDone whenDone;
    private int rows;

    /** Is told when all rows of the chunk are there. */
    interface WhenDone {
        void done(TableSink sink) throws BadCellException;
    }

    TableSink(List<ColumnRequest> requests, int capacity, long maxTextBytes, WhenDone whenDone) {
        this.whenDone = whenDone;
        blocks = new ColumnBlock[requests.size()];
        for (int i = 0; i < blocks.length; i++) {
            ColumnRequest.Kind kind = requests.get(i).kind();
            blocks[i] = kind == ColumnRequest.Kind.TEXT
                    ? new TextBlock(capacity, maxTextBytes)
                    : new NumberBlock(kind == ColumnRequest.Kind.NUMERIC, capacity);
        }
    }

    int rows() {
        return rows;
    }

    @Override
    public void cell(int column, byte[] buffer, int from, int to) throws BadCellException {
        blocks[column].cell(buffer, from, to);
    }

    @Override
    public void string(int column, byte[] buffer, int from, int to) throws BadCellException {
        blocks[column].string(buffer, from, to);
    }

    @Override
    public void number(int column, double value) throws BadCellException {
        blocks[column].number(value);
    }

    @Override
    public void integer(int column, long value) throws BadCellException {
        blocks[column].integer(value);
    }

    @Override
    public void bool(int column, boolean value) throws BadCellException {
        blocks[column].bool(value);
    }

    @Override
    public void missing(int column) throws BadCellException {
        blocks[column].missing();
    }

    @Override
    public void endRow() {
        rows++;
    }

    @Override
    public void endChunk() throws BadCellException {
        whenDone.done(this);
    }

    ColumnBlock block(int column) {
        return blocks[column];
    }

    ColumnBlock takeBlock(int column) {
        ColumnBlock block = blocks[column];
        blocks[column] = null;
        return block;
    }
}
