package io.jenkins.mlops.monitor.drift;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The maximum mean discrepancy of two samples of vectors (Gretton et al., "A Kernel Two-Sample Test", 2012): the unbiased
 * estimate of its square, with a Gaussian kernel whose width is the median of the distances between the rows.
 *
 * @param squared the estimate; may be slightly negative
 * @param pValue the share of so many random splits, and the given one, with a value as great or greater; between 1/(n+1)
 *     and 1
 * @param width the kernel's width
 */
public record MaximumMeanDiscrepancy(double squared, double pValue, double width) {
    /** So many rows of each side are compared at most, spread evenly. */
    public static final int MOST = 500;

    private static final long SEED = 0x6d6d64L;

    /**
     * Compares two samples.
     *
     * @param permutations how many random splits the p-value rests on
     * @return NaN with fewer than two rows on either side
     * @throws IllegalArgumentException when the vectors are not all of the same length
     */
    public static MaximumMeanDiscrepancy between(double[][] reference, double[][] current, int permutations) {
        if (reference.length < 2 || current.length < 2) {
            return new MaximumMeanDiscrepancy(Double.NaN, Double.NaN, Double.NaN);
        }
        double[][] first = spread(reference);
        double[][] second = spread(current);
        int n = first.length + second.length;
        double[][] rows = Arrays.copyOf(first, n);
        System.arraycopy(second, 0, rows, first.length, second.length);
        double[][] kernel = new double[n][n];
        double[] distances = new double[n * (n - 1) / 2];
        int at = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double square = square(rows[i], rows[j]);
                kernel[i][j] = square;
                distances[at++] = Math.sqrt(square);
            }
        }
        Arrays.sort(distances);
        double median = distances.length % 2 == 1
                ? distances[distances.length / 2]
                : (distances[distances.length / 2 - 1] + distances[distances.length / 2]) / 2;
        double width = median > 0 ? median : 1;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                kernel[i][j] = Math.exp(-kernel[i][j] / (2 * width * width));
                kernel[j][i] = kernel[i][j];
            }
        }
        boolean[] side = new boolean[n];
        Arrays.fill(side, first.length, n, true);
        double squared = squared(kernel, side, first.length, second.length);
        SplittableRandom random = new SplittableRandom(SEED);
        int asGreat = 1;
        for (int p = 0; p < permutations; p++) {
            for (int i = n - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                boolean swap = side[i];
                side[i] = side[other];
                side[other] = swap;
            }
            asGreat += squared(kernel, side, first.length, second.length) >= squared ? 1 : 0;
        }
        return new MaximumMeanDiscrepancy(squared, asGreat / (permutations + 1.0), width);
    }

    private static double[][] spread(double[][] rows) {
        if (rows.length <= MOST) {
            return rows;
        }
        double[][] some = new double[MOST][];
        for (int i = 0; i < MOST; i++) {
            some[i] = rows[(int) ((long) i * rows.length / MOST)];
        }
        return some;
    }

    private static double square(double[] a, double[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(
                    "Expected vectors of one length, found " + a.length + " and " + b.length + ".");
        }
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }

    private static double squared(double[][] kernel, boolean[] side, double m, double n) {
        double within = 0;
        double between = 0;
        double withinOther = 0;
        for (int i = 0; i < side.length; i++) {
            for (int j = 0; j < i; j++) {
                double value = kernel[i][j];
                if (side[i] != side[j]) {
                    between += value;
                } else if (side[i]) {
                    withinOther += value;
                } else {
                    within += value;
                }
            }
        }
        return 2 * within / (m * (m - 1)) + 2 * withinOther / (n * (n - 1)) - 2 * between / (m * n);
    }
}
