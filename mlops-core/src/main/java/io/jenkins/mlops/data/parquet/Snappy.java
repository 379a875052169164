package io.jenkins.mlops.data.parquet;

/** Decompresses the raw Snappy format (google/snappy, format_description.txt). */
final class Snappy {
    private Snappy() {}

    /** Decompresses {@code in[p..end)} into {@code out[at..limit)}; returns the number of bytes written. */
    static int decompress(byte[] in, int from, int end, byte[] out, int at, int limit) throws DamagedException {
        int p = from;
        long size = 0;
        int shift = 0;
        int b;
        do {
            require(p < end && shift <= 28);
            b = in[p++];
            size |= (long) (b & 0x7F) << shift;
            shift += 7;
        } while (b < 0);
        require(size == limit - at);
        int q = at;
        while (p < end) {
            int tag = in[p++] & 0xFF;
            int length = tag >>> 2;
            if ((tag & 3) == 0) {
                if (length >= 60) {
                    int bytes = length - 59;
                    require(p + bytes <= end);
                    length = little(in, p, bytes);
                    p += bytes;
                }
                length++;
                require(length > 0 && length <= end - p && length <= limit - q);
                System.arraycopy(in, p, out, q, length);
                p += length;
                q += length;
                continue;
            }
            int offset;
            if ((tag & 3) == 1) {
                require(p < end);
                length = (length & 7) + 4;
                offset = tag >>> 5 << 8 | in[p++] & 0xFF;
            } else {
                int bytes = (tag & 3) == 2 ? 2 : 4;
                require(p + bytes <= end);
                length++;
                offset = little(in, p, bytes);
                p += bytes;
            }
            require(offset > 0 && offset <= q - at && length <= limit - q);
            q = copy(out, q, offset, length);
        }
        return q - at;
    }

    /** Copies from what was written before; source and target may overlap. */
    static int copy(byte[] out, int at, int offset, int length) {
        int q = at;
        if (offset >= length) {
            System.arraycopy(out, q - offset, out, q, length);
            return q + length;
        }
        for (int i = 0; i < length; i++, q++) {
            out[q] = out[q - offset];
        }
        return q;
    }

    private static int little(byte[] b, int at, int bytes) {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (b[at + i] & 0xFF) << 8 * i;
        }
        return value;
    }

    private static void require(boolean holds) throws DamagedException {
        if (!holds) {
            throw new DamagedException("a page that is no Snappy");
        }
    }
}
