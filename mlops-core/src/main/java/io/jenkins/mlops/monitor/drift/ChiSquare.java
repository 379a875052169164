package io.jenkins.mlops.monitor.drift;

/** Pearson's chi-square test and its distribution. */
final class ChiSquare {
    private ChiSquare() {}

    /** The statistic of observed counts against the shares of a reference; infinite where one has no reference. */
    static double statistic(double[] reference, double[] current) {
        double all = sum(reference);
        double scale = sum(current) / all;
        double statistic = 0;
        for (int i = 0; i < reference.length; i++) {
            double expected = reference[i] * scale;
            double off = current[i] - expected;
            if (expected > 0 || off != 0) {
                statistic += off * off / expected;
            }
        }
        return statistic;
    }

    static double sum(double... values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    /** The probability of a value of {@code x} or more with so many degrees of freedom. */
    static double upper(double x, double degrees) {
        return x == Double.POSITIVE_INFINITY ? 0 : x <= 0 || degrees <= 0 ? 1 : upperGamma(degrees / 2, x / 2);
    }

    /** The regularised upper incomplete gamma function, for positive arguments. */
    private static double upperGamma(double a, double x) {
        double front = front(a, x);
        if (x < a + 1) {
            // The series of the lower function
            double term = 1 / a;
            double sum = term;
            for (int n = 1; n < 100_000 && term > 1e-18 * sum; n++) {
                term *= x / (a + n);
                sum += term;
            }
            return Math.max(0, 1 - front * sum);
        }
        // Lentz' method for the continued fraction
        double b = x + 1 - a;
        double c = 1e300;
        double d = 1 / b;
        double fraction = d;
        for (int n = 1; n < 100_000; n++) {
            double step = -n * (n - a);
            b += 2;
            d = 1 / guarded(step * d + b);
            c = guarded(b + step / c);
            fraction *= c * d;
            if (Math.abs(c * d - 1) < 1e-16) {
                break;
            }
        }
        return front * fraction;
    }

    private static double guarded(double value) {
        return Math.abs(value) < 1e-300 ? 1e-300 : value;
    }

    /** x^a e^-x / gamma(a), without the large logarithms where a is large. */
    private static double front(double a, double x) {
        if (a < 15) {
            return Math.exp(a * Math.log(x) - x - logGamma(a));
        }
        double ratio = x / a;
        double off = (x - a) / a;
        // a (log(x/a) + 1 - x/a), exactly where x is near a
        double exponent = Math.abs(off) < 0.1 ? a * logOff(off) : a * (Math.log(ratio) - off);
        double r = 1 / (a * a);
        double stirling = (1 / 12.0 - r * (1 / 360.0 - r * (1 / 1260.0 - r * (1 / 1680.0 - r / 1188.0)))) / a;
        return Math.exp(exponent - stirling) * Math.sqrt(a / (2 * Math.PI));
    }

    /** log(1 + u) - u by its series. */
    private static double logOff(double u) {
        double sum = 0;
        double power = -u * u;
        for (int n = 2; n < 200; n++) {
            double term = power / n;
            sum += term;
            power *= -u;
            if (Math.abs(term) < 1e-18 * Math.abs(sum)) {
                break;
            }
        }
        return sum;
    }

    private static double logGamma(double a) {
        double z = a;
        double product = 1;
        while (z < 15) {
            product *= z++;
        }
        double r = 1 / (z * z);
        double stirling = (1 / 12.0 - r * (1 / 360.0 - r * (1 / 1260.0 - r * (1 / 1680.0 - r / 1188.0)))) / z;
        return (z - 0.5) * Math.log(z) - z + Math.log(2 * Math.PI) / 2 + stirling - Math.log(product);
    }
}
