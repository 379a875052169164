package io.jenkins.mlops.data.parquet;

/** A decoding table of Huffman codes (RFC 8878, section 4.2). */
final class HuffmanTable {
    private static final int MAX_BITS = 11;

    private final int maxBits;
    private final byte[] symbol;
    private final byte[] length;

    private HuffmanTable(int maxBits) {
        this.maxBits = maxBits;
        symbol = new byte[1 << maxBits];
        length = new byte[1 << maxBits];
    }

    /** A table that is described in a stream, and where the description ends. */
    record Described(HuffmanTable table, int end) {}

    static Described read(byte[] data, int from, int to) throws DamagedException {
        require(from < to);
        int head = data[from] & 0xFF;
        int[] weights = new int[256];
        int n;
        int end;
        if (head >= 128) {
            n = head - 127;
            end = from + 1 + (n + 1) / 2;
            require(end <= to);
            for (int i = 0; i < n; i++) {
                int both = data[from + 1 + i / 2] & 0xFF;
                weights[i] = i % 2 == 0 ? both >>> 4 : both & 15;
            }
        } else {
            end = from + 1 + head;
            require(end <= to);
            n = compressedWeights(data, from + 1, end, weights);
        }
        return new Described(of(weights, n), end);
    }

    private static int compressedWeights(byte[] data, int from, int to, int... weights) throws DamagedException {
        FseTable.Described described = FseTable.read(data, from, to, 6, 12);
        FseTable table = described.table();
        BackwardBits in = new BackwardBits(data, described.end(), to);
        int[] states = {(int) in.read(table.log), (int) in.read(table.log)};
        require(in.left() >= 0);
        int n = 0;
        int turn = 0;
        while (true) {
            require(n < 254);
            int state = states[turn];
            weights[n++] = table.symbol[state];
            states[turn] = table.base[state] + (int) in.read(table.bits[state]);
            turn ^= 1;
            if (in.left() < 0) {
                weights[n++] = table.symbol[states[turn]];
                return n;
            }
        }
    }

    private static HuffmanTable of(int[] weights, int n) throws DamagedException {
        int sum = 0;
        for (int i = 0; i < n; i++) {
            require(weights[i] <= MAX_BITS + 1);
            sum += weights[i] == 0 ? 0 : 1 << weights[i] - 1;
        }
        require(sum > 0);
        // The last symbol's weight is what is missing to a power of two.
        int maxBits = 32 - Integer.numberOfLeadingZeros(sum);
        int missing = (1 << maxBits) - sum;
        require(maxBits <= MAX_BITS && Integer.bitCount(missing) == 1);
        weights[n] = Integer.numberOfTrailingZeros(missing) + 1;
        HuffmanTable table = new HuffmanTable(maxBits);
        int at = 0;
        for (int weight = 1; weight <= maxBits; weight++) {
            for (int s = 0; s <= n; s++) {
                if (weights[s] == weight) {
                    int places = 1 << weight - 1;
                    require(at + places <= table.symbol.length);
                    java.util.Arrays.fill(table.symbol, at, at + places, (byte) s);
                    java.util.Arrays.fill(table.length, at, at + places, (byte) (maxBits + 1 - weight));
                    at += places;
                }
            }
        }
        require(at == table.symbol.length);
        return table;
    }

    /** Decodes one stream into {@code out[at..limit)}. */
    void decode(byte[] data, int from, int to, byte[] out, int at, int limit) throws DamagedException {
        BackwardBits in = new BackwardBits(data, from, to);
        for (int q = at; q < limit; q++) {
            int code = in.look(maxBits);
            out[q] = symbol[code];
            in.skip(length[code]);
        }
        require(in.left() == 0);
    }

    private static void require(boolean holds) throws DamagedException {
        if (!holds) {
            throw new DamagedException("a page that is no Zstandard");
        }
    }
}
