package io.jenkins.mlops.evaluation;

/** Picks rows of a column. */
final class RowSubset {
    private RowSubset() {}

    static boolean[] of(boolean[] column, int[] rows) {
        boolean[] picked = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            picked[i] = column[rows[i]];
        }
        return picked;
    }

    static int[] of(int[] column, int[] rows) {
        int[] picked = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            picked[i] = column[rows[i]];
        }
        return picked;
    }

    /** Picks from a column that may be null, and stays so. */
    static double[] of(double[] column, int[] rows) {
        if (column == null) {
            return null;
        }
        double[] picked = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            picked[i] = column[rows[i]];
        }
        return picked;
    }

    static double[][] of(double[][] columns, int[] rows) {
        double[][] picked = new double[columns.length][];
        for (int i = 0; i < columns.length; i++) {
            picked[i] = of(columns[i], rows);
        }
        return picked;
    }

    static String[] of(String[] column, int[] rows) {
        String[] picked = new String[rows.length];
        for (int i = 0; i < rows.length; i++) {
            picked[i] = column[rows[i]];
        }
        return picked;
    }
}
