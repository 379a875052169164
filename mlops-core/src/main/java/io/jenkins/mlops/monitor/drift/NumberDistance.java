package io.jenkins.mlops.monitor.drift;

/**
 * What one walk over two sorted samples tells.
 *
 * @param greatest the greatest distance of the two distribution functions (Kolmogorov-Smirnov's D)
 * @param area the area between them (the Wasserstein distance of order 1)
 * @param distinct how many different values there are in both together
 */
record NumberDistance(double greatest, double area, long distinct) {
    /** Walks over two samples, neither of them empty. */
    static NumberDistance between(Numbers first, Numbers second) {
        return first.exact() && second.exact() ? exact(first.values(), second.values()) : weighted(first, second);
    }

    /** The same for values that stand for one row each: the difference is kept times n m, where it is a whole number. */
    private static NumberDistance exact(double[] first, double[] second) {
        int n = first.length;
        int m = second.length;
        double greatest = 0;
        double area = 0;
        long distinct = 0;
        double before = Math.min(first[0], second[0]);
        double difference = 0;
        int i = 0;
        int j = 0;
        while (i < n || j < m) {
            double x = i < n ? first[i] : Double.POSITIVE_INFINITY;
            double y = j < m ? second[j] : Double.POSITIVE_INFINITY;
            double value = Math.min(x, y);
            area += Math.abs(difference) * (value - before);
            while (i < n && first[i] == value) {
                difference += m;
                i++;
            }
            while (j < m && second[j] == value) {
                difference -= n;
                j++;
            }
            greatest = Math.max(greatest, Math.abs(difference));
            before = value;
            distinct++;
        }
        return new NumberDistance(greatest / n / m, area / n / m, distinct);
    }

    private static NumberDistance weighted(Numbers first, Numbers second) {
        int n = first.size();
        int m = second.size();
        double firstCount = first.count();
        double secondCount = second.count();
        double greatest = 0;
        double area = 0;
        long distinct = 0;
        double before = Math.min(first.value(0), second.value(0));
        double difference = 0;
        int i = 0;
        int j = 0;
        while (i < n || j < m) {
            double value = j >= m || i < n && first.value(i) <= second.value(j) ? first.value(i) : second.value(j);
            area += difference * (value - before);
            while (i < n && first.value(i) == value) {
                i++;
            }
            while (j < m && second.value(j) == value) {
                j++;
            }
            difference = Math.abs(first.upTo(i - 1) / firstCount - second.upTo(j - 1) / secondCount);
            greatest = Math.max(greatest, difference);
            before = value;
            distinct++;
        }
        return new NumberDistance(greatest, area, distinct);
    }
}
