package io.jenkins.mlops.data.parquet;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The compressions of pages, in the order of the format's numbers. */
enum Codec {
    UNCOMPRESSED,
    SNAPPY,
    GZIP,
    LZO,
    BROTLI,
    LZ4,
    ZSTD,
    LZ4_RAW;

    /** The codec of a number in a file. */
    static Codec of(int number) throws DamagedException {
        if (number < 0 || number >= values().length) {
            throw new DamagedException("the unknown compression " + number);
        }
        return values()[number];
    }

    boolean supported() {
        return this != LZO && this != BROTLI && this != LZ4;
    }

    /** The most bytes that so many compressed ones can stand for: a page that claims more is damaged. */
    long most(long compressed) {
        switch (this) {
            case UNCOMPRESSED:
                return compressed;
            case SNAPPY:
                return 32 * compressed + 64;
            case GZIP:
                return 1040 * compressed;
            case LZ4_RAW:
                return 256 * compressed + 64;
            case ZSTD:
                // A block of four bytes can repeat one byte 128 KiB times.
                return (compressed / 4 + 1) * (128 << 10);
            default:
                return Long.MAX_VALUE;
        }
    }

    /** Decompresses {@code from[start..start + length)} into exactly {@code size} bytes at {@code into[at..)}. */
    void decompress(byte[] from, int start, int length, byte[] into, int at, int size) throws DamagedException {
        int written;
        switch (this) {
            case UNCOMPRESSED:
                if (length != size) {
                    throw new DamagedException("a page of " + size + " bytes has " + length);
                }
                System.arraycopy(from, start, into, at, size);
                return;
            case SNAPPY:
                written = Snappy.decompress(from, start, start + length, into, at, at + size);
                break;
            case GZIP:
                written = gunzip(from, start, length, into, at, size);
                break;
            case LZ4_RAW:
                written = Lz4.decompress(from, start, start + length, into, at, at + size);
                break;
            case ZSTD:
                written = new Zstd().decompress(from, start, start + length, into, at, at + size);
                break;
            default:
                throw new DamagedException("the compression " + this + ", which is not supported");
        }
        if (written != size) {
            throw new DamagedException("a page of " + size + " bytes decompresses to " + written);
        }
    }

    // The JDK's GZIPInputStream would do, but wants a stream and copies once more.
    private static int gunzip(byte[] from, int start, int length, byte[] into, int at, int size)
            throws DamagedException {
        int p = gzipHeader(from, start, start + length);
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(from, p, start + length - p);
            int written = 0;
            while (written < size) {
                int n = inflater.inflate(into, at + written, size - written);
                if (n == 0 && (inflater.finished() || inflater.needsInput())) {
                    break;
                }
                written += n;
            }
            return written;
        } catch (DataFormatException e) {
            throw new DamagedException("a page that is no gzip (" + e.getMessage() + ")");
        } finally {
            inflater.end();
        }
    }

    private static int gzipHeader(byte[] b, int start, int end) throws DamagedException {
        if (end - start < 18 || b[start] != 0x1F || b[start + 1] != (byte) 0x8B || b[start + 2] != 8) {
            throw new DamagedException("a page that is no gzip");
        }
        int flags = b[start + 3];
        int p = start + 10;
        if ((flags & 4) != 0) {
            p += 2 + (b[p] & 0xFF) + ((b[p + 1] & 0xFF) << 8);
        }
        for (int text = 8; text <= 16; text *= 2) {
            if ((flags & text) != 0) {
                while (b[p++] != 0) {
                    if (p >= end) {
                        throw new DamagedException("a page that is no gzip");
                    }
                }
            }
        }
        p += (flags & 2) != 0 ? 2 : 0;
        if (p > end) {
            throw new DamagedException("a page that is no gzip");
        }
        return p;
    }
}
