package io.jenkins.mlops.evaluation.metric;

/**
 * The confusion matrix of several classes and the metrics that follow from it.
 *
 * <p>As in scikit-learn, averages run over the classes that occur in truth or prediction, and a ratio whose denominator
 * is zero is 0.
 */
public final class ClassCounts {
    private final int classes;
    /** Row-major: truth times classes plus prediction. */
    private final double[] cells;

    private final double[] truth;
    private final double[] predicted;
    private final double total;

    /** @param cells row-major, truth by prediction */
    public ClassCounts(int classes, double[] cells) {
        if (cells.length != classes * classes) {
            throw new IllegalArgumentException("expected " + classes * classes + " cells, found " + cells.length);
        }
        this.classes = classes;
        this.cells = cells.clone();
        truth = new double[classes];
        predicted = new double[classes];
        double sum = 0;
        for (int t = 0; t < classes; t++) {
            for (int p = 0; p < classes; p++) {
                double cell = cells[t * classes + p];
                truth[t] += cell;
                predicted[p] += cell;
                sum += cell;
            }
        }
        total = sum;
    }

    /** Counts decisions; codes are positions among the classes. */
    public static ClassCounts of(int classes, int[] truth, int[] predicted, double[] weight) {
        double[] cells = new double[classes * classes];
        for (int i = 0; i < truth.length; i++) {
            cells[truth[i] * classes + predicted[i]] += weight == null ? 1 : weight[i];
        }
        return new ClassCounts(classes, cells);
    }

    public int classes() {
        return classes;
    }

    public double cell(int t, int p) {
        return cells[t * classes + p];
    }

    /** Rows of a class. */
    public double support(int c) {
        return truth[c];
    }

    public double total() {
        return total;
    }

    public double correct() {
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            sum += cell(c, c);
        }
        return sum;
    }

    public double accuracy() {
        return correct() / total;
    }

    /** Mean recall over the classes that truly occur. */
    public double balancedAccuracy() {
        double sum = 0;
        int present = 0;
        for (int c = 0; c < classes; c++) {
            if (truth[c] > 0) {
                sum += cell(c, c) / truth[c];
                present++;
            }
        }
        return sum / present;
    }

    public double precision(int c) {
        return BinaryCounts.ratio(cell(c, c), predicted[c]);
    }

    public double recall(int c) {
        return BinaryCounts.ratio(cell(c, c), truth[c]);
    }

    public double fBeta(int c, double beta) {
        double square = beta * beta;
        return BinaryCounts.ratio((1 + square) * cell(c, c), square * truth[c] + predicted[c]);
    }

    /** A metric of one class. */
    public interface PerClass {
        double of(int c);
    }

    /** Plain mean over the classes that occur. */
    public double macro(PerClass metric) {
        double sum = 0;
        int present = 0;
        for (int c = 0; c < classes; c++) {
            if (truth[c] + predicted[c] > 0) {
                sum += metric.of(c);
                present++;
            }
        }
        return sum / present;
    }

    /** Mean over the classes, weighted by how often each is true. */
    public double weighted(PerClass metric) {
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            if (truth[c] > 0) {
                sum += truth[c] * metric.of(c);
            }
        }
        return sum / total;
    }

    /** Matthews correlation of several classes (J. Gorodkin, 2004); 0 if truth or prediction has one class only. */
    public double mcc() {
        double chance = 0;
        double truths = 0;
        double predictions = 0;
        for (int c = 0; c < classes; c++) {
            chance += truth[c] * predicted[c];
            truths += truth[c] * truth[c];
            predictions += predicted[c] * predicted[c];
        }
        double square = total * total;
        return BinaryCounts.ratio(correct() * total - chance, Math.sqrt((square - predictions) * (square - truths)));
    }

    /** Cohen's kappa; NaN if truth and prediction are the same single class. */
    public double cohenKappa() {
        double expected = 0;
        for (int c = 0; c < classes; c++) {
            expected += truth[c] * predicted[c] / total;
        }
        return (correct() - expected) / (total - expected);
    }
}
