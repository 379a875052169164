package io.jenkins.mlops.monitor.drift;

/** Samples that a script in any language can make to the last bit: a linear congruential generator and plain arithmetic. */
final class LinearSamples {
    private LinearSamples() {}

    /**
     * Makes {@code shift + scale * u^power}, rounded down to multiples of 1/grid; u is uniform.
     *
     * @param grid 0 for no rounding
     */
    static double[] of(long seed, int n, double shift, double scale, int power, double grid) {
        double[] values = new double[n];
        long state = seed;
        for (int i = 0; i < n; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            double u = (state >>> 11) * 0x1p-53;
            double value = u;
            for (int p = 1; p < power; p++) {
                value *= u;
            }
            value = shift + scale * value;
            values[i] = grid > 0 ? Math.floor(value * grid) / grid : value;
        }
        return values;
    }

    /** Rows of so many numbers each. */
    static double[][] rows(long seed, int n, int width, double shift) {
        double[] all = of(seed, n * width, shift, 1, 1, 0);
        double[][] rows = new double[n][width];
        for (int i = 0; i < n; i++) {
            System.arraycopy(all, i * width, rows[i], 0, width);
        }
        return rows;
    }
}
