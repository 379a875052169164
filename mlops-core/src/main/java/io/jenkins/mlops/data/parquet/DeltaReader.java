package io.jenkins.mlops.data.parquet;

/** Reads DELTA_BINARY_PACKED: whole numbers as bit-packed differences, in blocks of miniblocks. */
final class DeltaReader {
    private final byte[] data;
    private final int end;
    private int p;
    private long[] values = new long[0];

    DeltaReader(byte[] data, int from, int to) {
        this.data = data;
        this.p = from;
        this.end = to;
    }

    /** Where the next encoding starts, after {@link #read}. */
    int position() {
        return p;
    }

    long[] values() {
        return values;
    }

    /** Decodes all numbers; returns how many there are, which must be at most {@code max}. */
    int read(int max) throws DamagedException {
        long blockSize = varint();
        long miniblocks = varint();
        long total = varint();
        long last = zigzag();
        if (total < 0
                || total > max
                || blockSize <= 0
                || blockSize > 1 << 20
                || blockSize % 128 != 0
                || miniblocks <= 0
                || blockSize % miniblocks != 0
                || blockSize / miniblocks % 32 != 0) {
            throw new DamagedException("a block of differences has an impossible header");
        }
        int count = (int) total;
        values = new long[count];
        int perMiniblock = (int) (blockSize / miniblocks);
        int done = 0;
        if (count > 0) {
            values[done++] = last;
        }
        while (done < count) {
            long least = zigzag();
            int widths = p;
            p += (int) miniblocks;
            require(p <= end);
            for (int m = 0; m < miniblocks && done < count; m++) {
                int width = data[widths + m] & 0xFF;
                require(width <= 64 && p + (long) perMiniblock * width / 8 <= end);
                int n = Math.min(perMiniblock, count - done);
                for (int i = 0; i < n; i++) {
                    last += least + bits((long) i * width, width);
                    values[done++] = last;
                }
                p += perMiniblock * width / 8;
            }
        }
        return count;
    }

    private long bits(long offset, int width) {
        long result = 0;
        int got = 0;
        int at = p + (int) (offset >>> 3);
        int skip = (int) (offset & 7);
        while (got < width) {
            int take = Math.min(8 - skip, width - got);
            long part = (data[at++] & 0xFF) >>> skip & (1 << take) - 1;
            result |= part << got;
            got += take;
            skip = 0;
        }
        return result;
    }

    private long varint() throws DamagedException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            require(p < end);
            int b = data[p++];
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new DamagedException("a number is too long");
    }

    private long zigzag() throws DamagedException {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    private static void require(boolean holds) throws DamagedException {
        if (!holds) {
            throw new DamagedException("a block of differences is cut off");
        }
    }
}
