package io.jenkins.mlops.monitor.drift;

/**
 * The p-value of the two-sided two-sample Kolmogorov-Smirnov test: exact up to {@value #EXACT} values on either side, as
 * SciPy's {@code ks_2samp} with its method "auto" has it, else by the distribution of the one-sample statistic.
 */
public final class KolmogorovSmirnov {
    /** Up to so many values on either side the p-value is exact. */
    public static final int EXACT = 10_000;

    private KolmogorovSmirnov() {}

    /**
     * The probability of a distance as great or greater between two samples of one distribution without ties.
     *
     * @param distance the greatest distance of the two distribution functions, 0 to 1
     * @param first size of one sample, at least 1
     * @param second size of the other, at least 1
     */
    public static double pValue(double distance, long first, long second) {
        if (Math.max(first, second) <= EXACT) {
            return exact(distance, (int) first, (int) second);
        }
        double effective = (double) first / (first + second) * second;
        return KolmogorovDistribution.upper((long) Math.rint(effective), distance);
    }

    private static double exact(double distance, int first, int second) {
        int m = Math.max(first, second);
        int n = Math.min(first, second);
        long divisor = divisor(m, n);
        // The distance in units of 1 / lcm, in which it is a whole number.
        long h = Math.round(distance * (m / divisor * n));
        if (h == 0) {
            return 1;
        }
        double p = m == n ? outsideSquare(n, (int) h) : outside(m, n, divisor, h);
        return Math.max(0, Math.min(1, p));
    }

    private static long divisor(long a, long b) {
        return b == 0 ? a : divisor(b, a % b);
    }

    /** The reflection principle's alternating sum for equal sizes, nested so that nothing cancels. */
    private static double outsideSquare(int n, int h) {
        double p = 0;
        for (int k = n / h; k >= 0; k--) {
            double term = 1;
            for (int j = 0; j < h; j++) {
                term = (n - (double) k * h - j) * term / (n + (double) k * h + j + 1);
            }
            p = term * (1 - p);
        }
        return 2 * p;
    }

    /**
     * The share of lattice paths from (0, 0) to (m, n) that touch or leave the band {@code |n x - m y| < h g}, by the
     * recursion over their last step (Hodges 1958): only sums of what is positive.
     */
    private static double outside(int m, int n, long divisor, long h) {
        long mg = m / divisor;
        long ng = n / divisor;
        double[] row = new double[n + 2];
        int least = 0;
        int end = (int) Math.min(ceiling(h, mg), n + 1L);
        java.util.Arrays.fill(row, end, row.length, 1);
        for (int i = 1; i <= m; i++) {
            int from = (int) Math.min(Math.max(Math.floorDiv(ng * i - h, mg) + 1, 0), n);
            int to = (int) Math.min(ceiling(ng * i + h, mg), n + 1L);
            if (to <= from) {
                return 1;
            }
            // Places of the row before that lie outside its own band count as 1.
            for (int j = least; j < from; j++) {
                row[j] = 1;
            }
            for (int j = end; j < to; j++) {
                row[j] = 1;
            }
            double value = from == 0 ? 0 : 1;
            for (int j = from; j < to; j++) {
                value = (row[j] * i + value * j) / (i + j);
                row[j] = value;
            }
            least = from;
            end = to;
        }
        return row[end - 1];
    }

    private static long ceiling(long a, long b) {
        return -Math.floorDiv(-a, b);
    }
}
