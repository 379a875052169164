package io.jenkins.mlops.data.table;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Cuts a text file into chunks of whole records, in one pass and without parsing.
 *
 * <p>A record ends at a line feed outside quotes. Since every chunk starts at a record, being inside quotes is the
 * parity of the quotes before: a doubled quote inside a quoted field changes it twice. A misplaced quote makes the cut
 * wrong only after itself, and the parser reports it before it comes to that.
 */
final class ChunkSource {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final InputStream in;
    private final boolean quoted;
    private final int target;
    private final int maxLineBytes;
    private byte[] carry;
    private int carryLength;
    private long offset;
    private int chunks;
    private boolean ended;

    /**
     * Prepares to cut.
     *
     * @param in the file from {@code offset} on, without its first bytes
     * @param head bytes that were read from the file already and come before those of {@code in}
     * @param headLength how many of them there are
     * @param quoted whether double quotes protect line feeds
     * @param target the ordinary size of a chunk in bytes
     */
    ChunkSource(
            InputStream in, byte[] head, int headLength, long offset, boolean quoted, int target, int maxLineBytes) {
        this.in = in;
        this.carry = head;
        this.carryLength = headLength;
        this.offset = offset;
        this.quoted = quoted;
        this.target = target;
        this.maxLineBytes = maxLineBytes;
    }

    /**
     * Fills the chunk with the next records.
     *
     * @return false when there are no more
     * @throws ChunkError when a record is longer than allowed
     */
    synchronized boolean next(Chunk chunk) throws IOException, ChunkError {
        if (ended && carryLength == 0) {
            return false;
        }
        int wanted = Math.max(target, carryLength + (target >> 1));
        if (chunk.data.length < wanted) {
            chunk.data = new byte[wanted];
        }
        System.arraycopy(carry, 0, chunk.data, 0, carryLength);
        int length = carryLength;
        chunk.number = chunks++;
        chunk.offset = offset;
        while (true) {
            length = fill(chunk.data, length, wanted);
            int end = lastRecordEnd(chunk.data, length);
            if (ended && end == 0) {
                // The last line may lack its line feed; if a quote is open, the parser tells where.
                end = length;
            }
            if (end > 0) {
                keep(chunk.data, end, length);
                chunk.length = end;
                chunk.beyondAscii = beyondAscii(chunk.data, end);
                offset += end;
                return true;
            }
            if (length == 0) {
                carryLength = 0;
                return false;
            }
            if (length > maxLineBytes) {
                String why =
                        quoted && insideQuotes(chunk.data, length) ? " A quote that is never closed may be why." : "";
                throw new ChunkError(
                        0,
                        null,
                        "expected at most " + maxLineBytes + " bytes (limit maxLineBytes), found a longer line." + why);
            }
            wanted = (int) Math.min(Integer.MAX_VALUE - 16L, 2L * chunk.data.length);
            chunk.data = Arrays.copyOf(chunk.data, wanted);
        }
    }

    private int fill(byte[] data, int from, int to) throws IOException {
        int length = from;
        while (!ended && length < to) {
            int read = in.read(data, length, to - length);
            if (read < 0) {
                ended = true;
            } else {
                length += read;
            }
        }
        return length;
    }

    private void keep(byte[] data, int from, int to) {
        carryLength = to - from;
        if (carry.length < carryLength) {
            carry = new byte[Math.max(carryLength, 4096)];
        }
        System.arraycopy(data, from, carry, 0, carryLength);
    }

    /** The index after the last line feed that ends a record, or 0. */
    private int lastRecordEnd(byte[] data, int length) {
        boolean inside = quoted && insideQuotes(data, length);
        for (int i = length - 1; i >= 0; i--) {
            byte b = data[i];
            if (b == '\n' && !inside) {
                return i + 1;
            }
            if (b == '"' && quoted) {
                inside = !inside;
            }
        }
        return 0;
    }

    private static boolean insideQuotes(byte[] data, int length) {
        int quotes = 0;
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            quotes += Long.bitCount(zeroBytes((long) LONGS.get(data, i) ^ 0x2222222222222222L));
        }
        for (; i < length; i++) {
            if (data[i] == '"') {
                quotes++;
            }
        }
        return (quotes & 1) == 1;
    }

    /** A set high bit for each byte that is zero, exactly. */
    private static long zeroBytes(long x) {
        long low = (x & ~HIGH_BITS) + ~HIGH_BITS;
        return ~(low | x | ~HIGH_BITS);
    }

    private static boolean beyondAscii(byte[] data, int length) {
        long any = 0;
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            any |= (long) LONGS.get(data, i);
        }
        for (; i < length; i++) {
            any |= (long) data[i] & 0x80;
        }
        return (any & HIGH_BITS) != 0;
    }
}
