package io.jenkins.mlops.evaluation.interval;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Intervals of statistics without a formula, by resampling: percentile bootstrap, or batch means where rows are so many
 * that a bootstrap would take minutes. Each replicate has its own seed, so that the result is the same on any number of
 * threads.
 *
 * @param resamples bootstrap resamples; 0 to do without resampling
 * @param seed the seed of everything
 * @param level confidence level, between 0 and 1
 */
public record Resampling(int resamples, long seed, double level) {
    /** Row draws that a bootstrap may take (about a second); above, batch means. */
    private static final long MOST_DRAWS = 100_000_000L;

    private static final int BATCHES = 25;

    /** The rows of one batch, ascending. */
    public static int[] rowsOf(byte[] batches, int batch) {
        int size = 0;
        for (byte other : batches) {
            size += other == batch ? 1 : 0;
        }
        int[] rows = new int[size];
        int next = 0;
        for (int row = 0; row < batches.length; row++) {
            if (batches[row] == batch) {
                rows[next++] = row;
            }
        }
        return rows;
    }

    /** Several statistics at once; called from many threads. */
    public interface Statistic {
        /**
         * The statistics of a resample.
         *
         * @param counts how often each row counts, 0 to 127
         */
        double[] of(byte[] counts);

        /**
         * Whether a statistic is a maximum over the rows. A resample exceeds the sample then as the sample exceeds the
         * truth, and the interval is the sample's percentiles mirrored at the estimate ("basic" bootstrap).
         */
        default boolean isMaximum(int index) {
            return false;
        }

        /**
         * The statistics of one batch of rows.
         *
         * @param batches the batch of each row
         */
        default double[] of(byte[] batches, int batch) {
            byte[] counts = new byte[batches.length];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = (byte) (batches[i] == batch ? 1 : 0);
            }
            return of(counts);
        }
    }

    /** Several statistics of cell counts; called from many threads. */
    public interface CellStatistic {
        double[] of(long[] cells);
    }

    /** Intervals and two-sided p-values of several statistics. */
    public record Outcome(Interval[] intervals, double[] pValues) {}

    /** The intervals of statistics of rows whose full-sample values are {@code values}. */
    public Interval[] rows(int rows, double[] values, Statistic statistic) {
        return paired(rows, values, statistic).intervals();
    }

    /**
     * As {@link #rows}, with the p-value of each statistic being zero.
     *
     * @param values the statistics of all rows
     */
    public Outcome paired(int rows, double[] values, Statistic statistic) {
        if (resamples < 2 || rows < 2 || values.length == 0) {
            return none(values.length);
        }
        return (long) rows * resamples > MOST_DRAWS
                ? batches(rows, values, statistic)
                : mirrored(
                        percentiles(replicates(i -> statistic.of(draw(rows, i))), values.length, "bootstrap"),
                        values,
                        statistic);
    }

    /**
     * The intervals of statistics that depend on cell counts alone: the same bootstrap, drawn cell by cell instead of row
     * by row, so that it costs the same for any number of rows.
     *
     * @param size number of statistics
     */
    public Interval[] cells(long[] cells, int size, CellStatistic statistic) {
        return pairedCells(cells, size, statistic).intervals();
    }

    /**
     * As {@link #cells}, with the p-value of each statistic being zero.
     *
     * @param size number of statistics
     */
    public Outcome pairedCells(long[] cells, int size, CellStatistic statistic) {
        if (resamples < 2) {
            return none(size);
        }
        return percentiles(replicates(i -> statistic.of(Binomial.resample(random(i), cells))), size, "bootstrap");
    }

    private interface Replicate {
        double[] of(int index);
    }

    private double[][] replicates(Replicate replicate) {
        double[][] values = new double[resamples][];
        IntStream.range(0, resamples).parallel().forEach(i -> values[i] = replicate.of(i));
        return values;
    }

    private Outcome percentiles(double[][] replicates, int size, String name) {
        String method = name + "(" + resamples + ", seed " + seed + ")";
        Interval[] intervals = new Interval[size];
        double[] pValues = new double[size];
        for (int j = 0; j < size; j++) {
            double[] column = new double[replicates.length];
            int below = 0;
            int above = 0;
            int defined = 0;
            for (int i = 0; i < column.length; i++) {
                column[i] = replicates[i][j];
                below += column[i] <= 0 ? 1 : 0;
                above += column[i] >= 0 ? 1 : 0;
                defined += Double.isNaN(column[i]) ? 0 : 1;
            }
            double[] bounds = Intervals.percentile(column, level);
            intervals[j] = new Interval(bounds[0], bounds[1], method);
            pValues[j] = intervals[j].method().isEmpty()
                    ? Double.NaN
                    : Math.min(1, 2.0 * (Math.min(below, above) + 1) / (defined + 1));
        }
        return new Outcome(intervals, pValues);
    }

    private static Outcome mirrored(Outcome outcome, double[] values, Statistic statistic) {
        Interval[] intervals = outcome.intervals();
        for (int i = 0; i < values.length; i++) {
            if (statistic.isMaximum(i)) {
                Interval interval = intervals[i];
                intervals[i] = new Interval(
                        2 * values[i] - interval.upper(), 2 * values[i] - interval.lower(), interval.method());
            }
        }
        return outcome;
    }

    private Outcome batches(int rows, double[] values, Statistic statistic) {
        byte[] batch = new byte[rows];
        SplittableRandom random = random(-1);
        for (int i = 0; i < rows; i++) {
            batch[i] = (byte) random.nextInt(BATCHES);
        }
        double[][] replicates = new double[BATCHES][];
        IntStream.range(0, BATCHES).parallel().forEach(b -> replicates[b] = statistic.of(batch, b));
        String method = "batch means(" + BATCHES + ", seed " + seed + ")";
        Interval[] intervals = new Interval[values.length];
        double[] pValues = new double[values.length];
        double width = Distributions.studentWidth(level, BATCHES - 1);
        for (int j = 0; j < values.length; j++) {
            double mean = 0;
            for (double[] replicate : replicates) {
                mean += replicate[j] / BATCHES;
            }
            double squares = 0;
            for (double[] replicate : replicates) {
                squares += (replicate[j] - mean) * (replicate[j] - mean);
            }
            double error = Math.sqrt(squares / (BATCHES - 1) / BATCHES);
            intervals[j] = new Interval(values[j] - width * error, values[j] + width * error, method);
            pValues[j] = values[j] == 0 ? 1 : 2 * Distributions.studentTail(Math.abs(values[j]) / error, BATCHES - 1);
        }
        return new Outcome(intervals, pValues);
    }

    private byte[] draw(int rows, int replicate) {
        byte[] counts = new byte[rows];
        SplittableRandom random = random(replicate);
        for (int i = 0; i < rows; i++) {
            int row = random.nextInt(rows);
            // A row drawn 127 times does not happen in any lifetime; it must not turn negative in one either.
            if (counts[row] < Byte.MAX_VALUE) {
                counts[row]++;
            }
        }
        return counts;
    }

    private SplittableRandom random(int replicate) {
        // Two rounds of mixing keep neighbouring seeds and replicates apart.
        return new SplittableRandom(new SplittableRandom(seed).nextLong() + 0x9E3779B97F4A7C15L * (replicate + 1L))
                .split();
    }

    private static Outcome none(int size) {
        Interval[] intervals = new Interval[size];
        double[] pValues = new double[size];
        Arrays.fill(intervals, Interval.NONE);
        Arrays.fill(pValues, Double.NaN);
        return new Outcome(intervals, pValues);
    }
}
