package io.jenkins.mlops.evaluation.metric;

/**
 * The four cells of a binary confusion matrix and the metrics that follow from them.
 *
 * <p>A ratio whose denominator is zero is 0, as scikit-learn's {@code zero_division="warn"} has it; kappa and balanced
 * accuracy, which scikit-learn leaves undefined, are NaN then.
 *
 * @param truePositive rows (or weight) rightly called positive
 * @param falsePositive rows wrongly called positive
 * @param falseNegative positive rows missed
 * @param trueNegative rows rightly called negative
 */
public record BinaryCounts(double truePositive, double falsePositive, double falseNegative, double trueNegative) {
    /**
     * Counts decisions.
     *
     * @param positive per row, whether it is positive
     * @param called per row, whether it was called positive
     * @param weight per row its weight, or null
     */
    public static BinaryCounts of(boolean[] positive, boolean[] called, double[] weight) {
        double[] cells = new double[4];
        if (weight == null) {
            long[] counts = new long[4];
            for (int i = 0; i < positive.length; i++) {
                counts[(positive[i] ? 2 : 0) + (called[i] ? 1 : 0)]++;
            }
            for (int i = 0; i < 4; i++) {
                cells[i] = counts[i];
            }
        } else {
            for (int i = 0; i < positive.length; i++) {
                cells[(positive[i] ? 2 : 0) + (called[i] ? 1 : 0)] += weight[i];
            }
        }
        return new BinaryCounts(cells[3], cells[1], cells[2], cells[0]);
    }

    public double total() {
        return truePositive + falsePositive + falseNegative + trueNegative;
    }

    public double positives() {
        return truePositive + falseNegative;
    }

    public double negatives() {
        return trueNegative + falsePositive;
    }

    public double accuracy() {
        return (truePositive + trueNegative) / total();
    }

    /** Mean of recall and specificity; of the one that is defined if a class is absent. */
    public double balancedAccuracy() {
        if (positives() == 0) {
            return trueNegative / negatives();
        }
        return negatives() == 0 ? truePositive / positives() : (recall() + specificity()) / 2;
    }

    public double precision() {
        return ratio(truePositive, truePositive + falsePositive);
    }

    public double recall() {
        return ratio(truePositive, positives());
    }

    public double specificity() {
        return ratio(trueNegative, negatives());
    }

    public double prevalence() {
        return ratio(positives(), total());
    }

    public double f1() {
        return fBeta(1);
    }

    /** F-beta of precision and recall (van Rijsbergen). */
    public double fBeta(double beta) {
        double square = beta * beta;
        return ratio((1 + square) * truePositive, (1 + square) * truePositive + square * falseNegative + falsePositive);
    }

    /** Matthews correlation; 0 if truth or prediction has one class only. */
    public double mcc() {
        double product = (truePositive + falsePositive) * positives() * negatives() * (trueNegative + falseNegative);
        return ratio(truePositive * trueNegative - falsePositive * falseNegative, Math.sqrt(product));
    }

    /** Cohen's kappa; NaN if truth and prediction are the same single class. */
    public double cohenKappa() {
        double n = total();
        double expected =
                ((truePositive + falsePositive) * positives() + (trueNegative + falseNegative) * negatives()) / n;
        double observed = truePositive + trueNegative;
        return (observed - expected) / (n - expected);
    }

    static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
