package io.jenkins.mlops.data.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Parses chunks of JSON Lines: one object (RFC 8259) a line, whose members are the cells.
 *
 * <p>Beyond the RFC: {@code NaN}, {@code Infinity} and {@code -Infinity}, as Python's {@code json} writes them, are
 * numbers. An object or an array as a value is given as its text. A key that stands twice in an object is an error.
 */
final class JsonLinesParser implements ChunkParser {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final JsonKeys keys;
    private final int maxLineBytes;
    private final JsonScanner scanner = new JsonScanner();
    private final Map<KeyBytes, JsonKeys.Key> known = new HashMap<>();
    private final KeyBytes probe = new KeyBytes();
    private JsonKeys.Key[] expected = new JsonKeys.Key[16];

    // For each column, the row in which it was last seen: tells missing and repeated keys.
    private long[] seenIn = new long[0];
    private long row;
    private final int requested;

    /**
     * Makes a parser for one thread.
     *
     * @param requested how many columns were requested and get {@link CellSink#missing} when absent; 0 when all keys
     *     are columns
     */
    JsonLinesParser(JsonKeys keys, int requested, int maxLineBytes) {
        this.keys = keys;
        this.requested = requested;
        this.maxLineBytes = maxLineBytes;
        this.seenIn = new long[requested];
    }

    @Override
    public Counts parse(Chunk chunk, CellSink sink) throws ChunkError {
        if (chunk.beyondAscii) {
            TextErrors.requireUtf8(chunk);
        }
        byte[] data = chunk.data;
        long lines = 0;
        long rows = 0;
        int p = 0;
        while (p < chunk.length) {
            int end = lineEnd(data, p, chunk.length);
            if (end - p > maxLineBytes) {
                throw TextErrors.lineTooLong(lines, maxLineBytes);
            }
            scanner.start(data, p, end);
            try {
                scanner.blanks();
                if (!scanner.atEnd()) {
                    row++;
                    object(sink);
                    sink.endRow();
                    rows++;
                }
                if (end + 1 >= chunk.length) {
                    sink.endChunk();
                }
            } catch (JsonScanner.Malformed e) {
                throw new ChunkError(lines, null, e.getMessage());
            } catch (BadCellException e) {
                throw new ChunkError(lines, scanner.key, e.getMessage());
            }
            if (end < chunk.length) {
                lines++;
            }
            p = end + 1;
        }
        return new Counts(lines, rows);
    }

    /** The next line feed or the end, eight bytes at a time. */
    private static int lineEnd(byte[] b, int from, int to) {
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long x = (long) LONGS.get(b, i) ^ 0x0A0A0A0A0A0A0A0AL;
            // The lowest byte that this finds to be zero is zero; those above it may only seem so.
            long zeros = x - 0x0101010101010101L & ~x & 0x8080808080808080L;
            if (zeros != 0) {
                return i + (Long.numberOfTrailingZeros(zeros) >>> 3);
            }
        }
        while (i < to && b[i] != '\n') {
            i++;
        }
        return i;
    }

    private void object(CellSink sink) throws JsonScanner.Malformed, BadCellException {
        scanner.key = null;
        scanner.openObject();
        int member = 0;
        while (scanner.nextMember(member == 0)) {
            JsonKeys.Key key = key(member++);
            scanner.colon();
            if (key.column() < 0) {
                scanner.skipValue();
                continue;
            }
            once(key.column());
            value(key.column(), sink);
        }
        scanner.requireEnd();
        scanner.key = null;
        for (int column = 0; column < requested; column++) {
            if (seenIn[column] != row) {
                sink.missing(column);
            }
        }
    }

    private void once(int column) throws BadCellException {
        if (column >= seenIn.length) {
            seenIn = Arrays.copyOf(seenIn, 2 * column + 8);
        }
        if (seenIn[column] == row) {
            throw new BadCellException("expected each key once in an object, found this one twice.");
        }
        seenIn[column] = row;
    }

    private void value(int column, CellSink sink) throws JsonScanner.Malformed, BadCellException {
        switch (scanner.value()) {
            case STRING:
                sink.string(column, scanner.bytes, scanner.from, scanner.to);
                break;
            case NUMBER:
                sink.cell(column, scanner.bytes, scanner.from, scanner.to);
                break;
            case TRUE:
                sink.bool(column, true);
                break;
            case FALSE:
                sink.bool(column, false);
                break;
            case NULL:
                sink.missing(column);
                break;
            default:
                sink.string(column, scanner.bytes, scanner.from, scanner.to);
        }
    }

    /** The key just scanned: most often the one at the same place in the object before. */
    private JsonKeys.Key key(int member) throws BadCellException, JsonScanner.Malformed {
        scanner.string();
        if (member == expected.length) {
            expected = Arrays.copyOf(expected, 2 * member);
        }
        JsonKeys.Key key = expected[member];
        if (key == null || !key.is(scanner.bytes, scanner.from, scanner.to)) {
            key = find();
            expected[member] = key;
        }
        scanner.key = key.column() < 0 ? null : key.name();
        return key;
    }

    private JsonKeys.Key find() throws BadCellException {
        probe.set(scanner.bytes, scanner.from, scanner.to);
        JsonKeys.Key key = known.get(probe);
        if (key == null) {
            byte[] utf8 = Arrays.copyOfRange(scanner.bytes, scanner.from, scanner.to);
            key = keys.key(utf8);
            // Objects may be used as maps with ever new keys: those passed over are not all kept.
            if (key.column() >= 0 || known.size() < 10_000) {
                KeyBytes own = new KeyBytes();
                own.set(utf8, 0, utf8.length);
                known.put(own, key);
            }
        }
        return key;
    }

    /** Bytes that can be looked up without being copied. */
    private static final class KeyBytes {
        private byte[] bytes = new byte[0];

        private int from;
        private int to;

        void set(byte[] newBytes, int newFrom, int newTo) {
            bytes = newBytes;
            from = newFrom;
            to = newTo;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof KeyBytes key && Arrays.equals(bytes, from, to, key.bytes, key.from, key.to);
        }

        @Override
        public int hashCode() {
            int hash = 1;
            for (int i = from; i < to; i++) {
                hash = 31 * hash + bytes[i];
            }
            return hash;
        }
    }
}
