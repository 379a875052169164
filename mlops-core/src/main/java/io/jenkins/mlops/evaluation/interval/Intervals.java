package io.jenkins.mlops.evaluation.interval;

import io.jenkins.mlops.evaluation.metric.Moments;
import java.util.Arrays;

/** Intervals that have a formula. */
public final class Intervals {
    private Intervals() {}

    /**
     * Wilson's score interval of a proportion (E. B. Wilson, 1927): honest for small samples and near 0 and 1.
     *
     * @param successes how many
     * @param trials of how many; 0 gives no interval
     */
    public static Interval wilson(double successes, double trials, double level) {
        if (!(trials > 0)) {
            return Interval.NONE;
        }
        double z = Distributions.normalWidth(level);
        double p = successes / trials;
        double square = z * z / trials;
        double centre = (p + square / 2) / (1 + square);
        double half = z / (1 + square) * Math.sqrt(p * (1 - p) / trials + square / (4 * trials));
        return new Interval(
                successes == 0 ? 0 : Math.max(0, centre - half),
                successes == trials ? 1 : Math.min(1, centre + half),
                "wilson");
    }

    /** Student's interval of a mean; none below two values. */
    public static Interval mean(Moments mean, double level) {
        if (mean.count() < 2 || Double.isNaN(mean.standardError())) {
            return Interval.NONE;
        }
        double half = Distributions.studentWidth(level, mean.count() - 1) * mean.standardError();
        return new Interval(mean.mean() - half, mean.mean() + half, "student-t");
    }

    /**
     * Distribution-free interval of a median by order statistics.
     *
     * @param sorted the values, ascending
     * @return none where the sample is too small for the level
     */
    public static Interval median(double[] sorted, double level) {
        int n = sorted.length;
        double tail = (1 - level) / 2;
        int low = (int) Math.floor(n / 2.0 - Distributions.normalWidth(level) * Math.sqrt(n) / 2) - 2;
        low = Math.max(0, low);
        // The greatest rank whose tail is still within the error allowed; the normal start is at most a few ranks off.
        if (n == 0 || Distributions.binomialCdf(low, n, 0.5) > tail) {
            low = -1;
        }
        while (low >= 0 && low + 1 < n / 2 && Distributions.binomialCdf(low + 1, n, 0.5) <= tail) {
            low++;
        }
        if (low < 0) {
            low = n > 0 && Distributions.binomialCdf(0, n, 0.5) <= tail ? 0 : -1;
        }
        return low < 0 ? Interval.NONE : new Interval(sorted[low], sorted[n - 1 - low], "order statistics");
    }

    /**
     * Interval of the difference of two paired proportions (D. G. Bonett and R. M. Price, 2012): Wald's with one
     * added to both disagreements, so that it keeps its coverage for small samples and few disagreements.
     *
     * @param onlyFirst rows that only the first got right
     * @param onlySecond rows that only the second got right
     */
    public static Interval pairedProportions(double onlyFirst, double onlySecond, double rows, double level) {
        double first = (onlyFirst + 1) / (rows + 2);
        double second = (onlySecond + 1) / (rows + 2);
        double difference = first - second;
        double half =
                Distributions.normalWidth(level) * Math.sqrt((first + second - difference * difference) / (rows + 2));
        return new Interval(Math.max(-1, difference - half), Math.min(1, difference + half), "bonett-price");
    }

    /**
     * McNemar's test of two paired proportions, two-sided, exact with mid-p (M. W. Fagerland et al., 2013).
     *
     * @return the p-value; 1 without any disagreement
     */
    public static double mcNemar(long onlyFirst, long onlySecond) {
        long n = onlyFirst + onlySecond;
        long fewer = Math.min(onlyFirst, onlySecond);
        if (n == 0) {
            return 1;
        }
        double point = Distributions.binomialPmf(fewer, n, 0.5);
        if (onlyFirst == onlySecond) {
            return 1 - point / 2;
        }
        return Math.min(1, 2 * Distributions.binomialCdf(fewer, n, 0.5) - point);
    }

    /** The quantile of sorted values by linear interpolation, as NumPy's default. */
    public static double quantile(double[] sorted, double q) {
        double position = q * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, sorted.length - 1);
        double part = position - below;
        return part == 0 ? sorted[below] : sorted[below] + part * (sorted[above] - sorted[below]);
    }

    /** The percentile interval of replicates, undefined ones left out; none if fewer than half are defined. */
    static double[] percentile(double[] replicates, double level) {
        double[] defined = Arrays.stream(replicates)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (defined.length < 2 || defined.length * 2 < replicates.length) {
            return new double[] {Double.NaN, Double.NaN};
        }
        return new double[] {quantile(defined, (1 - level) / 2), quantile(defined, (1 + level) / 2)};
    }
}
