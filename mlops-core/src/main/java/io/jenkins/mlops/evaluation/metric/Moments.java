package io.jenkins.mlops.evaluation.metric;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.stream.IntStream;

/**
 * The mean of a value per row, and how sure it is.
 *
 * @param mean the (weighted) mean; NaN without rows
 * @param standardError its standard error (that of a ratio estimate where there are weights); NaN below two rows
 * @param count number of rows
 */
public record Moments(double mean, double standardError, long count) {
    /** Fixed, so that sums are added in the same order on any number of threads. */
    private static final int CHUNK = 1 << 16;

    /** The value of a row; called from many threads. */
    public interface RowValue {
        double of(int row);
    }

    /**
     * Averages over rows, in parallel.
     *
     * @param weight a weight per row, or null
     */
    public static Moments of(int rows, RowValue value, @CheckForNull double[] weight) {
        if (rows == 0) {
            return new Moments(Double.NaN, Double.NaN, 0);
        }
        // Squares are taken around some value of the data, so that they don't cancel.
        double shift = value.of(0);
        int chunks = (rows + CHUNK - 1) / CHUNK;
        Part[] parts = new Part[chunks];
        IntStream.range(0, chunks)
                .parallel()
                .forEach(c -> parts[c] = part(c * CHUNK, Math.min(rows, (c + 1) * CHUNK), value, weight, shift));
        Sum values = new Sum();
        Sum weights = new Sum();
        Sum squares = new Sum();
        Sum cross = new Sum();
        Sum weightSquares = new Sum();
        for (Part part : parts) {
            values.add(part.values);
            weights.add(part.weights);
            squares.add(part.squares);
            cross.add(part.cross);
            weightSquares.add(part.weightSquares);
        }
        double mean = values.value() / weights.value();
        double d = mean - shift;
        double spread = squares.value() - 2 * d * cross.value() + d * d * weightSquares.value();
        double error = rows < 2 ? Double.NaN : Math.sqrt(Math.max(0, spread) * rows / (rows - 1.0)) / weights.value();
        return new Moments(mean, error, rows);
    }

    private record Part(double values, double weights, double squares, double cross, double weightSquares) {}

    private static Part part(int from, int to, RowValue value, @CheckForNull double[] weight, double shift) {
        Sum values = new Sum();
        double weights = 0;
        double squares = 0;
        double cross = 0;
        double weightSquares = 0;
        for (int i = from; i < to; i++) {
            double w = weight == null ? 1 : weight[i];
            double v = value.of(i);
            values.add(w * v);
            double d = v - shift;
            weights += w;
            squares += w * w * d * d;
            cross += w * w * d;
            weightSquares += w * w;
        }
        return new Part(values.value(), weights, squares, cross, weightSquares);
    }
}
