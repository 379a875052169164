package io.jenkins.mlops.data.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Decodes the values of a page by the page's encoding. */
final class ValueDecoder {
    static final int PLAIN = 0;
    static final int PLAIN_DICTIONARY = 2;
    static final int RLE = 3;
    static final int DELTA_BINARY_PACKED = 5;
    static final int DELTA_LENGTH_BYTE_ARRAY = 6;
    static final int DELTA_BYTE_ARRAY = 7;
    static final int RLE_DICTIONARY = 8;
    static final int BYTE_STREAM_SPLIT = 9;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int INT96_BYTES = 12;

    private final PhysicalType type;
    private final int width;

    ValueDecoder(Leaf leaf) {
        this.type = leaf.type();
        this.width = leaf.type() == PhysicalType.INT96 ? INT96_BYTES : leaf.width();
    }

    /** Decodes {@code n} values from {@code data[from..to)}. */
    void decode(int encoding, byte[] data, int from, int to, int n, Values into) throws DamagedException {
        switch (encoding) {
            case PLAIN:
                plain(data, from, to, n, into);
                break;
            case RLE:
                requireType(encoding, type == PhysicalType.BOOLEAN);
                int[] bits = new int[n];
                HybridReader.read(data, from + 4, to, 1, n, bits);
                into.longs(n);
                for (int i = 0; i < n; i++) {
                    into.longs[i] = bits[i];
                }
                break;
            case DELTA_BINARY_PACKED:
                requireType(encoding, type == PhysicalType.INT32 || type == PhysicalType.INT64);
                delta(data, from, to, n, into);
                break;
            case DELTA_LENGTH_BYTE_ARRAY:
                requireType(encoding, type == PhysicalType.BYTE_ARRAY);
                deltaLength(data, from, to, n, into);
                break;
            case DELTA_BYTE_ARRAY:
                requireType(encoding, type == PhysicalType.BYTE_ARRAY || type == PhysicalType.FIXED_LEN_BYTE_ARRAY);
                deltaPrefix(data, from, to, n, into);
                break;
            case BYTE_STREAM_SPLIT:
                split(data, from, to, n, into);
                break;
            default:
                throw new DamagedException("the encoding " + encoding + ", which is not supported");
        }
    }

    private void requireType(int encoding, boolean holds) throws DamagedException {
        if (!holds) {
            throw new DamagedException("the encoding " + encoding + " for values of the type " + type);
        }
    }

    private static void requireBytes(long needed, int from, int to) throws DamagedException {
        if (needed > to - from) {
            throw new DamagedException("a page whose values are cut off");
        }
    }

    private void plain(byte[] data, int from, int to, int n, Values into) throws DamagedException {
        switch (type) {
            case BOOLEAN:
                requireBytes((n + 7L) / 8, from, to);
                into.longs(n);
                for (int i = 0; i < n; i++) {
                    into.longs[i] = data[from + (i >> 3)] >>> (i & 7) & 1;
                }
                break;
            case INT32:
                requireBytes(4L * n, from, to);
                into.longs(n);
                for (int i = 0; i < n; i++) {
                    into.longs[i] = (int) INTS.get(data, from + 4 * i);
                }
                break;
            case INT64:
                requireBytes(8L * n, from, to);
                into.longs(n);
                for (int i = 0; i < n; i++) {
                    into.longs[i] = (long) LONGS.get(data, from + 8 * i);
                }
                break;
            case FLOAT:
                requireBytes(4L * n, from, to);
                into.doubles(n);
                for (int i = 0; i < n; i++) {
                    into.doubles[i] = Float.intBitsToFloat((int) INTS.get(data, from + 4 * i));
                }
                break;
            case DOUBLE:
                requireBytes(8L * n, from, to);
                into.doubles(n);
                for (int i = 0; i < n; i++) {
                    into.doubles[i] = Double.longBitsToDouble((long) LONGS.get(data, from + 8 * i));
                }
                break;
            case BYTE_ARRAY:
                plainBytes(data, from, to, n, into);
                break;
            default:
                requireBytes((long) width * n, from, to);
                into.bytes = data;
                into.slices(n);
                for (int i = 0; i < n; i++) {
                    into.starts[i] = from + width * i;
                    into.lengths[i] = width;
                }
        }
    }

