package io.jenkins.mlops.evaluation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How often each class was predicted as each.
 *
 * @param labels the classes, in the order of rows and columns; for a binary task the negative one first
 * @param counts {@code counts.get(truth).get(prediction)}: rows, or the sum of their weights
 */
public record ConfusionMatrix(List<String> labels, List<List<Double>> counts) implements Serializable {
    /** The most classes that a matrix is kept for. */
    public static final int MAX_LABELS = Bounds.LABELS;

    public ConfusionMatrix {
        labels = Bounds.list(labels, Bounds.LABELS, "labels of the confusion matrix");
        List<List<Double>> rows = new ArrayList<>();
        for (List<Double> row : Bounds.list(counts, Bounds.LABELS, "rows of the confusion matrix")) {
            List<Double> copy = Bounds.list(row, Bounds.LABELS, "a row of the confusion matrix");
            if (copy.size() != labels.size()) {
                throw new EvaluationException(
                        "a confusion matrix of " + labels.size() + " labels has a row of " + copy.size() + " counts");
            }
            for (Double count : copy) {
                if (!(count >= 0)) {
                    throw new EvaluationException("a confusion matrix counts rows, found " + count);
                }
            }
            rows.add(copy);
        }
        if (rows.size() != labels.size()) {
            throw new EvaluationException(
                    "a confusion matrix of " + labels.size() + " labels has " + rows.size() + " rows");
        }
        counts = Bounds.list(rows, Bounds.LABELS, "rows of the confusion matrix");
    }

    /** Makes a matrix of plain numbers. */
    public static ConfusionMatrix of(List<String> labels, double[][] counts) {
        List<List<Double>> rows = new ArrayList<>();
        for (double[] row : counts) {
            List<Double> copy = new ArrayList<>();
            for (double count : row) {
                copy.add(count);
            }
            rows.add(copy);
        }
        return new ConfusionMatrix(labels, rows);
    }

    /** Rows of class {@code truth} that were predicted as {@code prediction} (both positions in {@link #labels}). */
    public double count(int truth, int prediction) {
        return counts.get(truth).get(prediction);
    }
}
