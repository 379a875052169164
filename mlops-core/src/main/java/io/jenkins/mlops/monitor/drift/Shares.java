package io.jenkins.mlops.monitor.drift;

/** Distances of two distributions over the same bins or categories, from their counts. */
final class Shares {
    private Shares() {}

    private static double[] of(double[] counts, double all) {
        double[] shares = new double[counts.length];
        for (int i = 0; i < counts.length; i++) {
            shares[i] = counts[i] / all;
        }
        return shares;
    }

    /** Shares in which no bin is empty: 0.0001, or a millionth of the least share where that is no more than it. */
    private static double[] filled(double[] counts, double all) {
        double[] shares = of(counts, all);
        double least = 1;
        for (double share : shares) {
            least = share > 0 ? Math.min(least, share) : least;
        }
        double filling = least <= 0.0001 ? least / 1e6 : 0.0001;
        for (int i = 0; i < shares.length; i++) {
            shares[i] = shares[i] == 0 ? filling : shares[i];
        }
        return shares;
    }

    /** The population stability index, with empty bins filled. */
    static double psi(double[] reference, double[] current) {
        double[] p = filled(reference, ChiSquare.sum(reference));
        double[] q = filled(current, ChiSquare.sum(current));
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += (p[i] - q[i]) * Math.log(p[i] / q[i]);
        }
        return sum;
    }

    /** The divergence of the reference from the current data in nats, with empty bins filled and the shares normed anew. */
    static double kullbackLeibler(double[] reference, double[] current) {
        double[] p = filled(reference, ChiSquare.sum(reference));
        double[] q = filled(current, ChiSquare.sum(current));
        p = of(p, ChiSquare.sum(p));
        q = of(q, ChiSquare.sum(q));
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += p[i] * Math.log(p[i] / q[i]);
        }
        return sum;
    }

    /** The square root of the Jensen-Shannon divergence in nats; empty bins as they are. */
    static double jensenShannon(double[] reference, double[] current) {
        double[] p = of(reference, ChiSquare.sum(reference));
        double[] q = of(current, ChiSquare.sum(current));
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            double middle = (p[i] + q[i]) / 2;
            sum += p[i] > 0 ? p[i] * Math.log(p[i] / middle) : 0;
            sum += q[i] > 0 ? q[i] * Math.log(q[i] / middle) : 0;
        }
        return Math.sqrt(Math.max(0, sum) / 2);
    }

    /** The Hellinger distance. */
    static double hellinger(double[] reference, double[] current) {
        double[] p = of(reference, ChiSquare.sum(reference));
        double[] q = of(current, ChiSquare.sum(current));
        double overlap = 0;
        for (int i = 0; i < p.length; i++) {
            overlap += Math.sqrt(p[i] * q[i]);
        }
        return Math.sqrt(1 - Math.min(1, overlap));
    }

    /** Half the sum of the absolute differences. */
    static double totalVariation(double[] reference, double[] current) {
        double sum = 0;
        double n = ChiSquare.sum(reference);
        double m = ChiSquare.sum(current);
        for (int i = 0; i < reference.length; i++) {
            sum += Math.abs(reference[i] / n - current[i] / m);
        }
        return sum / 2;
    }

    /** The greatest absolute difference. */
    static double greatest(double[] reference, double[] current) {
        double greatest = 0;
        double n = ChiSquare.sum(reference);
        double m = ChiSquare.sum(current);
        for (int i = 0; i < reference.length; i++) {
            greatest = Math.max(greatest, Math.abs(reference[i] / n - current[i] / m));
        }
        return greatest;
    }

    /** The z statistic of a pooled two-proportion test. */
    static double twoProportions(double first, double ofFirst, double second, double ofSecond) {
        double pooled = (first + second) / (ofFirst + ofSecond);
        return (first / ofFirst - second / ofSecond) / Math.sqrt(pooled * (1 - pooled) * (1 / ofFirst + 1 / ofSecond));
    }
}
