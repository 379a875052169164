package io.jenkins.mlops.monitor.drift;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.evaluation.metric.RadixSort;
import java.util.Arrays;

/** The numbers of one side, sorted, each of weight one or of a whole weight. */
final class Numbers {
    private final double[] values;

    /** How many rows the values up to an index stand for; null when each stands for one. */
    @CheckForNull
    private final long[] upTo;

    private final double rankError;
    private final double mean;

    /** NaN until it is asked for. */
    private double deviation;

    /**
     * @param values sorted ascending; no NaN
     * @param upTo null, or for each index the sum of the weights up to it
     * @param rankError by how much a rank may be off, as a share of all
     */
    private Numbers(double[] values, @CheckForNull long[] upTo, double rankError, double mean, double deviation) {
        this.values = values;
        this.upTo = upTo;
        this.rankError = rankError;
        this.mean = mean;
        this.deviation = deviation;
    }

    /** Exact numbers, in any order; the array is spent. */
    static Numbers of(double[] values) {
        return new Numbers(sorted(values), null, 0, Double.NaN, Double.NaN);
    }

    /** Numbers that stand for several each. */
    static Numbers weighted(double[] values, long[] weights, double rankError, double mean, double deviation) {
        long[] upTo = weights.clone();
        for (int i = 1; i < upTo.length; i++) {
            upTo[i] += upTo[i - 1];
        }
        return new Numbers(values, upTo, rankError, mean, deviation);
    }

    private static double mean(double[] values) {
        // Sums of parts: nearly as exact as a pairwise sum.
        double total = 0;
        for (int from = 0; from < values.length; from += 128) {
            double part = 0;
            int to = Math.min(values.length, from + 128);
            for (int i = from; i < to; i++) {
                part += values[i];
            }
            total += part;
        }
        return total / values.length;
    }

    private static double[] sorted(double[] values) {
        if (values.length < 3_000) {
            Arrays.sort(values);
            return values;
        }
        int negative = 0;
        for (double value : values) {
            negative += value < 0 ? 1 : 0;
        }
        long[] below = new long[negative];
        long[] above = new long[values.length - negative];
        int b = 0;
        int a = 0;
        for (double value : values) {
            if (value < 0) {
                below[b++] = Double.doubleToRawLongBits(-value);
            } else {
                above[a++] = Double.doubleToRawLongBits(value + 0.0);
            }
        }
        below = RadixSort.sort(below);
        above = RadixSort.sort(above);
        for (int i = 0; i < negative; i++) {
            values[i] = -Double.longBitsToDouble(below[negative - 1 - i]);
        }
        for (int i = 0; i < above.length; i++) {
            values[negative + i] = Double.longBitsToDouble(above[i]);
        }
        return values;
    }

    /** How many values are kept. */
    int size() {
        return values.length;
    }

    double value(int index) {
        return values[index];
    }

    /** How many rows the values up to and with an index stand for; 0 for -1. */
    long upTo(int index) {
        return index < 0 ? 0 : upTo == null ? index + 1 : upTo[index];
    }

    /** How many rows there are. */
    long count() {
        return upTo(values.length - 1);
    }

    boolean exact() {
        return upTo == null;
    }

    double rankError() {
        return rankError;
    }

    double min() {
        return values[0];
    }

    double max() {
        return values[values.length - 1];
    }

    /** The numbers themselves. */
    double[] values() {
        return values;
    }

    /** The standard deviation of the population (divisor n). */
    double deviation() {
        if (Double.isNaN(deviation) && values.length > 0) {
            double center = Double.isNaN(mean) ? mean(values) : mean;
            double squares = 0;
            for (double value : values) {
                squares += (value - center) * (value - center);
            }
            deviation = Math.sqrt(squares / values.length);
        }
        return deviation;
    }

    /** How many rows are below a bound, or at it too. */
    long below(double bound, boolean inclusive) {
        int low = 0;
        int high = values.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (values[middle] < bound || inclusive && values[middle] == bound) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return upTo(low - 1);
    }

    /** How many different values are kept, counted up to a limit. */
    int distinct(int limit) {
        int count = values.length == 0 ? 0 : 1;
        for (int i = 1; i < values.length && count < limit; i++) {
            count += values[i] != values[i - 1] ? 1 : 0;
        }
        return count;
    }
}
