package io.jenkins.mlops.data.parquet;

/** Decoded values of one page or of a dictionary, by the column's stored type. */
final class Values {
    /** Truth values (0 and 1), whole numbers. */
    long[] longs = new long[0];

    /** Floating-point numbers. */
    double[] doubles = new double[0];

    /** Byte arrays: value i is {@code bytes[starts[i] .. starts[i] + lengths[i])}. */
    byte[] bytes = new byte[0];

    int[] starts = new int[0];
    int[] lengths = new int[0];

    int count;

    void longs(int n) {
        if (longs.length < n) {
            longs = new long[n];
        }
        count = n;
    }

    void doubles(int n) {
        if (doubles.length < n) {
            doubles = new double[n];
        }
        count = n;
    }

    void slices(int n) {
        if (starts.length < n) {
            starts = new int[n];
            lengths = new int[n];
        }
        count = n;
    }
}
