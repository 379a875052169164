package io.jenkins.mlops.evaluation.interval;

/**
 * The few probability distributions that intervals and tests need: normal, Student's t, binomial.
 *
 * <p>Sources: Abramowitz and Stegun, Handbook of Mathematical Functions, 6.1.40 (log gamma), 7.1.5 and 7.1.14 (error
 * function), 26.5.8 (incomplete beta function), 26.7.1 (Student's t).
 */
public final class Distributions {
    private static final double TINY = 1e-300;
    private static final int MOST_TERMS = 200_000;

    /** Coefficients B(2k) / (2k (2k - 1)) of Stirling's series. */
    private static final double[] STIRLING = {
        1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156
    };

    private Distributions() {}

    /** Probability that a standard normal variable is at most {@code x}. */
    public static double normalCdf(double x) {
        return x < 0 ? erfc(-x / Math.sqrt(2)) / 2 : 1 - erfc(x / Math.sqrt(2)) / 2;
    }

    /** Two-sided p-value of a standard normal statistic. */
    public static double normalTwoSided(double z) {
        return erfc(Math.abs(z) / Math.sqrt(2));
    }

    /**
     * The value that a standard normal variable stays below with probability {@code p}.
     *
     * @throws IllegalArgumentException unless p lies strictly between 0 and 1
     */
    public static double normalQuantile(double p) {
        requireProbability(p);
        if (p == 0.5) {
            return 0;
        }
        boolean low = p < 0.5;
        double tail = low ? p : 1 - p;
        // Start: Abramowitz and Stegun 26.2.23, within 4.5e-4; each step of Newton's method doubles the digits.
        double t = Math.sqrt(-2 * Math.log(tail));
        double x =
                t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
        for (int i = 0; i < 4; i++) {
            double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
            double error = (erfc(x / Math.sqrt(2)) / 2 - tail) / density;
            x += error / (1 - error * x / 2);
        }
        return low ? -x : x;
    }

    /** The number of standard errors on each side of a two-sided normal interval at {@code level}. */
    public static double normalWidth(double level) {
        requireProbability(level);
        return -normalQuantile((1 - level) / 2);
    }

    /** The number of standard errors on each side of a two-sided Student interval at {@code level}. */
    public static double studentWidth(double level, double degrees) {
        requireProbability(level);
        double tail = (1 - level) / 2;
        double low = 0;
        double high = 1;
        while (studentTail(high, degrees) > tail) {
            low = high;
            high *= 2;
        }
        // Bisection halves the bracket; 200 halvings end at neighbouring doubles from any start.
        for (int i = 0; i < 200; i++) {
            double middle = (low + high) / 2;
            if (middle <= low || middle >= high) {
                break;
            }
            if (studentTail(middle, degrees) > tail) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** Probability that a Student variable exceeds {@code t}, not negative. */
    public static double studentTail(double t, double degrees) {
        if (Double.isInfinite(t)) {
            return 0;
        }
        return incompleteBeta(degrees / 2, 0.5, degrees / (degrees + t * t)) / 2;
    }

    /** Probability of at most {@code k} successes in {@code n} trials. */
    public static double binomialCdf(long k, long n, double p) {
        if (k < 0) {
            return 0;
        }
        return k >= n ? 1 : incompleteBeta(n - k, k + 1.0, 1 - p);
    }

    /** Probability of exactly {@code k} successes in {@code n} trials. */
    public static double binomialPmf(long k, long n, double p) {
        if (k < 0 || k > n) {
            return 0;
        }
        if (p == 0 || p == 1) {
            return (p == 0 ? k == 0 : k == n) ? 1 : 0;
        }
        return Math.exp(logGamma(n + 1.0)
                - logGamma(k + 1.0)
                - logGamma(n - k + 1.0)
                + k * Math.log(p)
                + (n - k) * Math.log1p(-p));
    }

    /** Complementary error function. */
    static double erfc(double x) {
        if (x < 0) {
            return 2 - erfc(-x);
        }
        if (x < 2) {
            double term = x;
            double sum = x;
            for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum) && n < 200; n++) {
                term *= 2 * x * x / (2 * n + 1);
                sum += term;
            }
            return 1 - 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
        }
        if (x > 40) {
            return 0;
        }
        // Continued fraction, from the inside out; 120 levels are plenty from x = 2 on.
        double fraction = 0;
        for (int n = 120; n > 0; n--) {
            fraction = n / 2.0 / (x + fraction);
        }
        return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
    }

    /** Natural logarithm of the gamma function, for positive {@code x}. */
    static double logGamma(double x) {
        double shift = 0;
        double z = x;
        if (z < 15) {
            // Lifts z to where the series is exact, by gamma(z + 1) = z gamma(z).
            int steps = (int) Math.ceil(15 - z);
            double product = 1;
            for (int i = 0; i < steps; i++) {
                product *= z + i;
            }
            z += steps;
            shift = Math.log(product);
        }
        return (z - 0.5) * Math.log(z) - z + Math.log(2 * Math.PI) / 2 + stirling(z) - shift;
    }

    /** The series of log gamma at {@code z}, 15 or more. */
    private static double stirling(double z) {
        double series = 0;
        double power = 1 / z;
        for (double coefficient : STIRLING) {
            series += coefficient * power;
            power /= z * z;
        }
        return series;
    }

    /** Logarithm of the beta function; the large terms of the three log gammas are cancelled by hand. */
    private static double logBeta(double a, double b) {
        double small = Math.min(a, b);
        double large = Math.max(a, b);
        if (large < 15) {
            return logGamma(a) + logGamma(b) - logGamma(a + b);
        }
        if (small < 15) {
            double step = (large - 0.5) * Math.log1p(small / large)
                    + small * (Math.log(large + small) - 1)
                    + stirling(large + small)
                    - stirling(large);
            return logGamma(small) - step;
        }
        double ratio = small / large;
        return -Math.log(large) / 2
                + Math.log(2 * Math.PI) / 2
                + stirling(small)
                + stirling(large)
                - stirling(large + small)
                + (small - 0.5) * Math.log(ratio / (1 + ratio))
                - large * Math.log1p(ratio);
    }

    /** Regularised incomplete beta function. */
    static double incompleteBeta(double a, double b, double x) {
        if (x <= 0) {
            return 0;
        }
        if (x >= 1) {
            return 1;
        }
        // The fraction converges fast below the mean; above, the other tail is computed.
        if (x > (a + 1) / (a + b + 2)) {
            return 1 - betaFraction(b, a, 1 - x);
        }
        return betaFraction(a, b, x);
    }

    private static double betaFraction(double a, double b, double x) {
        double front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b));
        double c = 1;
        double d = guarded(1 - (a + b) * x / (a + 1));
        d = 1 / d;
        double fraction = d;
        for (int m = 1; m < MOST_TERMS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / guarded(1 + even * d);
            c = guarded(1 + even / c);
            fraction *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / guarded(1 + odd * d);
            c = guarded(1 + odd / c);
            double step = d * c;
            fraction *= step;
            if (Math.abs(step - 1) < 1e-16) {
                break;
            }
        }
        return front * fraction / a;
    }

    private static double guarded(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    private static void requireProbability(double p) {
        if (!(p > 0 && p < 1)) {
            throw new IllegalArgumentException("expected a probability between 0 and 1, found " + p);
        }
    }
}
