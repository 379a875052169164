package io.jenkins.mlops.data.table;

import io.jenkins.mlops.data.DataException;
import io.jenkins.mlops.data.DataFormat;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
        return steadily(file, () -> readAll(file, format, columns, limits));
    }

    /** Something that reads. */
    private interface Reading<T> {
        T run() throws IOException;
    }

    /** Reads a file that must be the same before and after. */
    private static <T> T steadily(Path file, Reading<T> reading) throws IOException {
        requireFile(file);
        try {
            BasicFileAttributes before = Files.readAttributes(file, BasicFileAttributes.class);
            T result = reading.run();
            BasicFileAttributes after = Files.readAttributes(file, BasicFileAttributes.class);
            if (before.size() != after.size() || !before.lastModifiedTime().equals(after.lastModifiedTime())) {
                throw new DataException(
                        file + ": expected a file that nothing writes to, found that it changed while it"
                                + " was read. Read it when its writer is done.");
            }
            return result;
        } catch (ClosedByInterruptException e) {
            InterruptedIOException interrupted = new InterruptedIOException("Reading " + file + " was interrupted.");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private static Table readAll(Path file, DataFormat format, List<ColumnRequest> columns, TableLimits limits)
            throws IOException {
        TableBuilder builder = new TableBuilder(columns, limits.maxTextBytes());
        scan(file, format, columns, limits, builder::sinks);
        return builder.build();
    }

    /** Reads with the default limits and the format that the file's name tells. */
    public static Table read(Path file, List<ColumnRequest> columns) throws IOException {
        return read(file, DataFormat.ofFileName(String.valueOf(file.getFileName())), columns, TableLimits.DEFAULT);
    }

    /** Gives the sink for each chunk of a file; called by several threads. */
    public interface ChunkSinks {
        /**
         * The sink for a chunk.
         *
         * @param chunk the chunk's number in the file, from 0; how a file is cut depends on nothing but the file
         */
        CellSink sinkFor(int chunk);
    }

    /**
     * What was streamed.
     *
     * @param columns the names of the columns; the sinks knew them by their index in this list
     * @param rows how many rows there were
     * @param passedOver the names of columns that cannot be read: nested ones of Parquet files
     */
    public record Streamed(List<String> columns, long rows, List<String> passedOver) {}

    /**
     * Streams all columns of a file into sinks, without keeping anything.
     *
     * <p>In JSON Lines a key is a column from its first occurrence on, and a row without a key gives no call for it.
     */
    public static Streamed streamAll(Path file, DataFormat format, TableLimits limits, ChunkSinks sinks)
            throws IOException {
        return steadily(file, () -> stream(file, format, limits, sinks));
    }

    private static Streamed stream(Path file, DataFormat format, TableLimits limits, ChunkSinks sinks)
            throws IOException {
        switch (format) {
            case CSV:
                List<String> names = list(file, format, limits);
                List<ColumnRequest> all = new ArrayList<>();
                names.forEach(name -> all.add(ColumnRequest.text(name)));
                return new Streamed(names, scanCsv(file, all, limits, () -> sinks), List.of());
            case JSON_LINES:
                JsonKeys keys = new JsonKeys(null, limits.maxColumns());
                // Whichever thread comes first, the keys of the first object come first.
                keys.add(list(file, format, limits));
                long rows = scanJson(file, keys, 0, limits, () -> sinks);
                return new Streamed(keys.names(), rows, List.of());
            case PARQUET:
                return ParquetTable.streamAll(file, limits, sinks);
            default:
                throw noTable(file, format);
        }
    }

    /**
     * Lists the names of the columns of a file, in the file's order.
     *
     * <p>For JSON Lines these are the keys of the first object.
     */
    public static List<String> columns(Path file, DataFormat format, TableLimits limits) throws IOException {
        return steadily(file, () -> list(file, format, limits));
    }

    private static List<String> list(Path file, DataFormat format, TableLimits limits) throws IOException {
        switch (format) {
            case CSV:
                try (TextFile text = new TextFile(file)) {
                    return header(file, text, limits).names();
                }
            case JSON_LINES:
                try (TextFile text = new TextFile(file)) {
                    return firstKeys(file, text, limits);
                }
            case PARQUET:
                return ParquetTable.columns(file, limits);
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
        switch (format) {
            case CSV:
                return scanCsv(file, columns, limits, sinks);
            case JSON_LINES:
                JsonKeys keys = new JsonKeys(columns, limits.maxColumns());
                long rows = scanJson(file, keys, columns.size(), limits, sinks);
                String absent = keys.firstAbsent();
                if (absent != null) {
                    throw ColumnNames.absent(String.valueOf(file.getFileName()), absent, keys.occurring());
                }
                return rows;
            case PARQUET:
                return ParquetTable.scan(file, columns, limits, sinks);
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
            return run(
                    scan,
                    limits,
                    sinks,
                    () -> new CsvParser(header.delimiter(), header.names(), requestOf, limits.maxLineBytes()));
        }
    }

    private static long scanJson(
            Path file, JsonKeys keys, int requested, TableLimits limits, Supplier<ChunkSinks> sinks)
            throws IOException {
        String name = String.valueOf(file.getFileName());
        try (TextFile text = new TextFile(file)) {
            ChunkSource source = text.chunksFrom(0, false, CHUNK_BYTES, limits.maxLineBytes());
            ChunkedScan scan = new ChunkedScan(name, source, 1, limits.maxRows());
            long rows = run(scan, limits, sinks, () -> new JsonLinesParser(keys, requested, limits.maxLineBytes()));
            if (rows == 0) {
                throw new DataException(name + ": expected JSON objects, one a line, found an empty file.");
            }
            return rows;
        }
    }

    private static long run(
            ChunkedScan scan, TableLimits limits, Supplier<ChunkSinks> sinks, Supplier<ChunkParser> parsers)
            throws IOException {
        return scan.run(limits.threads(), () -> {
            ChunkParser parser = parsers.get();
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

    private static List<String> firstKeys(Path file, TextFile text, TableLimits limits) throws IOException {
        String name = String.valueOf(file.getFileName());
        int start = 0;
        int end = 0;
        while (true) {
            byte[] head = text.head();
            while (start < text.headLength() && head[start] <= ' ') {
                start++;
            }
            end = Math.max(end, start);
            while (end < text.headLength() && head[end] != '\n') {
                end++;
            }
            if (end < text.headLength() || text.whole() || text.headLength() > limits.maxLineBytes()) {
                break;
            }
            text.look(2 * text.headLength());
        }
        if (start == end) {
            throw new DataException(name + ": expected JSON objects, one a line, found an empty file.");
        }
        Chunk chunk = new Chunk();
        chunk.data = Arrays.copyOfRange(text.head(), start, end);
        chunk.length = chunk.data.length;
        chunk.beyondAscii = true;
        JsonKeys keys = new JsonKeys(null, limits.maxColumns());
        try {
            new JsonLinesParser(keys, 0, limits.maxLineBytes()).parse(chunk, new NoCells());
        } catch (ChunkError e) {
            throw new DataException(name + ", first object: " + e.getMessage());
        }
        return keys.names();
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