    private static void plainBytes(byte[] data, int from, int to, int n, Values into) throws DamagedException {
        requireBytes(4L * n, from, to);
        into.bytes = data;
        into.slices(n);
        int p = from;
        for (int i = 0; i < n; i++) {
            requireBytes(4, p, to);
            int length = (int) INTS.get(data, p);
            p += 4;
            if (length < 0 || length > to - p) {
                throw new DamagedException("a text that is cut off");
            }
            into.starts[i] = p;
            into.lengths[i] = length;
            p += length;
        }
    }

    private void delta(byte[] data, int from, int to, int n, Values into) throws DamagedException {
        DeltaReader reader = new DeltaReader(data, from, to);
        requireCount(n, reader.read(n));
        into.longs(n);
        for (int i = 0; i < n; i++) {
            // Differences of 32-bit numbers wrap around in 32 bits.
            into.longs[i] = type == PhysicalType.INT32 ? (int) reader.values()[i] : reader.values()[i];
        }
    }

    private static void requireCount(int expected, int found) throws DamagedException {
        if (expected != found) {
            throw new DamagedException("a page of " + expected + " values has " + found);
        }
    }

    private static void deltaLength(byte[] data, int from, int to, int n, Values into) throws DamagedException {
        DeltaReader lengths = new DeltaReader(data, from, to);
        requireCount(n, lengths.read(n));
        into.bytes = data;
        into.slices(n);
        int p = lengths.position();
        for (int i = 0; i < n; i++) {
            long length = lengths.values()[i];
            if (length < 0 || length > to - p) {
                throw new DamagedException("a text that is cut off");
            }
            into.starts[i] = p;
            into.lengths[i] = (int) length;
            p += (int) length;
        }
    }

    private static void deltaPrefix(byte[] data, int from, int to, int n, Values into) throws DamagedException {
        DeltaReader prefixes = new DeltaReader(data, from, to);
        requireCount(n, prefixes.read(n));
        Values suffixes = new Values();
        deltaLength(data, prefixes.position(), to, n, suffixes);
        long total = 0;
        for (int i = 0; i < n; i++) {
            long prefix = prefixes.values()[i];
            long before = i == 0 ? 0 : prefixes.values()[i - 1] + suffixes.lengths[i - 1];
            if (prefix < 0 || prefix > before) {
                throw new DamagedException("a text that shares more with the one before than that has");
            }
            total += prefix + suffixes.lengths[i];
        }
        if (total > ColumnChunkReader.MAX_PAGE_BYTES) {
            throw new DamagedException("a page of more than " + ColumnChunkReader.MAX_PAGE_BYTES + " bytes");
        }
        into.bytes = new byte[(int) total];
        into.slices(n);
        int q = 0;
        for (int i = 0; i < n; i++) {
            int prefix = (int) prefixes.values()[i];
            int suffix = suffixes.lengths[i];
            into.starts[i] = q;
            into.lengths[i] = prefix + suffix;
            if (prefix > 0) {
                System.arraycopy(into.bytes, into.starts[i - 1], into.bytes, q, prefix);
            }
            System.arraycopy(data, suffixes.starts[i], into.bytes, q + prefix, suffix);
            q += prefix + suffix;
        }
    }

    /** The first bytes of all values, then the second bytes, and so on. */
    private void split(byte[] data, int from, int to, int n, Values into) throws DamagedException {
        int size;
        switch (type) {
            case INT32, FLOAT:
                size = 4;
                break;
            case INT64, DOUBLE:
                size = 8;
                break;
            case FIXED_LEN_BYTE_ARRAY:
                size = width;
                break;
            default:
                throw new DamagedException("the encoding BYTE_STREAM_SPLIT for values of the type " + type);
        }
        requireBytes((long) size * n, from, to);
        byte[] joined = new byte[size * n];
        for (int k = 0; k < size; k++) {
            for (int i = 0; i < n; i++) {
                joined[i * size + k] = data[from + k * n + i];
            }
        }
        plain(joined, 0, joined.length, n, into);
    }
}
