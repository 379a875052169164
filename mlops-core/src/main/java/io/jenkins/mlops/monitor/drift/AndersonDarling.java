package io.jenkins.mlops.monitor.drift;

/**
 * The Anderson-Darling test of two samples (Scholz and Stephens, "K-Sample Anderson-Darling Tests", 1987) in the form for
 * ties (midranks). The p-value is interpolated in their table: it lies from 0.001 to 0.25.
 *
 * @param statistic the standardised statistic
 * @param pValue the p-value
 */
record AndersonDarling(double statistic, double pValue) {
    private static final double[] LEVELS = {0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001};
    private static final double[] B0 = {0.675, 1.281, 1.645, 1.96, 2.326, 2.573, 3.085};
    private static final double[] B1 = {-0.245, 0.25, 0.678, 1.149, 1.822, 2.364, 3.615};
    private static final double[] B2 = {-0.105, -0.305, -0.362, -0.391, -0.396, -0.345, -0.154};

    /** Tests two samples of together four values or more, not all of them equal; NaN for less. */
    static AndersonDarling between(Numbers first, Numbers second) {
        double all = (double) first.count() + second.count();
        if (all < 4 || first.min() == second.max() && second.min() == first.max()) {
            return new AndersonDarling(Double.NaN, Double.NaN);
        }
        double raw = raw(first, second, all);
        double standardised = (raw - 1) / Math.sqrt(variance(first.count(), second.count()));
        return new AndersonDarling(standardised, pValue(standardised));
    }

    private static double raw(Numbers first, Numbers second, double all) {
        double firstCount = first.count();
        double secondCount = second.count();
        double ofFirst = 0;
        double ofSecond = 0;
        int i = 0;
        int j = 0;
        while (i < first.size() || j < second.size()) {
            double value = j >= second.size() || i < first.size() && first.value(i) <= second.value(j)
                    ? first.value(i)
                    : second.value(j);
            long firstBefore = first.upTo(i - 1);
            long secondBefore = second.upTo(j - 1);
            while (i < first.size() && first.value(i) == value) {
                i++;
            }
            while (j < second.size() && second.value(j) == value) {
                j++;
            }
            double firstHere = first.upTo(i - 1) - firstBefore;
            double secondHere = second.upTo(j - 1) - secondBefore;
            double here = firstHere + secondHere;
            double below = firstBefore + secondBefore + here / 2;
            double divisor = below * (all - below) - all * here / 4;
            double offFirst = all * (firstBefore + firstHere / 2) - below * firstCount;
            double offSecond = all * (secondBefore + secondHere / 2) - below * secondCount;
            ofFirst += here / all * offFirst * offFirst / divisor;
            ofSecond += here / all * offSecond * offSecond / divisor;
        }
        return (ofFirst / firstCount + ofSecond / secondCount) * (all - 1) / all;
    }

    private static double variance(long first, long second) {
        long all = first + second;
        double n = all;
        double reciprocals = 1.0 / first + 1.0 / second;
        // h is the harmonic number of n - 1; g the sum over i < j of 1 / ((n - i) j)
        double harmonic = 0;
        double g = 0;
        for (long i = 1; i <= all - 2; i++) {
            harmonic += 1 / (n - i);
            g += harmonic / (i + 1);
        }
        double h = harmonic + 1;
        double a = (4 * g - 6) + (10 - 6 * g) * reciprocals;
        double b = (2 * g - 4) * 4 + 16 * h + (2 * g - 14 * h - 4) * reciprocals - 8 * h + 4 * g - 6;
        double c = (6 * h + 2 * g - 2) * 4 + (4 * h - 4 * g + 6) * 2 + (2 * h - 6) * reciprocals + 4 * h;
        double d = (2 * h + 6) * 4 - 8 * h;
        return (((a * n + b) * n + c) * n + d) / ((n - 1) * (n - 2) * (n - 3));
    }

    /** The parabola through the table's points of least squares, in the logarithm of the level. */
    private static double pValue(double statistic) {
        double[] critical = new double[LEVELS.length];
        for (int i = 0; i < critical.length; i++) {
            critical[i] = B0[i] + B1[i] + B2[i];
        }
        if (statistic < critical[0]) {
            return LEVELS[0];
        }
        if (statistic > critical[critical.length - 1]) {
            return LEVELS[LEVELS.length - 1];
        }
        return Math.exp(parabola(critical, statistic));
    }

    private static double parabola(double[] at, double x) {
        // Orthogonal polynomials over the points (Forsythe 1957): well conditioned without solving anything.
        int n = at.length;
        double[] one = new double[n];
        java.util.Arrays.fill(one, 1);
        double mean = weightedMean(at, one);
        double[] linear = new double[n];
        for (int i = 0; i < n; i++) {
            linear[i] = at[i] - mean;
        }
        double shift = weightedMean(at, linear);
        double ratio = square(linear) / n;
        double[] parabolic = new double[n];
        for (int i = 0; i < n; i++) {
            parabolic[i] = (at[i] - shift) * linear[i] - ratio;
        }
        double atLinear = x - mean;
        double atParabolic = (x - shift) * atLinear - ratio;
        return onto(one) + onto(linear) * atLinear + onto(parabolic) * atParabolic;
    }

    private static double weightedMean(double[] values, double[] polynomial) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * polynomial[i] * polynomial[i];
        }
        return sum / square(polynomial);
    }

    private static double square(double[] polynomial) {
        double sum = 0;
        for (double value : polynomial) {
            sum += value * value;
        }
        return sum;
    }

    private static double onto(double[] polynomial) {
        double sum = 0;
        for (int i = 0; i < polynomial.length; i++) {
            sum += Math.log(LEVELS[i]) * polynomial[i];
        }
        return sum / square(polynomial);
    }
}
