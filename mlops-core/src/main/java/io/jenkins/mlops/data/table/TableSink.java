package io.jenkins.mlops.data.table;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Collects the requested columns of one chunk. */
final class TableSink implements CellSink {
    private final ColumnBlock[] blocks;
    private int rows;

    TableSink(List<ColumnRequest> requests, int capacity, AtomicLong textBytes, long maxTextBytes) {
        blocks = new ColumnBlock[requests.size()];
        for (int i = 0; i < blocks.length; i++) {
            ColumnRequest.Kind kind = requests.get(i).kind();
            blocks[i] = kind == ColumnRequest.Kind.TEXT
                    ? new TextBlock(capacity, textBytes, maxTextBytes)
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

    /** Joins the sinks of all chunks, given in the order of the file; takes their content away. */
    static Table join(List<ColumnRequest> requests, List<TableSink> sinks) {
        int rows = 0;
        for (TableSink sink : sinks) {
            rows = Math.addExact(rows, sink.rows);
        }
        List<Column> columns = new ArrayList<>();
        for (int c = 0; c < requests.size(); c++) {
            String name = requests.get(c).name();
            if (requests.get(c).kind() == ColumnRequest.Kind.TEXT) {
                columns.add(TextBlock.join(name, take(sinks, c, new TextBlock[sinks.size()]), rows));
            } else {
                columns.add(NumberBlock.join(name, take(sinks, c, new NumberBlock[sinks.size()]), rows));
            }
        }
        return new Table(columns);
    }

    @SuppressWarnings("unchecked") // the request that made the block made the array
    private static <B extends ColumnBlock> B[] take(List<TableSink> sinks, int column, B[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = (B) sinks.get(i).blocks[column];
            sinks.get(i).blocks[column] = null;
        }
        return into;
    }
}
