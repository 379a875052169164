package io.jenkins.mlops.data;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.data.table.CellNumbers;
import io.jenkins.mlops.data.table.MissingMarks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Everything the profile of one column is made of, for a part of its rows; parts are merged. */
final class ColumnSketch {
    private static final double[] LEVELS =
            NumberSummary.LEVELS.stream().mapToDouble(Double::doubleValue).toArray();
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final CellNumbers parser = new CellNumbers();
    private final DistinctSketch distinct = new DistinctSketch();
    private final TopValues top;

    // Words for a missing number, values only in a column of text: known when all is read.
    private final DistinctSketch distinctMarks = new DistinctSketch();
    private final TopValues topMarks = new TopValues(16);
    private final QuantileSketch quantiles;

    private long present;
    private long integers;
    private long decimals;
    private long booleans;
    private long texts;
    private long marks;
    private long notFinite;
    private long trues;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private long numbers;
    private double mean;
    private double squares;
    private int minLength = Integer.MAX_VALUE;
    private int maxLength;
    private int markMinLength = Integer.MAX_VALUE;
    private int markMaxLength;

    /**
     * Makes a sketch of nothing.
     *
     * @param counters how many counters the top values get
     * @param k the size of the quantile sketch
     */
    ColumnSketch(int counters, int k) {
        top = new TopValues(counters);
        quantiles = new QuantileSketch(k);
    }

    /** A cell of text that may be a number. */
    void cell(byte[] buffer, int from, int to) {
        switch (parser.kindOf(buffer, from, to)) {
            case INTEGER:
                integers++;
                number(parser.value());
                break;
            case DECIMAL:
                decimals++;
                number(parser.value());
                break;
            case BOOLEAN:
                booleans++;
                trues += parser.value() == 1 ? 1 : 0;
                break;
            default:
                if (MissingMarks.is(buffer, from, to)) {
                    mark(buffer, from, to);
                    return;
                }
                texts++;
        }
        value(buffer, from, to);
    }

    private void mark(byte[] buffer, int from, int to) {
        marks++;
        markMinLength = Math.min(markMinLength, to - from);
        markMaxLength = Math.max(markMaxLength, to - from);
        long hash = Hash64.of(buffer, from, to);
        distinctMarks.add(hash);
        topMarks.add(hash, buffer, from, to);
    }

    void string(byte[] buffer, int from, int to) {
        texts++;
        value(buffer, from, to);
    }

    void decimal(double value) {
        decimals++;
        number(value);
        byte[] utf8 = Double.toString(value).getBytes(StandardCharsets.US_ASCII);
        value(utf8, 0, utf8.length);
    }

    void integer(long value) {
        integers++;
        number(value);
        byte[] utf8 = Long.toString(value).getBytes(StandardCharsets.US_ASCII);
        value(utf8, 0, utf8.length);
    }

    void bool(boolean value) {
        booleans++;
        trues += value ? 1 : 0;
        byte[] text = value ? TRUE : FALSE;
        value(text, 0, text.length);
    }

    private void value(byte[] buffer, int from, int to) {
        present++;
        int length = to - from;
        minLength = Math.min(minLength, length);
        maxLength = Math.max(maxLength, length);
        long hash = Hash64.of(buffer, from, to);
        distinct.add(hash);
        top.add(hash, buffer, from, to);
    }

    private void number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            notFinite++;
            return;
        }
        numbers++;
        min = Math.min(min, value);
        max = Math.max(max, value);
        // Welford's recurrence: no cancellation when the mean is large against the deviation.
        double off = value - mean;
        mean += off / numbers;
        squares += off * (value - mean);
        quantiles.add(value);
    }

    void merge(ColumnSketch other) {
        if (other.numbers > 0) {
            // Chan, Golub, LeVeque: the moments of two parts.
            double all = (double) numbers + other.numbers;
            double off = other.mean - mean;
            squares += other.squares + off * off * numbers * other.numbers / all;
            mean += off * other.numbers / all;
            numbers += other.numbers;
        }
        present += other.present;
        integers += other.integers;
        decimals += other.decimals;
        booleans += other.booleans;
        texts += other.texts;
        marks += other.marks;
        notFinite += other.notFinite;
        trues += other.trues;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        minLength = Math.min(minLength, other.minLength);
        maxLength = Math.max(maxLength, other.maxLength);
        markMinLength = Math.min(markMinLength, other.markMinLength);
        markMaxLength = Math.max(markMaxLength, other.markMaxLength);
        distinct.merge(other.distinct);
        top.merge(other.top);
        distinctMarks.merge(other.distinctMarks);
        topMarks.merge(other.topMarks);
        quantiles.merge(other.quantiles);
    }

    private ColumnType type() {
        boolean numeric = integers + decimals > 0;
        if (texts > 0 || (numeric && booleans > 0)) {
            return ColumnType.TEXT;
        }
        if (numeric) {
            return decimals > 0 ? ColumnType.NUMBER : ColumnType.INTEGER;
        }
        if (booleans > 0) {
            return ColumnType.BOOLEAN;
        }
        return marks > 0 ? ColumnType.TEXT : ColumnType.EMPTY;
    }

    /** The profile, when the table has so many rows; to be asked for once, after the last cell. */
    ColumnProfile profile(String name, long rows) {
        ColumnType type = type();
        boolean text = type == ColumnType.TEXT;
        if (text && marks > 0) {
            present += marks;
            minLength = Math.min(minLength, markMinLength);
            maxLength = Math.max(maxLength, markMaxLength);
            distinct.merge(distinctMarks);
            top.merge(topMarks);
            marks = 0;
        }
        long nulls = rows - present;
        return new ColumnProfile(
                name.length() > ColumnProfile.MAX_NAME_LENGTH ? name.substring(0, ColumnProfile.MAX_NAME_LENGTH) : name,
                type,
                nulls,
                distinct.count(),
                distinct.exact(),
                summary(type),
                text ? minLength : -1,
                text ? maxLength : -1,
                top.top(ColumnProfile.MAX_TOP_VALUES));
    }

    @CheckForNull
    private NumberSummary summary(ColumnType type) {
        switch (type) {
            case INTEGER, NUMBER:
                return numbers == 0 ? noNumbers() : numbers();
            case BOOLEAN:
                return truths();
            default:
                return null;
        }
    }

    private NumberSummary noNumbers() {
        return new NumberSummary(0, notFinite, Double.NaN, Double.NaN, Double.NaN, Double.NaN, List.of(), 0);
    }

    private NumberSummary numbers() {
        List<Double> at = new ArrayList<>();
        for (double quantile : quantiles.quantiles(LEVELS)) {
            at.add(quantile);
        }
        double std = numbers == 1 ? Double.NaN : Math.sqrt(squares / (numbers - 1));
        return new NumberSummary(numbers, notFinite, min, max, mean, std, at, quantiles.rankError());
    }

    private NumberSummary truths() {
        double share = (double) trues / booleans;
        double std = booleans == 1 ? Double.NaN : Math.sqrt(share * (1 - share) * booleans / (booleans - 1));
        List<Double> at = new ArrayList<>();
        for (double level : LEVELS) {
            at.add(level * (booleans - 1) < booleans - trues ? 0.0 : 1.0);
        }
        return new NumberSummary(booleans, 0, trues == booleans ? 1 : 0, trues > 0 ? 1 : 0, share, std, at, 0);
    }
}
