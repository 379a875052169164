package io.jenkins.mlops.evaluation.interval;

import java.util.SplittableRandom;

/**
 * Draws from binomial and multinomial distributions in constant time per draw: transformed rejection (W. Hörmann, 1993),
 * and waiting times where few successes are expected.
 */
final class Binomial {
    private static final double FEW = 10;

    private Binomial() {}

    /** How many of {@code n} trials with probability {@code p} succeed. */
    static long draw(SplittableRandom random, long n, double p) {
        if (n <= 0 || p <= 0) {
            return 0;
        }
        if (p >= 1) {
            return n;
        }
        if (p > 0.5) {
            return n - draw(random, n, 1 - p);
        }
        return n * p < FEW ? waiting(random, n, p) : rejection(random, n, p);
    }

    /** One multinomial resample: as many draws as there are rows, each cell with its share of them. */
    static long[] resample(SplittableRandom random, long[] cells) {
        long left = 0;
        for (long cell : cells) {
            left += cell;
        }
        long rowsLeft = left;
        long[] drawn = new long[cells.length];
        for (int i = 0; i < cells.length && left > 0; i++) {
            if (cells[i] > 0) {
                drawn[i] = cells[i] == rowsLeft ? left : draw(random, left, (double) cells[i] / rowsLeft);
                left -= drawn[i];
                rowsLeft -= cells[i];
            }
        }
        return drawn;
    }

    private static long waiting(SplittableRandom random, long n, double p) {
        double log = Math.log1p(-p);
        double trial = 0;
        long successes = 0;
        while (true) {
            trial += Math.ceil(Math.log(1 - random.nextDouble()) / log);
            if (trial > n) {
                return successes;
            }
            // A draw of exactly 1 waits no trial at all; it has still used one up.
            trial = Math.max(trial, successes + 1);
            successes++;
            if (successes == n) {
                return n;
            }
        }
    }

    private static long rejection(SplittableRandom random, long n, double p) {
        double deviation = Math.sqrt(n * p * (1 - p));
        double b = 1.15 + 2.53 * deviation;
        double a = -0.0873 + 0.0248 * b + 0.01 * p;
        double c = n * p + 0.5;
        double quick = 0.92 - 4.2 / b;
        double odds = p / (1 - p);
        double alpha = (2.83 + 5.1 / b) * deviation;
        double mode = Math.floor((n + 1) * p);
        while (true) {
            double u = random.nextDouble() - 0.5;
            double v = random.nextDouble();
            double us = 0.5 - Math.abs(u);
            double k = Math.floor((2 * a / us + b) * u + c);
            if (us >= 0.07 && v <= quick) {
                return (long) k;
            }
            if (!(k >= 0 && k <= n)) {
                continue;
            }
            double bound = (mode + 0.5) * Math.log((mode + 1) / (odds * (n - mode + 1)))
                    + (n + 1.0) * Math.log((n - mode + 1) / (n - k + 1))
                    + (k + 0.5) * Math.log(odds * (n - k + 1) / (k + 1))
                    + tail(mode)
                    + tail(n - mode)
                    - tail(k)
                    - tail(n - k);
            if (Math.log(v * alpha / (a / (us * us) + b)) <= bound) {
                return (long) k;
            }
        }
    }

    /** What Stirling's formula leaves out of log(k!), written around k + 1. */
    private static double tail(double k) {
        double next = k + 1;
        return Distributions.logGamma(next) - ((k + 0.5) * Math.log(next) - next + Math.log(2 * Math.PI) / 2);
    }
}
