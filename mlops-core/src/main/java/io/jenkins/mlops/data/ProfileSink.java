package io.jenkins.mlops.data;

import io.jenkins.mlops.data.table.BadCellException;
import io.jenkins.mlops.data.table.CellSink;
import io.jenkins.mlops.data.table.InFileOrder;
import java.util.ArrayList;
import java.util.List;

/** Sketches the columns of one chunk of a table. */
final class ProfileSink implements CellSink {
    private final InFileOrder.Next<ProfileSink> whenDone;
    private final int counters;
    private final int k;
    private final List<ColumnSketch> columns = new ArrayList<>();

    ProfileSink(int counters, int k, InFileOrder.Next<ProfileSink> whenDone) {
        this.counters = counters;
        this.k = k;
        this.whenDone = whenDone;
    }

    List<ColumnSketch> columns() {
        return columns;
    }

    private ColumnSketch column(int index) {
        while (columns.size() <= index) {
            columns.add(new ColumnSketch(counters, k));
        }
        return columns.get(index);
    }

    void merge(ProfileSink other) {
        for (int i = 0; i < other.columns.size(); i++) {
            column(i).merge(other.columns.get(i));
        }
    }

    @Override
    public void cell(int column, byte[] buffer, int from, int to) {
        column(column).cell(buffer, from, to);
    }

    @Override
    public void string(int column, byte[] buffer, int from, int to) {
        column(column).string(buffer, from, to);
    }

    @Override
    public void number(int column, double value) {
        column(column).decimal(value);
    }

    @Override
    public void integer(int column, long value) {
        column(column).integer(value);
    }

    @Override
    public void bool(int column, boolean value) {
        column(column).bool(value);
    }

    @Override
    public void missing(int column) {
        // Nulls are the rows without a value.
        column(column);
    }

    @Override
    public void endRow() {}

    @Override
    public void endChunk() throws BadCellException {
        whenDone.take(this);
    }
}
