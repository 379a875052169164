package io.jenkins.mlops.data.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The text of one column in one chunk, coded by a dictionary of its own. */
final class TextBlock implements ColumnBlock {
    private final long maxTextBytes;
    private int[] codes;
    private int size;

    // The distinct values, one after the other; value i is pool[starts[i] .. starts[i + 1]).
    private byte[] pool = new byte[64];
    private int[] starts = new int[8];
    private int distinct;

    // Open addressing: code + 1, or 0 for a free place.
    private int[] table = new int[16];

    TextBlock(int capacity, long maxTextBytes) {
        this.codes = new int[Math.max(16, capacity)];
        this.maxTextBytes = maxTextBytes;
    }

    @Override
    public void cell(byte[] buffer, int from, int to) throws BadCellException {
        add(code(buffer, from, to));
    }

    @Override
    public void string(byte[] buffer, int from, int to) throws BadCellException {
        add(code(buffer, from, to));
    }

    @Override
    public void number(double value) throws BadCellException {
        byte[] text = Double.toString(value).getBytes(StandardCharsets.US_ASCII);
        add(code(text, 0, text.length));
    }

    @Override
    public void integer(long value) throws BadCellException {
        byte[] text = Long.toString(value).getBytes(StandardCharsets.US_ASCII);
        add(code(text, 0, text.length));
    }

    @Override
    public void bool(boolean value) throws BadCellException {
        byte[] text = Boolean.toString(value).getBytes(StandardCharsets.US_ASCII);
        add(code(text, 0, text.length));
    }

    @Override
    public void missing() {
        add(TextColumn.MISSING);
    }

    private void add(int code) {
        if (size == codes.length) {
            codes = Arrays.copyOf(codes, size + (size >> 1));
        }
        codes[size++] = code;
    }

    private int code(byte[] buffer, int from, int to) throws BadCellException {
        int mask = table.length - 1;
        int slot = hash(buffer, from, to) & mask;
        while (true) {
            int code = table[slot] - 1;
            if (code < 0) {
                break;
            }
            if (Arrays.equals(pool, starts[code], starts[code + 1], buffer, from, to)) {
                return code;
            }
            slot = (slot + 1) & mask;
        }
        int length = to - from;
        int start = starts[distinct];
        if ((long) start + length > maxTextBytes) {
            throw tooMuchText(maxTextBytes);
        }
        if (pool.length < start + length) {
            pool = Arrays.copyOf(pool, Math.max(start + length, 2 * pool.length));
        }
        System.arraycopy(buffer, from, pool, start, length);
        if (starts.length == distinct + 2) {
            starts = Arrays.copyOf(starts, 2 * starts.length);
        }
        starts[++distinct] = start + length;
        table[slot] = distinct;
        if (2 * distinct > table.length) {
            grow();
        }
        return distinct - 1;
    }

    private void grow() {
        int[] larger = new int[2 * table.length];
        int mask = larger.length - 1;
        for (int code = 0; code < distinct; code++) {
            int slot = hash(pool, starts[code], starts[code + 1]) & mask;
            while (larger[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            larger[slot] = code + 1;
        }
        table = larger;
    }

    private static int hash(byte[] b, int from, int to) {
        int h = 0;
        for (int i = from; i < to; i++) {
            h = 31 * h + b[i];
        }
        return h * 0x9E3779B9 >>> 7;
    }

    static BadCellException tooMuchText(long maxTextBytes) {
        return new BadCellException("expected at most " + maxTextBytes
                + " bytes of different texts in the requested columns (limit maxTextBytes), found more.");
    }

    /**
     * Replaces the codes by those of the whole column, and lets go of the own dictionary.
     *
     * @return how many bytes of text were new
     */
    long settle(TextDictionary dictionary) {
        int[] translated = new int[distinct];
        long fresh = 0;
        for (int code = 0; code < distinct; code++) {
            int start = starts[code];
            int length = starts[code + 1] - start;
            int known = dictionary.size();
            translated[code] = dictionary.code(new String(pool, start, length, StandardCharsets.UTF_8));
            fresh += dictionary.size() > known ? length : 0;
        }
        for (int i = 0; i < size; i++) {
            codes[i] = codes[i] < 0 ? codes[i] : translated[codes[i]];
        }
        pool = new byte[0];
        starts = new int[1];
        table = new int[0];
        distinct = 0;
        return fresh;
    }

    /** Joins settled blocks in their order, letting go of each one's cells as soon as they are copied. */
    static TextColumn join(String name, TextBlock[] blocks, TextDictionary dictionary, int rows) {
        int[] all = new int[rows];
        int at = 0;
        for (int b = 0; b < blocks.length; b++) {
            TextBlock block = blocks[b];
            blocks[b] = null;
            System.arraycopy(block.codes, 0, all, at, block.size);
            at += block.size;
        }
        return new TextColumn(name, all, dictionary.values());
    }
}
