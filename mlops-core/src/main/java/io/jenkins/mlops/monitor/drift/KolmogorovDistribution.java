package io.jenkins.mlops.monitor.drift;

/**
 * The distribution of the one-sample two-sided Kolmogorov-Smirnov statistic, by the method that is best for each size and
 * distance (Simard and L'Ecuyer, "Computing the two-sided Kolmogorov-Smirnov distribution", 2011), with the boundaries of
 * SciPy's {@code kstwo}.
 */
final class KolmogorovDistribution {
    private static final double PI2 = Math.PI * Math.PI;
    private static final double PI4 = PI2 * PI2;
    private static final double PI6 = PI4 * PI2;
    private static final double SQRT_2PI = Math.sqrt(2 * Math.PI);

    private static final int TERMS = 8_192;

    private KolmogorovDistribution() {}

    /**
     * The probability of a statistic of {@code x} or more.
     *
     * @param n size of the sample, at least 1
     */
    static double upper(long n, double x) {
        if (x >= 1) {
            return 0;
        }
        if (x <= 0) {
            return 1;
        }
        double t = n * x;
        if (t <= 1) {
            return 1 - nearest(n, t);
        }
        if (t >= n - 1) {
            return clipped(2 * Math.pow(1 - x, n));
        }
        double square = t * x;
        if (x >= 0.5 || (n <= 140 ? square > 4 : square >= 2.2)) {
            return square >= 370 && n > 140 && x < 0.5 ? 0 : clipped(2 * oneSided(n, x));
        }
        if (n <= 140) {
            return clipped(1 - (square <= 0.754693 ? durbin((int) n, x) : pomeranz((int) n, x)));
        }
        return clipped(1 - (n <= 100_000 && n * Math.pow(x, 1.5) <= 1.4 ? durbin((int) n, x) : pelzGood(n, x)));
    }

    private static double clipped(double p) {
        return Math.max(0, Math.min(1, p));
    }

    /** Ruben and Gambino's n! (2x - 1/n)^n, for the least distances that there are. */
    private static double nearest(long n, double t) {
        if (t <= 0.5) {
            return 0;
        }
        double log = 0;
        for (long i = 1; i <= n && log > -800; i++) {
            log += Math.log(i * (2 * t - 1) / n);
        }
        return Math.exp(log);
    }

    /**
     * The one-sided statistic's upper tail, by Smirnov's sum: each term is the binomial probability of j at p = x + j/n,
     * times x/p. Summed from its middle outwards, until nothing is added any more. Of a long sum only every so many terms
     * are computed: the terms are a smooth function that vanishes at both ends with all its derivatives, for which the
     * trapezoidal rule converges faster than any power of the step.
     */
    private static double oneSided(long n, double x) {
        long last = (long) Math.floor(n * (1 - x));
        long middle = Math.max(0, Math.min(last, Math.round(n * (0.5 - x))));
        long step = n * x * x < 2 ? 1 : Math.max(1, n / TERMS);
        double up = 0;
        for (long j = middle; j <= last; j += step) {
            double term = term(n, x, j);
            up += term;
            if (term < 1e-18 * up) {
                break;
            }
        }
        double down = 0;
        for (long j = middle - step; j >= 0; j -= step) {
            double term = term(n, x, j);
            down += term;
            if (term < 1e-18 * (up + down)) {
                break;
            }
        }
        return (up + down) * step;
    }

    private static double term(long n, double x, long j) {
        double p = x + (double) j / n;
        return p >= 1 ? (j == n ? x : 0) : BinomialTerm.probability(j, n, p) * x / p;
    }

    /** The k-th power of Durbin's matrix (Marsaglia, Tsang, Wang 2003). */
    private static double durbin(int n, double x) {
        int k = (int) Math.ceil(n * x);
        double h = k - n * x;
        int m = 2 * k - 1;
        double[][] base = new double[m][m];
        double[] factorial = new double[m + 1];
        factorial[0] = 1;
        for (int i = 1; i <= m; i++) {
            factorial[i] = factorial[i - 1] / i;
        }
        for (int i = 0; i < m; i++) {
            for (int j = 1; j < m; j++) {
                base[i][j] = i - j + 1 < 0 ? 0 : factorial[i - j + 1];
            }
        }
        for (int i = 0; i < m; i++) {
            double v = i == m - 1
                    ? (1 - 2 * Math.pow(h, m) + Math.pow(Math.max(2 * h - 1, 0), m)) * factorial[m]
                    : (1 - Math.pow(h, i + 1)) * factorial[i + 1];
            base[i][0] = v;
            base[m - 1][m - 1 - i] = v;
        }
        double[][] power = new double[m][m];
        for (int i = 0; i < m; i++) {
            power[i][i] = 1;
        }
        int exponent = 0;
        int baseExponent = 0;
        for (int rest = n; rest > 0; rest /= 2) {
            if ((rest & 1) == 1) {
                power = times(power, base);
                exponent += baseExponent;
            }
            base = times(base, base);
            baseExponent *= 2;
            if (base[k - 1][k - 1] > 0x1p128) {
                scale(base, 0x1p-128);
                baseExponent += 128;
            }
            if (power[k - 1][k - 1] > 0x1p128) {
                scale(power, 0x1p-128);
                exponent += 128;
            }
        }
        double p = power[k - 1][k - 1];
        for (int i = 1; i <= n; i++) {
            p = i * p / n;
            if (p < 0x1p-128) {
                p *= 0x1p128;
                exponent -= 128;
            }
        }
        return Math.scalb(p, exponent);
    }

