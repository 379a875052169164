package io.jenkins.mlops.data.parquet;

import java.nio.charset.StandardCharsets;

/**
 * Reads Thrift's compact protocol, in which Parquet's footer and page headers are written.
 *
 * <p>A struct is read by a loop over {@link #nextField()}; a field that is of no interest is passed over by {@link
 * #skip()}.
 */
final class ThriftReader {
    static final int TRUE = 1;
    static final int FALSE = 2;
    static final int LIST = 9;
    static final int STRUCT = 12;
    private static final int MAX_DEPTH = 32;

    private final byte[] data;
    private final int end;
    private int p;
    private int type;
    private int field;
    private int depth;
    private final int[] fieldsAbove = new int[MAX_DEPTH];

    ThriftReader(byte[] data, int from, int to) {
        this.data = data;
        this.p = from;
        this.end = to;
    }

    int position() {
        return p;
    }

    /** The type of the field at hand. */
    int type() {
        return type;
    }

    /** Begins a struct, which is the value of a field or an element of a list. */
    void begin() throws DamagedException {
        if (depth == MAX_DEPTH) {
            throw new DamagedException("its metadata is nested too deeply");
        }
        fieldsAbove[depth++] = field;
        field = 0;
    }

    /** The number of the next field of the struct, or 0 at its end. */
    int nextField() throws DamagedException {
        int head = next();
        if (head == 0) {
            field = fieldsAbove[--depth];
            return 0;
        }
        type = head & 0x0F;
        int delta = head >>> 4;
        field = delta == 0 ? (short) integer() : field + delta;
        return field;
    }

    boolean bool() {
        return type == TRUE;
    }

    /** An integer of any width. */
    long integer() throws DamagedException {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    int int32() throws DamagedException {
        long value = integer();
        if (value != (int) value) {
            throw new DamagedException("a number in its metadata is out of range");
        }
        return (int) value;
    }

    String text() throws DamagedException {
        int length = length();
        String text = new String(data, p, length, StandardCharsets.UTF_8);
        p += length;
        return text;
    }

    private int length() throws DamagedException {
        long length = varint();
        if (length < 0 || length > end - p) {
            throw new DamagedException("a text in its metadata is cut off");
        }
        return (int) length;
    }

    /** Begins a list and returns the number of its elements, whose type is then {@link #type()}. */
    int list() throws DamagedException {
        int head = next();
        type = head & 0x0F;
        long size = head >>> 4;
        if (size == 15) {
            size = varint();
        }
        // An element takes one byte at least.
        if (size < 0 || size > end - p) {
            throw new DamagedException("a list in its metadata is cut off");
        }
        return (int) size;
    }

    /** Passes over the value of the field at hand. */
    void skip() throws DamagedException {
        skip(type, false);
    }

    private void skip(int skipped, boolean element) throws DamagedException {
        switch (skipped) {
            case TRUE, FALSE:
                p += element ? 1 : 0;
                break;
            case 3:
                p++;
                break;
            case 4, 5, 6:
                varint();
                break;
            case 7:
                p += 8;
                break;
            case 8:
                int length = length(); // moves p itself
                p += length;
                break;
            case LIST, 10:
                for (int n = list(), of = type; n > 0; n--) {
                    skip(of, true);
                }
                break;
            case 11:
                skipMap();
                break;
            case STRUCT:
                begin();
                while (nextField() != 0) {
                    skip();
                }
                break;
            default:
                throw new DamagedException("its metadata has a field of the unknown type " + skipped);
        }
        if (p > end) {
            throw new DamagedException("its metadata is cut off");
        }
    }

    private void skipMap() throws DamagedException {
        long size = varint();
        if (size == 0) {
            return;
        }
        int types = next();
        for (long n = size; n > 0; n--) {
            skip(types >>> 4, true);
            skip(types & 0x0F, true);
        }
    }

    private int next() throws DamagedException {
        if (p >= end) {
            throw new DamagedException("its metadata is cut off");
        }
        return data[p++] & 0xFF;
    }

    private long varint() throws DamagedException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = next();
            value |= (long) (b & 0x7F) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw new DamagedException("a number in its metadata is too long");
    }
}
