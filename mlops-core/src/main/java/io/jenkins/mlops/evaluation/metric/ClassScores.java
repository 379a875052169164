package io.jenkins.mlops.evaluation.metric;

/** Metrics of one score per class. Rows are given as {@code scores[class][row]}. */
public final class ClassScores {
    private ClassScores() {}

    /** The class of the highest score; the first one among equals, as NumPy's argmax. */
    public static int best(double[][] scores, int row) {
        int best = 0;
        for (int c = 1; c < scores.length; c++) {
            if (scores[c][row] > scores[best][row]) {
                best = c;
            }
        }
        return best;
    }

    /**
     * Whether the true class is among the k best scored. Among equal scores the later class comes first, as in
     * scikit-learn's {@code top_k_accuracy_score}.
     */
    public static boolean amongBest(double[][] scores, int row, int truth, int k) {
        double own = scores[truth][row];
        int before = 0;
        for (int c = 0; c < scores.length; c++) {
            if (scores[c][row] > own || scores[c][row] == own && c > truth) {
                before++;
            }
        }
        return before < k;
    }

    /** Negative log of the share of the true class; scores are clipped and made to sum to 1 as scikit-learn does. */
    public static double logLoss(double[][] scores, int row, int truth) {
        double sum = 0;
        for (double[] ofClass : scores) {
            sum += clipped(ofClass[row]);
        }
        return -Math.log(clipped(scores[truth][row]) / sum);
    }

    private static double clipped(double score) {
        return Math.min(1 - Probabilities.EPSILON, Math.max(Probabilities.EPSILON, score));
    }
}