    private static double[][] times(double[][] a, double[][] b) {
        int m = a.length;
        double[][] product = new double[m][m];
        for (int i = 0; i < m; i++) {
            for (int k = 0; k < m; k++) {
                double factor = a[i][k];
                if (factor != 0) {
                    for (int j = 0; j < m; j++) {
                        product[i][j] += factor * b[k][j];
                    }
                }
            }
        }
        return product;
    }

    private static void scale(double[][] matrix, double factor) {
        for (double[] row : matrix) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= factor;
            }
        }
    }

    /** Pomeranz' recursion over 2 n + 2 rows (1974), each a convolution with the terms of a Poisson distribution. */
    private static double pomeranz(int n, double x) {
        double t = n * x;
        int floor = (int) Math.floor(t);
        double fraction = t - floor;
        double g = Math.min(fraction, 1 - fraction);
        int ceil = fraction > 0 ? 1 : 0;
        int round = fraction > 0.5 ? 1 : 0;
        int powers = 2 * (floor + 1);
        double[] edge = powers(g / n, powers);
        double[] odd = powers(2 * g / n, powers);
        double[] even = powers((1 - 2 * g) / n, powers);
        double[] row = {1};
        int start = 0;
        int exponent = 0;
        int first = 0;
        for (int i = 1; i <= 2 * n + 1; i++) {
            int middle = (i + 1) / 2;
            int from;
            int to;
            if ((i + 1) % 2 == 0) {
                boolean ends = middle == n + 1;
                from = (ends ? n : middle - 1) - floor - (ends ? ceil : round) - 1;
                to = (ends ? n : middle - 1) + floor + ceil - 1;
            } else {
                from = middle - 1 - floor - 1;
                to = middle + floor + round - 1;
            }
            from = Math.max(from + 2, 0);
            to = Math.min(to, n);
            double[] poisson = i == 1 || i == 2 * n + 1 ? edge : (i & 1) != 0 ? odd : even;
            double[] next = new double[Math.max(0, to - from + 1)];
            double greatest = 0;
            for (int j = from; j <= to; j++) {
                double sum = 0;
                for (int s = Math.max(first, j - powers + 1); s <= Math.min(j, start + row.length - 1); s++) {
                    sum += row[s - start] * poisson[j - s];
                }
                next[j - from] = sum;
                greatest = Math.max(greatest, sum);
            }
            if (greatest > 0 && greatest < 0x1p-128) {
                for (int j = 0; j < next.length; j++) {
                    next[j] *= 0x1p128;
                }
                exponent -= 128;
            }
            row = next;
            start = from;
            first = from;
        }
        double p = row[n - start];
        for (int i = 1; i <= n; i++) {
            if (p > 0x1p128) {
                p *= 0x1p-128;
                exponent += 128;
            }
            p *= i;
        }
        return Math.scalb(p, exponent);
    }

    private static double[] powers(double rate, int count) {
        double[] terms = new double[count];
        terms[0] = 1;
        for (int i = 1; i < count; i++) {
            terms[i] = terms[i - 1] * rate / i;
        }
        return terms;
    }

    /** Pelz and Good's expansion in 1 / sqrt(n), by theta functions (1976). */
    private static double pelzGood(long n, double x) {
        double z = Math.sqrt(n) * x;
        double z2 = z * z;
        double z4 = z2 * z2;
        double z6 = z4 * z2;
        double exponent = -PI2 / 8 / z2;
        if (exponent < -708) {
            return 0;
        }
        double q = Math.exp(exponent);
        double[] sums = new double[4];
        int terms = (int) Math.ceil(16 * z / Math.PI);
        for (int k = terms; k > 0; k--) {
            double m = 2 * k - 1;
            double m2 = m * m;
            double m4 = m2 * m2;
            double decay = Math.pow(q, 8 * k);
            double[] coefficients = {
                1,
                -z2 + PI2 / 4 * m2,
                6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * PI2 / 4 * m2 + PI4 * (1 - 2 * z2) / 16 * m4,
                -30 * z6
                        - 90 * z4 * z4
                        + PI2 * (135 * z4 - 96 * z6) / 4 * m2
                        + PI4 * (-60 * z2 + 212 * z4) / 16 * m4
                        + PI6 * (5 - 30 * z2) / 64 * m4 * m2
            };
            for (int i = 0; i < 4; i++) {
                sums[i] = sums[i] * decay + coefficients[i];
            }
        }
        double[] divisors = {z, 6 * z4, 72 * z6 * z, 6480 * z6 * z4};
        for (int i = 0; i < 4; i++) {
            sums[i] *= q * SQRT_2PI / divisors[i];
        }
        double full = Math.exp(-PI2 / 2 / z2);
        double second = 0;
        double third = 0;
        for (int k = terms; k > 0; k--) {
            double decay = Math.pow(full, (double) k * k) * k * k;
            second += decay;
            third += (3 * z2 - PI2 * k * k) * decay;
        }
        sums[2] -= second * PI2 * SQRT_2PI / (36 * z2 * z);
        sums[3] += third * PI2 * SQRT_2PI / (216 * z6);
        return sums[0] + sums[1] / Math.sqrt(n) + sums[2] / n + sums[3] / (n * Math.sqrt(n));
    }
}
