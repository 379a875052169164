package io.jenkins.mlops.monitor.drift;

/**
 * Binomial probabilities of large samples to full precision, by Loader's deviance form ("Fast and accurate computation of
 * binomial probabilities", 2000): no difference of large logarithms.
 */
final class BinomialTerm {
    private static final double[] SMALL = new double[16];

    static {
        // log n! - log(sqrt(2 pi n) (n/e)^n), for small n by the sum itself
        double logFactorial = 0;
        for (int n = 1; n < SMALL.length; n++) {
            logFactorial += Math.log(n);
            SMALL[n] = logFactorial - (0.5 * Math.log(2 * Math.PI * n) + n * Math.log(n) - n);
        }
    }

    private BinomialTerm() {}

    /** The probability of {@code k} successes in {@code n} trials of probability {@code p}, 0 &lt; p &lt; 1. */
    static double probability(long k, long n, double p) {
        if (k == 0) {
            return Math.exp(n * Math.log1p(-p));
        }
        if (k == n) {
            return Math.exp(n * Math.log(p));
        }
        double q = 1 - p;
        double log = stirling(n) - stirling(k) - stirling(n - k) - deviance(k, n * p) - deviance(n - k, n * q);
        return Math.exp(log) * Math.sqrt(n / (2 * Math.PI * k * (n - k)));
    }

    private static double stirling(long n) {
        if (n < SMALL.length) {
            return SMALL[(int) n];
        }
        double r = 1.0 / ((double) n * n);
        return (1 / 12.0 - r * (1 / 360.0 - r * (1 / 1260.0 - r * (1 / 1680.0 - r / 1188.0)))) / n;
    }

    /** x log(x / m) + m - x, which is small where x is near m. */
    private static double deviance(double x, double m) {
        if (Math.abs(x - m) < 0.1 * (x + m)) {
            double v = (x - m) / (x + m);
            double sum = (x - m) * v;
            double term = 2 * x * v;
            for (int j = 1; j < 1_000; j++) {
                term *= v * v;
                double next = sum + term / (2 * j + 1);
                if (Double.compare(next, sum) == 0) {
                    return next;
                }
                sum = next;
            }
        }
        return x * Math.log(x / m) + m - x;
    }
}
