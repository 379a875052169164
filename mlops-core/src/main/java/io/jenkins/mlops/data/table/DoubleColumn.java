package io.jenkins.mlops.data.table;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/**
 * A column of numbers.
 *
 * <p>A missing cell is NaN and {@linkplain #isMissing marked}; a cell that says NaN is NaN and not marked.
 */
public final class DoubleColumn implements Column {
    /** How many unparseable cells are kept with their text; the others are only counted. */
    public static final int KEPT_BAD_CELLS = 100;

    private final String name;
    private final double[] values;
    private final BitSet missing;
    private final int missingCount;
    private final List<BadCell> unparseable;
    private final int unparseableCount;

    /**
     * A cell that was to be a number and is none.
     *
     * @param row the row's index, from 0, header not counted
     * @param text the cell's text, cut after 200 characters
     */
    public record BadCell(int row, String text) {}

    /** Makes a column of given numbers, none of them missing; the array is not copied. */
    public DoubleColumn(String name, double[] values) {
        this(name, values, new BitSet(), List.of(), 0);
    }

    DoubleColumn(String name, double[] values, BitSet missing, List<BadCell> unparseable, int unparseableCount) {
        this.name = name;
        this.values = values;
        this.missing = missing;
        this.missingCount = missing.cardinality();
        this.unparseable = Collections.unmodifiableList(new ArrayList<>(unparseable));
        this.unparseableCount = unparseableCount;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int rows() {
        return values.length;
    }

    /** The numbers, one a row: the column's own array, not a copy, so that ten million rows stand once in memory. */
    public double[] values() {
        return values;
    }

    public double value(int row) {
        return values[row];
    }

    @Override
    public boolean isMissing(int row) {
        return missing.get(row);
    }

    @Override
    public int missing() {
        return missingCount;
    }

    /** The row of the first missing cell, or -1. */
    public int firstMissing() {
        return missing.nextSetBit(0);
    }

    /** The first {@value #KEPT_BAD_CELLS} cells that were no numbers; empty unless they were asked to become NaN. */
    public List<BadCell> unparseable() {
        return unparseable;
    }

    /** How many cells were no numbers. */
    public int unparseableCount() {
        return unparseableCount;
    }
}
