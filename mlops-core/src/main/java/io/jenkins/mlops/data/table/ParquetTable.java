package io.jenkins.mlops.data.table;

import io.jenkins.mlops.data.DataException;
import io.jenkins.mlops.data.parquet.ParquetFile;
import io.jenkins.mlops.data.parquet.ValueSink;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Reads the columns of a Parquet file into cell sinks: one chunk for each row group. */
final class ParquetTable {
    private final String name;
    private final ParquetFile file;
    private final List<String> names;

    private ParquetTable(String name, ParquetFile file) {
        this.name = name;
        this.file = file;
        this.names = file.columns();
    }

    static List<String> columns(Path path, TableLimits limits) throws IOException {
        try (ParquetFile file = ParquetFile.open(path, limits.maxColumns())) {
            return file.columns();
        }
    }

    /** Reads the requested columns; returns the number of rows. */
    static long scan(
            Path path, List<ColumnRequest> requests, TableLimits limits, Supplier<TableReader.ChunkSinks> sinks)
            throws IOException {
        try (ParquetFile file = ParquetFile.open(path, limits.maxColumns())) {
            ParquetTable table = new ParquetTable(String.valueOf(path.getFileName()), file);
            int[] requestOf = ColumnNames.requestOf(table.name, table.names, requests);
            int[] columnOf = new int[requests.size()];
            for (int i = 0; i < requestOf.length; i++) {
                if (requestOf[i] >= 0) {
                    columnOf[requestOf[i]] = i;
                    file.requireReadable(i);
                }
            }
            table.run(columnOf, limits, sinks);
            return file.rows();
        }
    }

    /** Reads all columns that can be read; the others are only named. */
    static TableReader.Streamed streamAll(Path path, TableLimits limits, TableReader.ChunkSinks sinks)
            throws IOException {
        try (ParquetFile file = ParquetFile.open(path, limits.maxColumns())) {
            ParquetTable table = new ParquetTable(String.valueOf(path.getFileName()), file);
            List<String> read = new ArrayList<>();
            List<String> passedOver = new ArrayList<>();
            List<Integer> columns = new ArrayList<>();
            for (int i = 0; i < table.names.size(); i++) {
                if (file.readable(i)) {
                    read.add(table.names.get(i));
                    columns.add(i);
                } else {
                    passedOver.add(table.names.get(i));
                }
            }
            table.run(columns.stream().mapToInt(Integer::intValue).toArray(), limits, () -> sinks);
            return new TableReader.Streamed(read, file.rows(), passedOver);
        }
    }

    private void run(int[] columnOf, TableLimits limits, Supplier<TableReader.ChunkSinks> sinks) throws IOException {
        if (file.rows() > limits.maxRows()) {
            throw new DataException(name + ": expected at most " + limits.maxRows() + " rows (limit maxRows), found "
                    + file.rows() + ".");
        }
        int threads = Math.max(1, Math.min(limits.threads(), file.rowGroups()));
        AtomicInteger next = new AtomicInteger();
        if (threads == 1) {
            work(columnOf, limits, sinks.get(), next);
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "table-reader");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                TableReader.ChunkSinks own = sinks.get();
                running.add(pool.submit(() -> {
                    work(columnOf, limits, own, next);
                    return null;
                }));
            }
            for (Future<?> future : running) {
                future.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Reading " + name + " was interrupted.");
        } finally {
            next.set(Integer.MAX_VALUE / 2);
            pool.shutdownNow();
        }
    }

    private void work(int[] columnOf, TableLimits limits, TableReader.ChunkSinks sinks, AtomicInteger next)
            throws IOException {
        for (int group = next.getAndIncrement(); group < file.rowGroups(); group = next.getAndIncrement()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("Reading " + name + " was interrupted.");
            }
            CellSink sink = sinks.sinkFor(group);
            for (int request = 0; request < columnOf.length; request++) {
                column(group, columnOf[request], new Cells(sink, request, limits.maxLineBytes()));
            }
            try {
                for (long row = 0; row < file.rows(group); row++) {
                    sink.endRow();
                }
                sink.endChunk();
            } catch (BadCellException e) {
                throw new DataException(name + ": " + e.getMessage());
            }
        }
    }

    private void column(int group, int column, Cells cells) throws IOException {
        try {
            file.read(group, column, cells);
        } catch (BadCellException e) {
            long row = cells.row;
            for (int before = 0; before < group; before++) {
                row += file.rows(before);
            }
            throw new DataException(
                    name + ", row " + row + ", column \"" + names.get(column) + "\": " + e.getMessage());
        }
    }

    /** Gives the values of one column to a sink of cells. */
    private static final class Cells implements ValueSink<BadCellException> {
        private final CellSink sink;
        private final int column;
        private final int maxBytes;
        private long row;

        Cells(CellSink sink, int column, int maxBytes) {
            this.sink = sink;
            this.column = column;
            this.maxBytes = maxBytes;
        }

        @Override
        public void missing() throws BadCellException {
            row++;
            sink.missing(column);
        }

        @Override
        public void bool(boolean value) throws BadCellException {
            row++;
            sink.bool(column, value);
        }

        @Override
        public void integer(long value) throws BadCellException {
            row++;
            sink.integer(column, value);
        }

        @Override
        public void number(double value) throws BadCellException {
            row++;
            sink.number(column, value);
        }

        @Override
        public void text(byte[] buffer, int from, int to) throws BadCellException {
            row++;
            if (to - from > maxBytes) {
                throw new BadCellException(
                        "expected at most " + maxBytes + " bytes (limit maxLineBytes), found a longer text.");
            }
            for (int i = from; i < to; i++) {
                if (buffer[i] < 0) {
                    requireUtf8(buffer, i, to);
                    break;
                }
            }
            sink.string(column, buffer, from, to);
        }

        private static void requireUtf8(byte[] buffer, int from, int to) throws BadCellException {
            int bad = Utf8.firstInvalid(buffer, from, to);
            if (bad >= 0) {
                throw new BadCellException(String.format(
                        "expected UTF-8, found the byte 0x%02X. Binary columns cannot be read.", buffer[bad] & 0xFF));
            }
        }
    }
}
