package io.jenkins.mlops.monitor.window;

import io.jenkins.mlops.data.DataException;
import io.jenkins.mlops.monitor.Expect;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Labels by a hash of their ids, in the order in which the ids first came: twenty bytes each. When there are too many, the
 * tenth that came first goes.
 */
final class Labels {
    /** The time of a label that says none: older than any. */
    static final long UNTIMED = Long.MIN_VALUE;

    private static final int VERSION = 1;

    /** What became of a label. */
    enum Change {
        ADDED,
        REPEATED,
        CORRECTED,
        /** It is older than the one that is kept. */
        OLDER
    }

    private final int most;
    private final List<String> texts = new ArrayList<>();
    private final Map<String, Integer> codeOf = new HashMap<>();
    private long[] hashes = new long[1 << 10];
    private int[] codes = new int[1 << 10];
    private long[] times = new long[1 << 10];
    private int size;
    private long dropped;
    private IdTable places;

    /** @param most how many are kept, 1 or more */
    Labels(int most) {
        this.most = most;
        this.places = new IdTable(most);
    }

    int size() {
        return size;
    }

    /** How many were let go because there were too many. */
    long dropped() {
        return dropped;
    }

    /** The place of an id's label, from 0; -1 for none. */
    int place(String id) {
        return places.get(IdTable.hash(id));
    }

    /** The label at a place. */
    String text(int place) {
        return texts.get(codes[place]);
    }

    /** Takes a label; one that isn't older replaces what is kept of the same id. */
    Change put(long hash, String text, long time) {
        int place = places.get(hash);
        if (place >= 0) {
            if (time < times[place]) {
                return Change.OLDER;
            }
            boolean same = texts.get(codes[place]).equals(text);
            times[place] = time;
            if (same) {
                return Change.REPEATED;
            }
            codes[place] = code(text);
            return Change.CORRECTED;
        }
        if (size == most) {
            dropOldest(Math.max(1, most / 10));
        }
        if (size == hashes.length) {
            int length = (int) Math.min(most, 2L * size);
            hashes = Arrays.copyOf(hashes, length);
            codes = Arrays.copyOf(codes, length);
            times = Arrays.copyOf(times, length);
        }
        hashes[size] = hash;
        codes[size] = code(text);
        times[size] = time;
        places.put(hash, size++);
        return Change.ADDED;
    }

    private int code(String text) {
        Integer code = codeOf.putIfAbsent(text, texts.size());
        if (code == null) {
            texts.add(text);
            return texts.size() - 1;
        }
        return code;
    }

    private void dropOldest(int count) {
        dropped += count;
        size -= count;
        System.arraycopy(hashes, count, hashes, 0, size);
        System.arraycopy(codes, count, codes, 0, size);
        System.arraycopy(times, count, times, 0, size);
        places = new IdTable(most);
        for (int i = 0; i < size; i++) {
            places.put(hashes[i], i);
        }
    }

    /** Takes all labels of another. @return how many were added, repeated, corrected and older, in this order */
    long[] putAll(Labels others) {
        long[] changes = new long[Change.values().length];
        for (int i = 0; i < others.size; i++) {
            changes[put(others.hashes[i], others.text(i), others.times[i]).ordinal()]++;
        }
        return changes;
    }

    PackedLabels pack() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            out.writeByte(VERSION);
            // Texts that corrections left behind are not written.
            int[] written = new int[texts.size()];
            List<String> used = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                if (written[codes[i]] == 0) {
                    used.add(texts.get(codes[i]));
                    written[codes[i]] = used.size();
                }
            }
            out.writeInt(used.size());
            for (String text : used) {
                out.writeUTF(text);
            }
            out.writeInt(size);
            for (int i = 0; i < size; i++) {
                out.writeLong(hashes[i]);
                out.writeInt(written[codes[i]] - 1);
                out.writeLong(times[i]);
            }
        }
        return new PackedLabels(bytes.toByteArray());
    }

    /**
     * Unpacks.
     *
     * @param most how many are kept of them
     * @throws IOException when they are damaged
     */
    static Labels of(PackedLabels packed, int most) throws IOException {
        Labels labels = new Labels(most);
        byte[] bytes = packed.bytes();
        if (bytes.length == 0) {
            return labels;
        }
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new DataException("Expected labels of version " + VERSION + ", found " + version + ".");
            }
            int count = in.readInt();
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                texts.add(Expect.text(in.readUTF(), "a label", Expect.NAME));
            }
            int size = in.readInt();
            for (int i = 0; i < size; i++) {
                long hash = in.readLong();
                labels.put(hash, texts.get(in.readInt()), in.readLong());
            }
            // Also reads the checksum at the end, and so finds what is torn there.
            if (in.read() >= 0) {
                throw new DataException("Expected the end of the labels, found more.");
            }
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new DataException("The kept labels are damaged: " + e.getMessage());
        }
        return labels;
    }
}
