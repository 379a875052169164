package io.jenkins.mlops.data;

/**
 * A mergeable count of distinct 64-bit hashes: exact up to {@value #EXACT}, then estimated.
 *
 * <p>HyperLogLog with 4,096 registers and Ertl's estimator ("New cardinality estimation algorithms for HyperLogLog
 * sketches", 2017, algorithm 6), which needs no bias tables; relative standard error 1.04 / sqrt(4096) = 1.6 %.
 */
final class DistinctSketch {
    /** Up to how many distinct hashes are kept themselves. */
    static final int EXACT = 2048;

    private static final int BITS = 12;
    private static final int REGISTERS = 1 << BITS;
    private static final int Q = 64 - BITS;

    // Open addressing; 0 is a free place, and the hash 0 is counted apart.
    private long[] hashes = new long[16];
    private int size;
    private boolean zero;
    private byte[] registers;

    void add(long hash) {
        if (registers != null) {
            register(hash);
            return;
        }
        if (hash == 0) {
            zero = true;
            return;
        }
        int mask = hashes.length - 1;
        int slot = (int) hash & mask;
        while (hashes[slot] != 0) {
            if (hashes[slot] == hash) {
                return;
            }
            slot = (slot + 1) & mask;
        }
        hashes[slot] = hash;
        size++;
        if (size > EXACT) {
            toRegisters();
        } else if (2 * size > hashes.length) {
            grow();
        }
    }

    private void grow() {
        long[] old = hashes;
        hashes = new long[2 * old.length];
        size = 0;
        for (long hash : old) {
            if (hash != 0) {
                add(hash);
            }
        }
    }

    private void toRegisters() {
        registers = new byte[REGISTERS];
        for (long hash : hashes) {
            if (hash != 0) {
                register(hash);
            }
        }
        if (zero) {
            register(0);
        }
        hashes = new long[0];
    }

    private void register(long hash) {
        int index = (int) (hash >>> Q);
        byte rank = (byte) (Math.min(Q, Long.numberOfLeadingZeros(hash << BITS)) + 1);
        if (rank > registers[index]) {
            registers[index] = rank;
        }
    }

    void merge(DistinctSketch other) {
        if (other.registers == null) {
            for (long hash : other.hashes) {
                if (hash != 0) {
                    add(hash);
                }
            }
            if (other.zero) {
                add(0);
            }
            return;
        }
        if (registers == null) {
            toRegisters();
        }
        for (int i = 0; i < REGISTERS; i++) {
            registers[i] = (byte) Math.max(registers[i], other.registers[i]);
        }
    }

    boolean exact() {
        return registers == null;
    }

    long count() {
        if (registers == null) {
            return size + (zero ? 1 : 0);
        }
        int[] histogram = new int[Q + 2];
        for (byte register : registers) {
            histogram[register]++;
        }
        double m = REGISTERS;
        double z = m * tau(1 - histogram[Q + 1] / m);
        for (int k = Q; k >= 1; k--) {
            z = 0.5 * (z + histogram[k]);
        }
        z += m * sigma(histogram[0] / m);
        return Math.round(m * m / (2 * Math.log(2)) / z);
    }

    private static double sigma(double start) {
        if (start == 1) {
            return Double.POSITIVE_INFINITY;
        }
        double x = start;
        double y = 1;
        double z = x;
        while (true) {
            x *= x;
            double before = z;
            z += x * y;
            if (Double.compare(z, before) == 0) {
                return z;
            }
            y += y;
        }
    }

    private static double tau(double start) {
        if (start == 0 || start == 1) {
            return 0;
        }
        double x = start;
        double y = 1;
        double z = 1 - x;
        while (true) {
            x = Math.sqrt(x);
            double before = z;
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
            if (Double.compare(z, before) == 0) {
                return z / 3;
            }
        }
    }
}
