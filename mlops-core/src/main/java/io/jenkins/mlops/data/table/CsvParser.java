package io.jenkins.mlops.data.table;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Parses chunks of delimited text after RFC 4180.
 *
 * <p>Beyond the RFC: the delimiter may be another one, lines may end with a line feed alone, empty lines are passed
 * over. Not forgiven: a quote inside an unquoted field, text after a closing quote, a record with more or fewer fields
 * than the header.
 */
final class CsvParser implements ChunkParser {
    private final byte delimiter;
    private final int[] requestOf;
    private final List<String> names;
    private final int maxLineBytes;
    private byte[] scratch = new byte[256];

    private byte[] data;
    private int end;
    private long line;
    private int field;

    /**
     * Makes a parser for one thread.
     *
     * @param names the header
     * @param requestOf for each column of the file, the column number that the sink knows it by, or -1
     */
    CsvParser(byte delimiter, List<String> names, int[] requestOf, int maxLineBytes) {
        this.delimiter = delimiter;
        this.names = names;
        this.requestOf = requestOf;
        this.maxLineBytes = maxLineBytes;
    }

    @Override
    public Counts parse(Chunk chunk, CellSink sink) throws ChunkError {
        data = chunk.data;
        end = chunk.length;
        line = 0;
        if (chunk.beyondAscii) {
            TextErrors.requireUtf8(chunk);
        }
        long rows = 0;
        int p = 0;
        long startLine = 0;
        try {
            while (p < end) {
                int start = p;
                startLine = line;
                if (data[p] == '\n' || (data[p] == '\r' && p + 1 < end && data[p + 1] == '\n')) {
                    p += data[p] == '\n' ? 1 : 2;
                    line++;
                    continue;
                }
                p = record(p, startLine, sink);
                if (p - start > maxLineBytes) {
                    throw TextErrors.lineTooLong(startLine, maxLineBytes);
                }
                sink.endRow();
                rows++;
            }
            field = Integer.MAX_VALUE; // the chunk as a whole
            sink.endChunk();
        } catch (BadCellException e) {
            String column = field < names.size() ? names.get(field) : null;
            throw new ChunkError(startLine, column, e.getMessage());
        }
        return new Counts(line, rows);
    }

    private int record(int from, long startLine, CellSink sink) throws ChunkError, BadCellException {
        final byte[] bytes = data;
        final int limit = end;
        final byte comma = delimiter;
        final int columns = requestOf.length;
        int p = from;
        field = 0;
        while (true) {
            int column = field < columns ? requestOf[field] : -1;
            if (p < limit && bytes[p] == '"') {
                p = quotedField(p, column, sink);
            } else {
                int start = p;
                byte c = 0;
                while (p < limit && (c = bytes[p]) != comma && c != '\n') {
                    if (c == '"') {
                        throw new ChunkError(
                                line,
                                nameOf(field),
                                "expected a quote only at the start of a field, found " + "one after \""
                                        + text(start, p) + "\". Quote the whole field and double the quotes in it.");
                    }
                    p++;
                }
                int stop = p;
                if ((p == limit || c == '\n') && stop > start && bytes[stop - 1] == '\r') {
                    stop--;
                }
                if (column >= 0) {
                    if (stop == start) {
                        sink.missing(column);
                    } else {
                        sink.cell(column, bytes, start, stop);
                    }
                }
            }
            boolean more = p < limit && bytes[p] == comma;
            if (more) {
                p++;
                field++;
                continue;
            }
            if (field + 1 != columns) {
                throw ragged(startLine, field + 1);
            }
            if (p < limit) {
                p++;
                line++;
            }
            return p;
        }
    }

    /** Takes a quoted field and returns the index of the delimiter or line feed after it. */
    private int quotedField(int from, int column, CellSink sink) throws ChunkError, BadCellException {
        int p = from + 1;
        int start = p;
        int copied = -1;
        long openedAt = line;
        while (true) {
            while (p < end && data[p] != '"') {
                if (data[p] == '\n') {
                    line++;
                }
                p++;
            }
            if (p == end) {
                throw new ChunkError(
                        openedAt,
                        nameOf(field),
                        "expected a closing quote for the one opened here, found the end of the file. The file may be"
                                + " truncated, or a quote inside a field is not doubled.");
            }
            if (p + 1 < end && data[p + 1] == '"') {
                copied = append(copied, start, p + 1);
                p += 2;
                start = p;
                continue;
            }
            break;
        }
        int next = p + 1;
        if (next < end && data[next] == '\r' && (next + 1 == end || data[next + 1] == '\n')) {
            next++;
        }
        if (next < end && data[next] != delimiter && data[next] != '\n') {
            int shown = Math.min(end, next + 20);
            throw new ChunkError(
                    line,
                    nameOf(field),
                    "expected a delimiter after a closing quote, found \"" + text(next, shown)
                            + "\". Double the quotes inside quoted fields.");
        }
        if (column >= 0) {
            if (copied < 0) {
                sink.string(column, data, start, p);
            } else {
                copied = append(copied, start, p);
                sink.string(column, scratch, 0, copied);
            }
        }
        return next;
    }

    private int append(int copied, int from, int to) {
        int at = Math.max(copied, 0);
        int length = to - from;
        if (scratch.length < at + length) {
            scratch = java.util.Arrays.copyOf(scratch, Math.max(at + length, 2 * scratch.length));
        }
        System.arraycopy(data, from, scratch, at, length);
        return at + length;
    }

    private ChunkError ragged(long startLine, int found) {
        return new ChunkError(
                startLine,
                null,
                "expected " + requestOf.length + " fields as in the header, found " + found
                        + ". Fields that hold the delimiter must be quoted.");
    }

    private String nameOf(int index) {
        return index < names.size() ? names.get(index) : null;
    }

    private String text(int from, int to) {
        return TextErrors.shown(new String(data, from, to - from, StandardCharsets.UTF_8));
    }
}
