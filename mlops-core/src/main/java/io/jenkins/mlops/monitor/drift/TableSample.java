package io.jenkins.mlops.monitor.drift;

import io.jenkins.mlops.data.ColumnProfile;
import io.jenkins.mlops.data.DataFormat;
import io.jenkins.mlops.data.DataProfile;
import io.jenkins.mlops.data.table.CellNumbers;
import io.jenkins.mlops.data.table.CellSink;
import io.jenkins.mlops.data.table.MissingMarks;
import io.jenkins.mlops.data.table.TableLimits;
import io.jenkins.mlops.data.table.TableReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is kept of a table to be compared, column by column, in bounded memory.
 *
 * <p>Numbers are kept as they are while their budget lasts; the columns that go beyond it are kept as quantile sketches
 * ({@link io.jenkins.mlops.data.QuantileSketch}), whose error the results state. Values are counted exactly up to {@value
 * #CATEGORIES} a column.
 */
public final class TableSample {
    /** So many different values of a column are counted exactly. */
    public static final int CATEGORIES = 20_000;

    private static final int MANY_COLUMNS = 200;
    private static final int TEXTS = 2_000;

    private final ValueBudget budget;
    private final Map<String, ColumnSample> columns = new LinkedHashMap<>();
    private final List<ColumnSample> byIndex = new ArrayList<>();
    private final int expectedColumns;
    private final CellNumbers parser = new CellNumbers();
    private long rows;

    /**
     * Makes a sample of nothing.
     *
     * @param exactValues so many numbers are kept as they are, over all columns
     * @param expectedColumns how many columns will come, about: they share the memory of sketches
     */
    public TableSample(long exactValues, int expectedColumns) {
        this.budget = new ValueBudget(exactValues);
        this.expectedColumns = expectedColumns;
    }

    /** Makes a sample of nothing that shares the budget of kept numbers with another one. */
    public TableSample(TableSample other) {
        this.budget = other.budget;
        this.expectedColumns = Math.max(other.expectedColumns, other.columns.size());
    }

    /** What a profile knows of a table. */
    public static TableSample of(DataProfile profile) {
        TableSample sample = new TableSample(0, profile.columns().size());
        for (ColumnProfile column : profile.columns()) {
            sample.columns.put(column.name(), ColumnSample.of(column, profile.rows()));
        }
        sample.rows = profile.rows();
        return sample;
    }

    /**
     * Reads a whole file in one pass.
     *
     * @throws IOException when it is no table; the message names the place
     */
    public static TableSample read(Path file, DataFormat format, TableLimits limits, long exactValues)
            throws IOException {
        List<String> names = TableReader.columns(file, format, limits);
        TableSample sample = new TableSample(exactValues, names.size());
        // One thread, so that the chunks come in their order and need no merging.
        TableReader.Streamed streamed =
                TableReader.streamAll(file, format, limits.withThreads(1), chunk -> sample.new Cells());
        for (int i = 0; i < sample.byIndex.size(); i++) {
            sample.named(i, streamed.columns().get(i));
        }
        sample.rows = streamed.rows();
        return sample;
    }

    private void named(int index, String name) {
        columns.put(name, byIndex.get(index).renamed(name));
    }

    /** The column of a name, made when it is new. */
    public ColumnSample column(String name) {
        return columns.computeIfAbsent(name, this::make);
    }

    private ColumnSample make(String name) {
        int share = Math.max(1, Math.max(expectedColumns, columns.size() + byIndex.size()) / MANY_COLUMNS);
        return new ColumnSample(
                name,
                budget,
                Math.max(100, 800 / share),
                Math.max(200, CATEGORIES / share),
                Math.max(100, TEXTS / share));
    }

    /** Ends a row: columns that had no cell in it have a missing one. */
    public void endRow() {
        rows++;
    }

    /** A cell whose text may be a number; empty and NA-like texts are missing. */
    public void cell(String column, byte[] utf8) {
        cell(column(column), utf8, 0, utf8.length);
    }

    /** A cell that is text, whatever it looks like. */
    public void text(String column, String value) {
        column(column).text(value);
    }

    public void number(String column, double value, boolean whole) {
        column(column).number(value, whole);
    }

    public void bool(String column, boolean value) {
        column(column).bool(value);
    }

    private void cell(ColumnSample column, byte[] buffer, int from, int to) {
        if (from == to || MissingMarks.is(buffer, from, to)) {
            return;
        }
        switch (parser.kindOf(buffer, from, to)) {
            case INTEGER -> column.number(parser.value(), true);
            case DECIMAL -> column.number(parser.value(), false);
            case BOOLEAN -> column.bool(parser.value() == 1);
            default -> column.text(new String(buffer, from, to - from, StandardCharsets.UTF_8));
        }
    }

    public long rows() {
        return rows;
    }

    public Collection<ColumnSample> columns() {
        return Collections.unmodifiableCollection(columns.values());
    }

    /** Whether there is a column of that name. */
    public boolean has(String name) {
        return columns.containsKey(name);
    }

    /** The cells of a file, by their columns' numbers. */
    private final class Cells implements CellSink {
        private ColumnSample at(int column) {
            while (byIndex.size() <= column) {
                byIndex.add(make(""));
            }
            return byIndex.get(column);
        }

        @Override
        public void cell(int column, byte[] buffer, int from, int to) {
            TableSample.this.cell(at(column), buffer, from, to);
        }

        @Override
        public void string(int column, byte[] buffer, int from, int to) {
            at(column).text(new String(buffer, from, to - from, StandardCharsets.UTF_8));
        }

        @Override
        public void number(int column, double value) {
            at(column).number(value, false);
        }

        @Override
        public void integer(int column, long value) {
            at(column).number(value, true);
        }

        @Override
        public void bool(int column, boolean value) {
            at(column).bool(value);
        }

        @Override
        public void missing(int column) {
            at(column);
        }

        @Override
        public void endRow() {}
    }
}
