package io.jenkins.mlops.data.parquet;

/** A decoding table of finite-state entropy (RFC 8878, section 4.1). */
final class FseTable {
    final int log;
    final int[] symbol;
    final int[] bits;
    final int[] base;

    private FseTable(int log) {
        this.log = log;
        int size = 1 << log;
        symbol = new int[size];
        bits = new int[size];
        base = new int[size];
    }

    /** A table of one symbol that costs no bits. */
    static FseTable of(int onlySymbol) {
        FseTable table = new FseTable(0);
        table.symbol[0] = onlySymbol;
        return table;
    }

    /** A table by probabilities; -1 stands for "less than one". */
    static FseTable of(int log, int... counts) {
        FseTable table = new FseTable(log);
        int size = 1 << log;
        int[] next = new int[counts.length];
        int high = size - 1;
        for (int s = 0; s < counts.length; s++) {
            next[s] = counts[s];
            if (counts[s] == -1) {
                table.symbol[high--] = s;
                next[s] = 1;
            }
        }
        int step = (size >> 1) + (size >> 3) + 3;
        int position = 0;
        for (int s = 0; s < counts.length; s++) {
            for (int i = 0; i < counts[s]; i++) {
                table.symbol[position] = s;
                do {
                    position = position + step & size - 1;
                } while (position > high);
            }
        }
        for (int state = 0; state < size; state++) {
            int x = next[table.symbol[state]]++;
            table.bits[state] = log - (31 - Integer.numberOfLeadingZeros(x));
            table.base[state] = (x << table.bits[state]) - size;
        }
        return table;
    }

    /** A table that is described in a stream, and where the description ends. */
    record Described(FseTable table, int end) {}

    /** Reads a description from {@code data[from..to)}. */
    static Described read(byte[] data, int from, int to, int maxLog, int maxSymbol) throws DamagedException {
        long position = 8L * from;
        long limit = 8L * to;
        int log = (int) forward(data, position, 4, to) + 5;
        position += 4;
        require(log <= maxLog);
        int[] counts = new int[maxSymbol + 1];
        int remaining = (1 << log) + 1;
        int threshold = 1 << log;
        int bits = log + 1;
        int s = 0;
        while (remaining > 1) {
            require(s <= maxSymbol && position < limit);
            int max = 2 * threshold - 1 - remaining;
            int value = (int) forward(data, position, bits, to);
            int count;
            if ((value & threshold - 1) < max) {
                count = value & threshold - 1;
                position += bits - 1;
            } else {
                count = value & 2 * threshold - 1;
                count -= count >= threshold ? max : 0;
                position += bits;
            }
            count--;
            remaining -= Math.abs(count);
            counts[s++] = count;
            if (count == 0) {
                int repeat;
                do {
                    repeat = (int) forward(data, position, 2, to);
                    position += 2;
                    s += repeat;
                } while (repeat == 3 && s <= maxSymbol);
            }
            while (remaining < threshold) {
                bits--;
                threshold >>= 1;
            }
        }
        require(remaining == 1 && position <= limit && s <= maxSymbol + 1);
        return new Described(of(log, counts), (int) (position + 7 >>> 3));
    }

    private static long forward(byte[] data, long position, int bits, int to) {
        long value = 0;
        int at = (int) (position >>> 3);
        for (int i = 0; i < 4 && at + i < to; i++) {
            value |= (data[at + i] & 0xFFL) << 8 * i;
        }
        return value >>> (position & 7) & (1L << bits) - 1;
    }

    private static void require(boolean holds) throws DamagedException {
        if (!holds) {
            throw new DamagedException("a page that is no Zstandard");
        }
    }
}
