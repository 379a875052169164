package io.jenkins.mlops.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The most frequent values of a stream, in bounded memory; mergeable.
 *
 * <p>The summary of Misra and Gries with {@code capacity} counters: while there are no more different values, the counts
 * are exact; else every count is too low by at most {@link #error()}, which is at most {@code n / capacity} (Agarwal et
 * al., "Mergeable Summaries", 2012). Values are told apart by their 64-bit hash.
 */
final class TopValues {
    private static final int KEPT_BYTES = 200;

    private final int capacity;

    // Open addressing; a count of 0 marks a free place. At least half of the places are free.
    private int mask;
    private long[] hashes;
    private long[] counts;
    private byte[][] values;
    private int used;
    private long error;

    /** Makes an empty summary of so many counters. */
    TopValues(int capacity) {
        this.capacity = capacity;
        places(16);
    }

    private void places(int number) {
        mask = number - 1;
        hashes = new long[number];
        counts = new long[number];
        values = new byte[number][];
    }

    void add(long hash, byte[] buffer, int from, int to) {
        int slot = slot(hash);
        if (counts[slot] != 0) {
            counts[slot]++;
            return;
        }
        insert(slot, hash, Arrays.copyOfRange(buffer, from, Math.min(to, from + KEPT_BYTES + 1)), 1);
        if (used > capacity) {
            reduce(1);
        }
    }

    private int slot(long hash) {
        int slot = (int) (hash >>> 20) & mask;
        while (counts[slot] != 0 && hashes[slot] != hash) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void insert(int slot, long hash, byte[] value, long count) {
        hashes[slot] = hash;
        counts[slot] = count;
        values[slot] = value;
        used++;
        if (2 * used > mask) {
            rebuild(2 * (mask + 1), 0);
        }
    }

    /** Takes so much off every counter and frees those that come to nothing. */
    private void reduce(long by) {
        rebuild(mask + 1, by);
        error += by;
    }

    private void rebuild(int number, long less) {
        long[] oldHashes = hashes;
        long[] oldCounts = counts;
        byte[][] oldValues = values;
        places(number);
        used = 0;
        for (int i = 0; i < oldCounts.length; i++) {
            if (oldCounts[i] > less) {
                insert(slot(oldHashes[i]), oldHashes[i], oldValues[i], oldCounts[i] - less);
            }
        }
    }

    /** Takes another summary in. */
    void merge(TopValues other) {
        for (int i = 0; i <= other.mask; i++) {
            if (other.counts[i] != 0) {
                int slot = slot(other.hashes[i]);
                if (counts[slot] != 0) {
                    counts[slot] += other.counts[i];
                } else {
                    insert(slot, other.hashes[i], other.values[i], other.counts[i]);
                }
            }
        }
        error += other.error;
        if (used > capacity) {
            long[] sorted = counts.clone();
            Arrays.sort(sorted);
            reduce(sorted[sorted.length - 1 - capacity]);
        }
    }

    long error() {
        return error;
    }

    /** The most frequent values, without those whose count is mostly uncertain; ties in the order of the values. */
    List<ValueCount> top(int limit) {
        List<ValueCount> all = new ArrayList<>();
        for (int i = 0; i <= mask; i++) {
            if (counts[i] > 0 && counts[i] >= error) {
                all.add(new ValueCount(shown(values[i]), counts[i] + error, error));
            }
        }
        all.sort((a, b) ->
                a.count() != b.count() ? Long.compare(b.count(), a.count()) : Manifest.compare(a.value(), b.value()));
        return new ArrayList<>(all.subList(0, Math.min(limit, all.size())));
    }

    private static String shown(byte[] value) {
        if (value.length <= KEPT_BYTES) {
            return new String(value, StandardCharsets.UTF_8);
        }
        int end = KEPT_BYTES;
        while (end > 0 && (value[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(value, 0, end, StandardCharsets.UTF_8) + "...";
    }
}
