package io.jenkins.mlops.monitor.window;

import io.jenkins.mlops.data.DataException;
import io.jenkins.mlops.data.DataFormat;
import io.jenkins.mlops.data.table.CellSink;
import io.jenkins.mlops.data.table.TableLimits;
import io.jenkins.mlops.data.table.TableReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the rows of one Parquet log from a row on; the place of a row is its number. */
final class ParquetRows {
    /** The most cells of one row group, which are held at once. */
    private static final long CELLS = 20_000_000;

    private final LogFile file;
    private final ReadingLimits limits;

    ParquetRows(LogFile file, ReadingLimits limits) {
        this.file = file;
        this.limits = limits;
    }

    /** Reads on; returns the number of rows in the file. */
    long read(long from, RowReader.Rows rows) throws IOException {
        TableLimits table = TableLimits.DEFAULT.withThreads(1).withMaxColumns(limits.columns());
        List<String> names = TableReader.columns(file.file(), DataFormat.PARQUET, table);
        long[] next = {0};
        TableReader.streamAll(file.file(), DataFormat.PARQUET, table, chunk -> new Group(names, from, next, rows));
        return next[0];
    }

    private final class Group implements CellSink {
        private final List<String> names;
        private final long from;
        private final long[] next;
        private final RowReader.Rows rows;
        private final List<List<Object>> cells = new ArrayList<>();
        private long held;
        private int count;

        Group(List<String> names, long from, long[] next, RowReader.Rows rows) {
            this.names = names;
            this.from = from;
            this.next = next;
            this.rows = rows;
        }

        private void put(int column, Object value) {
            while (cells.size() <= column) {
                cells.add(new ArrayList<>());
            }
            held++;
            if (held <= CELLS) {
                cells.get(column).add(value);
            }
        }

        @Override
        public void cell(int column, byte[] buffer, int start, int end) {
            string(column, buffer, start, end);
        }

        @Override
        public void string(int column, byte[] buffer, int start, int end) {
            put(column, new String(buffer, start, end - start, StandardCharsets.UTF_8));
        }

        @Override
        public void number(int column, double value) {
            put(column, value);
        }

        @Override
        public void integer(int column, long value) {
            put(column, value);
        }

        @Override
        public void bool(int column, boolean value) {
            put(column, value);
        }

        @Override
        public void missing(int column) {
            put(column, null);
        }

        @Override
        public void endRow() {
            count++;
        }

        @Override
        public void endChunk() {
            if (held > CELLS) {
                throw new java.io.UncheckedIOException(
                        new DataException(file.path() + ": expected row groups of at most " + CELLS
                                + " cells, found one of " + held + ". Write smaller ones."));
            }
            LogRow row = new LogRow();
            for (int i = 0; i < count; i++) {
                long number = next[0]++;
                if (number < from) {
                    continue;
                }
                row.clear(number);
                for (int column = 0; column < cells.size(); column++) {
                    Object value =
                            i < cells.get(column).size() ? cells.get(column).get(i) : null;
                    if (value != null) {
                        row.put(names.get(column), value);
                    }
                }
                rows.row(row);
            }
        }
    }
}
