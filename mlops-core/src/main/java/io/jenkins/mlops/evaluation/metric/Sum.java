package io.jenkins.mlops.evaluation.metric;

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
}
