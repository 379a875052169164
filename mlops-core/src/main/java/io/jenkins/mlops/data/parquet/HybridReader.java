package io.jenkins.mlops.data.parquet;

/**
 * Reads the hybrid of run lengths and bit-packed groups: levels, dictionary indexes and, in newer files, truth values.
 */
final class HybridReader {
    private HybridReader() {}

    /**
     * Decodes {@code n} numbers of {@code width} bits from {@code data[from..to)}.
     *
     * @param width 0 to 32
     */
    static void read(byte[] data, int from, int to, int width, int n, int[] into) throws DamagedException {
        int p = from;
        int done = 0;
        if (width < 0 || width > 32) {
            throw new DamagedException("a bit width of " + width);
        }
        int valueBytes = (width + 7) / 8;
        while (done < n) {
            long header = 0;
            int shift = 0;
            int b;
            do {
                if (p >= to || shift > 35) {
                    throw new DamagedException("a run of levels or indexes is cut off");
                }
                b = data[p++];
                header |= (long) (b & 0x7F) << shift;
                shift += 7;
            } while (b < 0);
            if ((header & 1) == 0) {
                long run = header >>> 1;
                if (run == 0 || p + valueBytes > to) {
                    throw new DamagedException("a run of levels or indexes is cut off");
                }
                int value = 0;
                for (int i = 0; i < valueBytes; i++) {
                    value |= (data[p++] & 0xFF) << 8 * i;
                }
                int end = (int) Math.min(n, done + run);
                java.util.Arrays.fill(into, done, end, value);
                done = end;
            } else {
                long groups = header >>> 1;
                int wanted = (int) Math.min(n - done, groups * 8);
                if (groups == 0) {
                    throw new DamagedException("an empty group of levels or indexes");
                }
                // The last group may be cut where no value is needed any more.
                if (p + ((long) wanted * width + 7) / 8 > to) {
                    throw new DamagedException("a group of levels or indexes is cut off");
                }
                unpack(data, p, width, wanted, into, done);
                done += wanted;
                p = (int) Math.min(to, p + groups * width);
            }
        }
    }

    private static void unpack(byte[] data, int from, int width, int n, int[] into, int at) {
        if (width == 0) {
            java.util.Arrays.fill(into, at, at + n, 0);
            return;
        }
        long buffer = 0;
        int bits = 0;
        int p = from;
        long mask = (1L << width) - 1;
        for (int i = 0; i < n; i++) {
            while (bits < width) {
                buffer |= (data[p++] & 0xFFL) << bits;
                bits += 8;
            }
            into[at + i] = (int) (buffer & mask);
            buffer >>>= width;
            bits -= width;
        }
    }
}
