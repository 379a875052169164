package io.jenkins.mlops.evaluation.metric;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** Sums with the error carried along (Neumaier), so that a mean over ten million rows keeps all its digits. */
public final class Sum {
    private double sum;
    private double lost;

    public void add(double value) {
        double next = sum + value;
        lost += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
        sum = next;
    }

    public double value() {
        // Past the range of double the carried error is NaN, the plain sum is what there is to say.
        return Double.isNaN(lost) || Double.isInfinite(sum) ? sum : sum + lost;
    }

    /** Weighted mean and its standard error. */
    public record Mean(double mean, double standardError, double count) {}

    /**
     * The mean of values and the standard error of it (that of a ratio estimate where there are weights).
     *
     * @param weight a weight per value, or null
     */
    public static Mean mean(double[] values, @CheckForNull double[] weight) {
        Sum total = new Sum();
        Sum weights = new Sum();
        for (int i = 0; i < values.length; i++) {
            double w = weight == null ? 1 : weight[i];
            total.add(w * values[i]);
            weights.add(w);
        }
        double mean = total.value() / weights.value();
        Sum squares = new Sum();
        for (int i = 0; i < values.length; i++) {
            double d = (weight == null ? 1 : weight[i]) * (values[i] - mean);
            squares.add(d * d);
        }
        double n = values.length;
        double error = n < 2 ? Double.NaN : Math.sqrt(squares.value() * n / (n - 1)) / weights.value();
        return new Mean(mean, error, n);
    }
}
