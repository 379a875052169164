package io.jenkins.mlops.data.parquet;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * Decompresses Zstandard (RFC 8878): whole frames without a dictionary.
 *
 * <p>The optional check sum of the content is not verified; Parquet has one of its own. One object per frame sequence,
 * because blocks refer to tables of blocks before.
 */
final class Zstd {
    private static final int MAGIC = 0xFD2FB528;
    private static final int MAX_BLOCK = 128 << 10;

    private static final int[] LENGTH_BASE = {
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 28, 32, 40, 48, 64, 128, 256, 512,
        1024, 2048, 4096, 8192, 16384, 32768, 65536
    };
    private static final int[] LENGTH_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        16
    };
    private static final int[] MATCH_BASE = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32,
        33, 34, 35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051, 4099, 8195, 16387, 32771, 65539
    };
    private static final int[] MATCH_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2,
        2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
    };
    private static final FseTable DEFAULT_LENGTHS = FseTable.of(
            6, 4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1,
            -1, -1);
    private static final FseTable DEFAULT_OFFSETS =
            FseTable.of(5, 1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1);
    private static final FseTable DEFAULT_MATCHES = FseTable.of(
            6, 1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
            1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1);

    private byte[] in;
    private byte[] out;
    private int frameStart;
    private int limit;
    private int q;

    @CheckForNull
    private HuffmanTable huffman;

    // The tables of the block before, which the next one may use again.
    private boolean tablesKnown;
    private FseTable lengths = DEFAULT_LENGTHS;
    private FseTable offsets = DEFAULT_OFFSETS;
    private FseTable matches = DEFAULT_MATCHES;

    private final int[] recent = new int[3];
    private final byte[] literals = new byte[MAX_BLOCK];
    private int literalCount;

    /** Decompresses {@code from[p..end)} into {@code to[at..stop)}; returns the number of bytes written. */
    int decompress(byte[] from, int start, int end, byte[] to, int at, int stop) throws DamagedException {
        in = from;
        out = to;
        q = at;
        limit = stop;
        int p = start;
        while (p < end) {
            require(p + 5 <= end);
            int magic = little(p, 4);
            if ((magic & 0xFFFFFFF0) == 0x184D2A50) {
                require(p + 8 <= end);
                long skipped = little(p + 4, 4) & 0xFFFFFFFFL;
                require(skipped <= end - p - 8);
                p += 8 + (int) skipped;
                continue;
            }
            require(magic == MAGIC);
            p = frame(p + 4, end);
        }
        return q - at;
    }

    private int frame(int start, int end) throws DamagedException {
        int p = start;
        int head = in[p++] & 0xFF;
        boolean single = (head & 0x20) != 0;
        int dictionary = new int[] {0, 1, 2, 4}[head & 3];
        int size = new int[] {single ? 1 : 0, 2, 4, 8}[head >>> 6];
        p += single ? 0 : 1;
        require(p + dictionary + size <= end && (dictionary == 0 || little(p, dictionary) == 0));
        p += dictionary + size;
        frameStart = q;
        huffman = null;
        tablesKnown = false;
        recent[0] = 1;
        recent[1] = 4;
        recent[2] = 8;
        boolean last = false;
        while (!last) {
            require(p + 3 <= end);
            int block = little(p, 3);
            p += 3;
            last = (block & 1) != 0;
            int length = block >>> 3;
            int kind = block >>> 1 & 3;
            require(kind != 3 && (kind == 1 ? p < end : length <= end - p));
            if (kind == 2) {
                require(length <= MAX_BLOCK);
                compressed(p, p + length);
            } else {
                require(length <= limit - q);
                if (kind == 0) {
                    System.arraycopy(in, p, out, q, length);
                } else {
                    java.util.Arrays.fill(out, q, q + length, in[p]);
                }
                q += length;
            }
            p += kind == 1 ? 1 : length;
        }
        p += (head & 4) != 0 ? 4 : 0;
        require(p <= end);
        return p;
    }

    private void compressed(int from, int end) throws DamagedException {
        int p = literals(from, end);
        require(p < end);
        int count = in[p++] & 0xFF;
        if (count >= 128) {
            require(p + (count == 255 ? 2 : 1) <= end);
            if (count == 255) {
                count = little(p, 2) + 0x7F00;
                p += 2;
            } else {
                count = (count - 128 << 8) + (in[p++] & 0xFF);
            }
        }
        int used = 0;
        if (count > 0) {
            require(p < end);
            int modes = in[p++] & 0xFF;
            FseTable.Described read = table(modes >>> 6, p, end, DEFAULT_LENGTHS, lengths, 9, 35);
            lengths = read.table();
            read = table(modes >>> 4 & 3, read.end(), end, DEFAULT_OFFSETS, offsets, 8, 31);
            offsets = read.table();
            read = table(modes >>> 2 & 3, read.end(), end, DEFAULT_MATCHES, matches, 9, 52);
            matches = read.table();
            tablesKnown = true;
            used = sequences(count, new BackwardBits(in, read.end(), end));
        }
        int rest = literalCount - used;
        require(rest <= limit - q);
        System.arraycopy(literals, used, out, q, rest);
        q += rest;
    }

    private FseTable.Described table(
            int mode, int p, int end, FseTable standard, FseTable before, int maxLog, int maxSymbol)
            throws DamagedException {
        switch (mode) {
            case 0:
                return new FseTable.Described(standard, p);
            case 1:
                require(p < end && (in[p] & 0xFF) <= maxSymbol);
                return new FseTable.Described(FseTable.of(in[p] & 0xFF), p + 1);
            case 2:
                return FseTable.read(in, p, end, maxLog, maxSymbol);
            default:
                require(tablesKnown);
                return new FseTable.Described(before, p);
        }
    }

    private int literals(int from, int end) throws DamagedException {
        require(from < end);
        int kind = in[from] & 3;
        int format = in[from] >>> 2 & 3;
        if (kind < 2) {
            int headBytes = format == 1 ? 2 : format == 3 ? 3 : 1;
            require(from + headBytes <= end);
            literalCount = little(from, headBytes) >>> (headBytes == 1 ? 3 : 4);
            int p = from + headBytes;
            require(literalCount <= MAX_BLOCK && (kind == 1 ? p < end : literalCount <= end - p));
            if (kind == 0) {
                System.arraycopy(in, p, literals, 0, literalCount);
                return p + literalCount;
            }
            java.util.Arrays.fill(literals, 0, literalCount, in[p]);
            return p + 1;
        }
        int headBytes = format < 2 ? 3 : format + 2;
        int bits = format < 2 ? 10 : format == 2 ? 14 : 18;
        require(from + headBytes <= end);
        long head = little(from, Math.min(4, headBytes)) & 0xFFFFFFFFL;
        head |= headBytes == 5 ? (in[from + 4] & 0xFFL) << 32 : 0;
        literalCount = (int) (head >>> 4 & (1 << bits) - 1);
        int length = (int) (head >>> 4 + bits & (1 << bits) - 1);
        int p = from + headBytes;
        int stop = p + length;
        require(literalCount <= MAX_BLOCK && stop <= end);
        if (kind == 2) {
            HuffmanTable.Described read = HuffmanTable.read(in, p, stop);
            huffman = read.table();
            p = read.end();
        }
        require(huffman != null);
        if (format == 0) {
            huffman.decode(in, p, stop, literals, 0, literalCount);
            return stop;
        }
        require(p + 6 <= stop);
        int[] ends = {little(p, 2), little(p + 2, 2), little(p + 4, 2)};
        int part = (literalCount + 3) / 4;
        p += 6;
        for (int i = 0; i < 4; i++) {
            int to = i < 3 ? p + ends[i] : stop;
            require(to <= stop && 3 * part <= literalCount);
            huffman.decode(in, p, to, literals, i * part, i < 3 ? (i + 1) * part : literalCount);
            p = to;
        }
        return stop;
    }

    /** Carries out the sequences; returns how many literals they took. */
    private int sequences(int count, BackwardBits bits) throws DamagedException {
        int lengthState = (int) bits.read(lengths.log);
        int offsetState = (int) bits.read(offsets.log);
        int matchState = (int) bits.read(matches.log);
        int used = 0;
        for (int i = 0; i < count; i++) {
            int lengthCode = lengths.symbol[lengthState];
            int offsetCode = offsets.symbol[offsetState];
            int matchCode = matches.symbol[matchState];
            long offsetValue = (1L << offsetCode) + bits.read(offsetCode);
            int match = MATCH_BASE[matchCode] + (int) bits.read(MATCH_BITS[matchCode]);
            int length = LENGTH_BASE[lengthCode] + (int) bits.read(LENGTH_BITS[lengthCode]);
            int offset = offset(offsetValue, length == 0);
            require(length <= literalCount - used && length <= limit - q);
            System.arraycopy(literals, used, out, q, length);
            used += length;
            q += length;
            require(offset > 0 && offset <= q - frameStart && match <= limit - q);
            q = Snappy.copy(out, q, offset, match);
            if (i < count - 1) {
                lengthState = lengths.base[lengthState] + (int) bits.read(lengths.bits[lengthState]);
                matchState = matches.base[matchState] + (int) bits.read(matches.bits[matchState]);
                offsetState = offsets.base[offsetState] + (int) bits.read(offsets.bits[offsetState]);
            }
            require(bits.left() >= 0);
        }
        require(bits.left() == 0);
        return used;
    }

    /** The distance that a value stands for: a new one, or one of the three last. */
    private int offset(long value, boolean noLiterals) throws DamagedException {
        if (value > 3) {
            require(value - 3 <= Integer.MAX_VALUE);
            recent[2] = recent[1];
            recent[1] = recent[0];
            recent[0] = (int) (value - 3);
            return recent[0];
        }
        int index = (int) value - 1 + (noLiterals ? 1 : 0);
        if (index == 0) {
            return recent[0];
        }
        int offset = index == 3 ? recent[0] - 1 : recent[index];
        if (index > 1) {
            recent[2] = recent[1];
        }
        recent[1] = recent[0];
        recent[0] = offset;
        return offset;
    }

    private int little(int at, int bytes) {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (in[at + i] & 0xFF) << 8 * i;
        }
        return value;
    }

    private static void require(boolean holds) throws DamagedException {
        if (!holds) {
            throw new DamagedException("a page that is no Zstandard");
        }
    }
}
