package io.jenkins.mlops.monitor.drift;

/** How p-values are corrected for the number of tests that are made at once. */
public enum Correction {
    /** Each p-value stands for itself. */
    NONE,
    /** Times the number of tests. Holds the chance of any false alarm. */
    BONFERRONI,
    /** Step down (Holm 1979): holds the chance of any false alarm, never weaker than Bonferroni. */
    HOLM,
    /** Step up (Benjamini and Hochberg 1995): holds the expected share of false alarms among the alarms. */
    BENJAMINI_HOCHBERG;

    /**
     * The adjusted p-values: each is compared with the threshold as it is.
     *
     * @param pValues raw p-values in any order; NaN stays NaN and is not counted as a test
     */
    public double[] adjust(double... pValues) {
        Integer[] order = java.util.stream.IntStream.range(0, pValues.length)
                .filter(i -> !Double.isNaN(pValues[i]))
                .boxed()
                .sorted(java.util.Comparator.comparingDouble(i -> pValues[i]))
                .toArray(Integer[]::new);
        int n = order.length;
        double[] adjusted = pValues.clone();
        double bound = this == BENJAMINI_HOCHBERG ? 1 : 0;
        for (int step = 0; step < n; step++) {
            int rank = this == BENJAMINI_HOCHBERG ? n - 1 - step : step;
            int at = order[rank];
            switch (this) {
                case BONFERRONI -> adjusted[at] = Math.min(1, pValues[at] * n);
                case HOLM -> {
                    bound = Math.max(bound, Math.min(1, pValues[at] * (n - rank)));
                    adjusted[at] = bound;
                }
                case BENJAMINI_HOCHBERG -> {
                    bound = Math.min(bound, pValues[at] * n / (rank + 1));
                    adjusted[at] = bound;
                }
                default -> {}
            }
        }
        return adjusted;
    }
}
