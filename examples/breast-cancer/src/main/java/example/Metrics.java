package example;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Quality of scores, as the training itself sees it; the pipeline computes its own from the predictions. */
final class Metrics {
    private Metrics() {}

    /** Returns the area under the ROC curve: the chance that a malignant row scores above a benign one. */
    static double rocAuc(boolean[] labels, double[] scores) {
        Integer[] order = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> scores[i]));
        double rankSum = 0;
        long positives = 0;
        int start = 0;
        while (start < order.length) {
            int end = start;
            while (end < order.length && scores[order[end]] == scores[order[start]]) {
                end++;
            }
            double rank = (start + 1 + end) / 2.0;
            for (int i = start; i < end; i++) {
                if (labels[order[i]]) {
                    rankSum += rank;
                    positives++;
                }
            }
            start = end;
        }
        long negatives = order.length - positives;
        return (rankSum - positives * (positives + 1) / 2.0) / (positives * negatives);
    }

    static double logLoss(boolean[] labels, double[] scores) {
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            double likelihood = labels[i] ? scores[i] : 1 - scores[i];
            sum -= Math.log(Math.max(1e-15, likelihood));
        }
        return sum / scores.length;
    }

    static double accuracy(boolean[] labels, double[] scores) {
        long right = IntStream.range(0, scores.length)
                .filter(i -> labels[i] == scores[i] >= 0.5)
                .count();
        return (double) right / scores.length;
    }
}
