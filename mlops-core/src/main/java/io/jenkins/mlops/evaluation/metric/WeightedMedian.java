package io.jenkins.mlops.evaluation.metric;

import java.util.Arrays;

/** The median, plain and weighted. */
public final class WeightedMedian {
    private WeightedMedian() {}

    /** The median of sorted values: the middle one, or the mean of the middle two. */
    public static double ofSorted(double[] sorted) {
        int n = sorted.length;
        return n == 0 ? Double.NaN : n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    }

    /** The lowest of values, none of them negative, up to which half the weight lies, as scikit-learn's weighted percentile. */
    public static double of(double[] values, double[] weight) {
        long[] keys = new long[values.length];
        Arrays.setAll(keys, i -> Double.doubleToRawLongBits(values[i] + 0.0));
        int[] order = RadixSort.order(keys);
        double total = 0;
        for (int row : order) {
            total += weight[row];
        }
        double sum = 0;
        for (int row : order) {
            double w = weight[row];
            sum += w;
            if (w > 0 && sum >= total / 2) {
                return values[row];
            }
        }
        return Double.NaN;
    }
}
