package io.jenkins.mlops.monitor.window;

import java.util.Arrays;

/**
 * Small numbers by id, in a few bytes each. Ids are told apart by 64 bits of hash: among ten million, two are taken for one
 * with a chance of one in 370,000.
 */
final class IdTable {
    private static final int FREE = -1;

    private final int most;
    private long[] hashes = new long[1 << 10];
    private int[] values = new int[1 << 10];
    private int size;

    IdTable(int most) {
        this.most = most;
        Arrays.fill(values, FREE);
    }

    /** The number of an id; -1 for none. */
    int get(String id) {
        return get(hash(id));
    }

    /** The number of the id of a hash; -1 for none. */
    int get(long hash) {
        return values[place(hash)];
    }

    /** Sets the number of an id, 0 or more; false when the table is full. */
    boolean put(String id, int value) {
        return put(hash(id), value);
    }

    /** Sets the number of the id of a hash, 0 or more; false when the table is full. */
    boolean put(long hash, int value) {
        int place = place(hash);
        if (values[place] == FREE) {
            if (size == most) {
                return false;
            }
            size++;
            hashes[place] = hash;
        }
        values[place] = value;
        if (2L * size > hashes.length) {
            grow();
        }
        return true;
    }

    int size() {
        return size;
    }

    private int place(long hash) {
        int mask = hashes.length - 1;
        int place = (int) (hash >>> 32) & mask;
        while (values[place] != FREE && hashes[place] != hash) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldValues = values;
        hashes = new long[2 * oldHashes.length];
        values = new int[2 * oldValues.length];
        Arrays.fill(values, FREE);
        for (int i = 0; i < oldValues.length; i++) {
            if (oldValues[i] != FREE) {
                int place = place(oldHashes[i]);
                hashes[place] = oldHashes[i];
                values[place] = oldValues[i];
            }
        }
    }

    static long hash(String id) {
        long hash = 0x9E3779B97F4A7C15L * (id.length() + 1);
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0xff51afd7ed558ccdL;
            hash ^= hash >>> 32;
        }
        hash *= 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 29;
    }
}
