package io.jenkins.mlops.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A mergeable sketch of the quantiles of a stream of numbers, in bounded memory.
 *
 * <p>A KLL sketch (Karnin, Lang, Liberty: "Optimal Quantile Approximation in Streams", FOCS 2016) with levels that shrink
 * by 2/3 from the top. Up to {@code k} numbers it is exact. Above, the rank of a quantile is off by less than {@link
 * #rankError()} of the count with a probability of 0.99; that bound was measured, and a test holds the sketch to it. The random choices come from a fixed
 * seed: the same numbers in the same order give the same sketch.
 */
public final class QuantileSketch {
    private static final int SMALLEST_LEVEL = 8;
    private final int k;
    private final List<double[]> levels = new ArrayList<>();
    private int[] sizes = new int[4];
    private long count;
    private final SplittableRandom random = new SplittableRandom(0x6d6c6f7073L);

    /**
     * Makes an empty sketch.
     *
     * @param k the size of the top level, 8 or more; memory is about {@code 3 k} numbers
     */
    public QuantileSketch(int k) {
        this.k = k;
        levels.add(new double[16]);
    }

    /** Takes a number in, which must not be NaN. */
    public void add(double value) {
        double[] bottom = levels.get(0);
        if (sizes[0] == bottom.length) {
            if (bottom.length < capacity(0)) {
                bottom = Arrays.copyOf(bottom, Math.min(capacity(0), 2 * bottom.length));
                levels.set(0, bottom);
            } else {
                compress();
                bottom = levels.get(0);
            }
        }
        bottom[sizes[0]++] = value;
        count++;
    }

    /** Takes another sketch of the same {@code k} in. */
    void merge(QuantileSketch other) {
        for (int level = 0; level < other.levels.size(); level++) {
            for (int i = 0; i < other.sizes[level]; i++) {
                put(level, other.levels.get(level)[i]);
            }
        }
        count += other.count;
        compress();
    }

    /** How large a level may grow: the top level has k, each one below 2/3 of it. */
    private int capacity(int level) {
        int depth = levels.size() - 1 - level;
        return Math.max(SMALLEST_LEVEL, (int) Math.ceil(k * Math.pow(2.0 / 3, depth)));
    }

    private void put(int level, double value) {
        while (levels.size() <= level) {
            levels.add(new double[SMALLEST_LEVEL]);
        }
        if (sizes.length <= level) {
            sizes = Arrays.copyOf(sizes, level + 4);
        }
        double[] values = levels.get(level);
        if (sizes[level] == values.length) {
            values = Arrays.copyOf(values, 2 * values.length);
            levels.set(level, values);
        }
        values[sizes[level]++] = value;
    }

    /** Halves every level that is full, from the bottom up. */
    private void compress() {
        for (int level = 0; level < levels.size(); level++) {
            if (sizes[level] >= capacity(level)) {
                compact(level);
            }
        }
    }

    private void compact(int level) {
        double[] values = levels.get(level);
        int size = sizes[level];
        Arrays.sort(values, 0, size);
        // An odd one stays: the weights must add up to the count.
        int kept = size & 1;
        int start = kept + (random.nextBoolean() ? 1 : 0);
        for (int i = start; i < size; i += 2) {
            put(level + 1, values[i]);
        }
        sizes[level] = kept;
    }

    /** How many numbers were taken in. */
    public long count() {
        return count;
    }

    /** Whether every number is kept. */
    public boolean exact() {
        return levels.size() == 1;
    }

    /** The bound of the rank's error as a fraction of the count, which holds with a probability of 0.99. */
    public double rankError() {
        return exact() ? 0 : Math.min(1, 3 / Math.pow(k, 0.9723));
    }

    /**
     * What is kept of the stream.
     *
     * @param values the kept numbers, ascending
     * @param weights how many numbers of the stream each one stands for; they add up to the count
     */
    public record Points(double[] values, long[] weights) {}

    /** The numbers that are kept, each with its weight. */
    public Points points() {
        int n = 0;
        for (int level = 0; level < levels.size(); level++) {
            n += sizes[level];
        }
        double[] values = new double[n];
        return new Points(values, weigh(values));
    }

    /**
     * The quantiles of given levels, which must ascend: for an exact sketch with linear interpolation (as NumPy's
     * default), else the least kept number whose rank reaches the level.
     */
    double[] quantiles(double... at) {
        int n = 0;
        for (int level = 0; level < levels.size(); level++) {
            n += sizes[level];
        }
        if (n == 0) {
            throw new IllegalStateException("A sketch of nothing has no quantiles.");
        }
        if (exact()) {
            return exactQuantiles(at);
        }
        double[] values = new double[n];
        long[] weights = weigh(values);
        double[] result = new double[at.length];
        long rank = 0;
        int next = 0;
        for (int i = 0; i < n && next < at.length; i++) {
            rank += weights[i];
            while (next < at.length && rank >= at[next] * count) {
                result[next++] = values[i];
            }
        }
        Arrays.fill(result, next, at.length, values[n - 1]);
        return result;
    }

    private double[] exactQuantiles(double... at) {
        double[] sorted = Arrays.copyOf(levels.get(0), sizes[0]);
        Arrays.sort(sorted);
        double[] result = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            double place = at[i] * (sorted.length - 1);
            int below = (int) place;
            double above = sorted[Math.min(below + 1, sorted.length - 1)];
            double share = place - below;
            result[i] = share == 0 ? sorted[below] : sorted[below] * (1 - share) + above * share;
        }
        return result;
    }

    /** Fills in all kept numbers, sorted, and returns how many of the stream each one stands for. */
    private long[] weigh(double[] values) {
        Integer[] order = new Integer[values.length];
        double[] raw = new double[values.length];
        long[] weight = new long[values.length];
        int n = 0;
        for (int level = 0; level < levels.size(); level++) {
            for (int i = 0; i < sizes[level]; i++) {
                raw[n] = levels.get(level)[i];
                weight[n] = 1L << level;
                order[n] = n;
                n++;
            }
        }
        Arrays.sort(order, (a, b) -> Double.compare(raw[a], raw[b]));
        long[] sorted = new long[n];
        for (int i = 0; i < n; i++) {
            values[i] = raw[order[i]];
            sorted[i] = weight[order[i]];
        }
        return sorted;
    }
}
