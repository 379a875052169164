package io.jenkins.mlops.data.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A stream of bits that is read from its end towards its start, as Zstandard's entropy codes are. */
final class BackwardBits {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] data;
    private final int start;
    private final int end;
    private long left;

    /** The stream in {@code data[from..to)}; its highest set bit marks the end and is no part of it. */
    BackwardBits(byte[] data, int from, int to) throws DamagedException {
        this.data = data;
        this.start = from;
        this.end = to;
        if (from >= to || data[to - 1] == 0) {
            throw new DamagedException("a page that is no Zstandard");
        }
        int marker = 31 - Integer.numberOfLeadingZeros(data[to - 1] & 0xFF);
        left = 8L * (to - from - 1) + marker;
    }

    /** How many bits are left; negative when more were read than there were, which then were zeros. */
    long left() {
        return left;
    }

    /** Reads up to 32 bits. */
    long read(int bits) {
        left -= bits;
        return peek(left, bits);
    }

    /** The bits that would be read next, without reading them. */
    int look(int bits) {
        return (int) peek(left - bits, bits);
    }

    void skip(int bits) {
        left -= bits;
    }

    private long peek(long position, int bits) {
        int fast = start + (int) (position >>> 3);
        if (position >= 0 && fast + 8 <= end) {
            return (long) LONGS.get(data, fast) >>> (position & 7) & (1L << bits) - 1;
        }
        return peekAtTheEdges(position, bits);
    }

    private long peekAtTheEdges(long position, int bits) {
        long from = position;
        int zeros = 0;
        if (from < 0) {
            zeros = (int) Math.min(bits, -from);
            from = 0;
        }
        int wanted = bits - zeros;
        int at = start + (int) (from >>> 3);
        int skip = (int) (from & 7);
        long value = 0;
        for (int i = 0; 8 * i < skip + wanted && at + i < end; i++) {
            value |= (data[at + i] & 0xFFL) << 8 * i;
        }
        return (value >>> skip & (1L << wanted) - 1) << zeros;
    }
}
