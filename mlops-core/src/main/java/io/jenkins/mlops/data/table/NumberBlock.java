package io.jenkins.mlops.data.table;

import io.jenkins.mlops.data.table.DoubleColumn.BadCell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** The numbers of one column in one chunk. */
final class NumberBlock implements ColumnBlock {
    private final boolean strict;
    private final NumberParser parser = new NumberParser();
    private double[] values;
    private int size;
    private final BitSet missing = new BitSet();
    private final List<BadCell> bad = new ArrayList<>();
    private int badCount;

    NumberBlock(boolean strict, int capacity) {
        this.strict = strict;
        this.values = new double[Math.max(16, capacity)];
    }

    @Override
    public void cell(byte[] buffer, int from, int to) throws BadCellException {
        double value = parser.parse(buffer, from, to);
        if (!parser.valid()) {
            notANumber(buffer, from, to);
        }
        number(value);
    }

    @Override
    public void string(byte[] buffer, int from, int to) throws BadCellException {
        if (from == to) {
            missing();
        } else {
            cell(buffer, from, to);
        }
    }

    @Override
    public void number(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size + (size >> 1));
        }
        values[size++] = value;
    }

    @Override
    public void integer(long value) {
        number(value);
    }

    @Override
    public void bool(boolean value) {
        number(value ? 1 : 0);
    }

    @Override
    public void missing() {
        missing.set(size);
        number(Double.NaN);
    }

    private void notANumber(byte[] buffer, int from, int to) throws BadCellException {
        if (blank(buffer, from, to) || MissingMarks.is(buffer, from, to)) {
            missing.set(size);
            return;
        }
        String shown = TextErrors.shown(buffer, from, to);
        if (strict) {
            throw new BadCellException("expected a number, found \"" + shown + "\"." + hint(shown));
        }
        badCount++;
        if (bad.size() < DoubleColumn.KEPT_BAD_CELLS) {
            bad.add(new BadCell(size, shown));
        }
    }

    private static boolean blank(byte[] buffer, int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private static String hint(String shown) {
        return shown.matches("[+-]?[0-9.]*,[0-9]+")
                ? " Write a decimal point, not a comma."
                : " Correct the value, or name another column.";
    }

    /** Joins blocks in their order, letting go of each one's cells as soon as they are copied. */
    static DoubleColumn join(String name, NumberBlock[] blocks, int rows) {
        double[] all = new double[rows];
        BitSet missing = new BitSet();
        List<BadCell> bad = new ArrayList<>();
        int badCount = 0;
        int at = 0;
        for (int b = 0; b < blocks.length; b++) {
            NumberBlock block = blocks[b];
            blocks[b] = null;
            System.arraycopy(block.values, 0, all, at, block.size);
            for (int i = block.missing.nextSetBit(0); i >= 0; i = block.missing.nextSetBit(i + 1)) {
                missing.set(at + i);
            }
            for (BadCell cell : block.bad) {
                if (bad.size() < DoubleColumn.KEPT_BAD_CELLS) {
                    bad.add(new BadCell(at + cell.row(), cell.text()));
                }
            }
            badCount += block.badCount;
            at += block.size;
        }
        return new DoubleColumn(name, all, missing, bad, badCount);
    }
}
