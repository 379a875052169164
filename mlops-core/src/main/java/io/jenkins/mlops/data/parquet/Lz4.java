package io.jenkins.mlops.data.parquet;

/** Decompresses a raw LZ4 block (lz4_Block_format.md). */
final class Lz4 {
    private Lz4() {}

    /** Decompresses {@code in[p..end)} into {@code out[at..limit)}; returns the number of bytes written. */
    static int decompress(byte[] in, int from, int end, byte[] out, int at, int limit) throws DamagedException {
        int p = from;
        int q = at;
        while (p < end) {
            int token = in[p++] & 0xFF;
            int literals = token >>> 4;
            if (literals == 15) {
                int b;
                do {
                    require(p < end && literals < limit);
                    b = in[p++] & 0xFF;
                    literals += b;
                } while (b == 255);
            }
            require(literals <= end - p && literals <= limit - q);
            System.arraycopy(in, p, out, q, literals);
            p += literals;
            q += literals;
            if (p == end) {
                break;
            }
            require(p + 2 <= end);
            int offset = in[p] & 0xFF | (in[p + 1] & 0xFF) << 8;
            p += 2;
            int length = (token & 15) + 4;
            if (length == 19) {
                int b;
                do {
                    require(p < end && length < limit);
                    b = in[p++] & 0xFF;
                    length += b;
                } while (b == 255);
            }
            require(offset > 0 && offset <= q - at && length <= limit - q);
            q = Snappy.copy(out, q, offset, length);
        }
        return q - at;
    }

    private static void require(boolean holds) throws DamagedException {
        if (!holds) {
            throw new DamagedException("a page that is no LZ4");
        }
    }
}
