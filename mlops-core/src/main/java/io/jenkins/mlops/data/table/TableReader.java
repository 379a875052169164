package io.jenkins.mlops.data.table;

import io.jenkins.mlops.data.DataException;
import io.jenkins.mlops.data.DataFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Reads tables from CSV, JSON Lines and Parquet files.
 *
 * <p>Every method throws a {@link DataException} that names file, line and column when the content is not as expected,
 * and an {@link java.io.InterruptedIOException} when the calling thread is interrupted.
 */
public final class TableReader {
    /** Small enough for the blocks of an ordinary column not to count as huge objects for the garbage collector. */
    private static final int CHUNK_BYTES = 1 << 20;

    private TableReader() {}

    /**
     * Reads the requested columns into memory.
     *
     * @param columns the columns wanted; others are passed over
     * @return a table with the columns in the order of the request
     * @throws DataException when the file is missing, is not of the format, lacks a column, or has a cell that is not
     *     what the request says
     */
    public static Table read(Path file, DataFormat format, List<ColumnRequest> columns, TableLimits limits)
            throws IOException {
        AtomicLong textBytes = new AtomicLong();
        List<TableSink> sinks = Collections.synchronizedList(new ArrayList<>());
        scan(file, format, columns, limits, () -> new ChunkSinks() {
            private TableSink last = new TableSink(columns, 0, textBytes, limits.maxTextBytes());

            @Override
            public CellSink sinkFor(int chunk) {
                last = new TableSink(columns, last.rows() + (last.rows() >> 5), textBytes, limits.maxTextBytes());
                synchronized (sinks) {
                    while (sinks.size() <= chunk) {
                        sinks.add(null);
                    }
                    sinks.set(chunk, last);
                }
                return last;
            }
        });
        return TableSink.join(columns, sinks);
    }

    /** Reads with the default limits and the format that the file's name tells. */
    public static Table read(Path file, List<ColumnRequest> columns) throws IOException {
        return read(file, DataFormat.ofFileName(String.valueOf(file.getFileName())), columns, TableLimits.DEFAULT);
    }

    /** Gives a thread's sink for each chunk. */
    interface ChunkSinks {
        CellSink sinkFor(int chunk);
    }

    /**
     * Streams the requested columns into sinks, one a thread.
     *
     * @param sinks called once for each thread, by the calling thread
     * @return how many rows were read
     */
    public static long stream(
            Path file, DataFormat format, List<String> columns, TableLimits limits, Supplier<? extends CellSink> sinks)
            throws IOException {
        List<ColumnRequest> requests = new ArrayList<>();
        for (String column : columns) {
            requests.add(ColumnRequest.text(column));
        }
        return scan(file, format, requests, limits, () -> {
            CellSink sink = sinks.get();
            return chunk -> sink;
        });
    }

    /**
     * Lists the names of the columns of a file, in the file's order.
     *
     * <p>For JSON Lines these are the keys of the first object.
     */
    public static List<String> columns(Path file, DataFormat format, TableLimits limits) throws IOException {
        requireFile(file);
        switch (format) {
            case CSV:
                try (TextFile text = new TextFile(file)) {
                    return header(file, text, limits).names();
                }
            default:
                throw noTable(file, format);
        }
    }

    /** Lists the columns with the default limits and the format that the file's name tells. */
    public static List<String> columns(Path file) throws IOException {
        return columns(file, DataFormat.ofFileName(String.valueOf(file.getFileName())), TableLimits.DEFAULT);
    }

    private static long scan(
            Path file, DataFormat format, List<ColumnRequest> columns, TableLimits limits, Supplier<ChunkSinks> sinks)
            throws IOException {
        ColumnNames.requireDistinct(columns);
        requireFile(file);
        switch (format) {
            case CSV:
                return scanCsv(file, columns, limits, sinks);
            default:
                throw noTable(file, format);
        }
    }

    private static long scanCsv(Path file, List<ColumnRequest> columns, TableLimits limits, Supplier<ChunkSinks> sinks)
            throws IOException {
        String name = String.valueOf(file.getFileName());
        try (TextFile text = new TextFile(file)) {
            CsvHeader header = header(file, text, limits);
            int[] requestOf = ColumnNames.requestOf(name, header.names(), columns);
            ChunkSource source = text.chunksFrom(header.length(), true, CHUNK_BYTES, limits.maxLineBytes());
            ChunkedScan scan = new ChunkedScan(name, source, header.lines() + 1L, limits.maxRows());
            return scan.run(limits.threads(), () -> {
                CsvParser parser = new CsvParser(header.delimiter(), header.names(), requestOf, limits.maxLineBytes());
                ChunkSinks own = sinks.get();
                return new ChunkedScan.Worker() {
                    @Override
                    public ChunkParser parser() {
                        return parser;
                    }

                    @Override
                    public CellSink sinkFor(int chunk) {
                        return own.sinkFor(chunk);
                    }
                };
            });
        }
    }

    private static CsvHeader header(Path file, TextFile text, TableLimits limits) throws IOException {
        String name = String.valueOf(file.getFileName());
        // A header longer than the first look is rare enough to be looked at again from its start.
        boolean complete = text.whole() || hasLineEnd(text);
        if (!complete) {
            text.look(limits.maxLineBytes());
        }
        return CsvHeader.read(name, text.head(), text.headLength(), text.whole(), limits);
    }

    private static boolean hasLineEnd(TextFile text) {
        boolean inside = false;
        byte[] head = text.head();
        for (int i = 0; i < text.headLength(); i++) {
            if (head[i] == '\n' && !inside && i > 0) {
                return true;
            }
            inside ^= head[i] == '"';
        }
        return false;
    }

    private static void requireFile(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new DataException(file + ": expected a file, found a folder. Name one file in it.");
        }
        if (!Files.isRegularFile(file)) {
            throw new DataException(file + ": expected a file, found "
                    + (Files.exists(file) ? "something that is no regular file." : "nothing. Check the path."));
        }
    }

    private static DataException noTable(Path file, DataFormat format) {
        return new DataException(file
                + ": expected CSV (.csv, .tsv), JSON Lines (.jsonl, .ndjson) or Parquet (.parquet),"
                + " found a file of the format " + format + ". Name the format if the ending does not tell it.");
    }
}
