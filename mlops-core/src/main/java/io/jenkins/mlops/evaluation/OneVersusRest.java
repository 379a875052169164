package io.jenkins.mlops.evaluation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.evaluation.interval.Resampling;
import io.jenkins.mlops.evaluation.metric.RankedScores;
import io.jenkins.mlops.evaluation.metric.RankingQuality;
import java.util.Arrays;
import java.util.List;

/**
 * Averages over the classes of how well each one's scores tell it from the rest; undefined as soon as one class is
 * absent, as in scikit-learn.
 */
final class OneVersusRest implements Resampling.Statistic {
    private final RankedScores[] ranked;
    private final List<String> metrics;

    private OneVersusRest(RankedScores[] ranked, List<String> metrics) {
        this.ranked = ranked;
        this.metrics = metrics;
    }

    /** @param metrics such as {@code roc_auc_macro} and {@code average_precision_weighted} */
    static OneVersusRest of(MulticlassRows rows, List<String> metrics) {
        RankedScores[] ranked = new RankedScores[rows.names().size()];
        for (int c = 0; c < ranked.length; c++) {
            boolean[] positive = new boolean[rows.rows()];
            for (int i = 0; i < positive.length; i++) {
                positive[i] = rows.truth()[i] == c;
            }
            ranked[c] = RankedScores.of(positive, rows.scores()[c], rows.weight());
        }
        return new OneVersusRest(ranked, metrics);
    }

    /** The metrics of all rows. */
    double[] values() {
        return values(ranked, null);
    }

    @Override
    public double[] of(byte[] counts) {
        return values(ranked, counts);
    }

    @Override
    public double[] of(byte[] batches, int batch) {
        RankedScores[] parts = Arrays.stream(ranked)
                .map(scores -> scores.batch(batches, batch))
                .toArray(RankedScores[]::new);
        return values(parts, null);
    }

    /** The difference to another model's, row by row resampled together. */
    Resampling.Statistic minus(OneVersusRest other) {
        return new Resampling.Statistic() {
            @Override
            public double[] of(byte[] counts) {
                return BinaryComparison.minus(OneVersusRest.this.of(counts), other.of(counts));
            }

            @Override
            public double[] of(byte[] batches, int batch) {
                return BinaryComparison.minus(OneVersusRest.this.of(batches, batch), other.of(batches, batch));
            }
        };
    }

    private double[] values(RankedScores[] scores, @CheckForNull byte[] counts) {
        double[] auc = new double[scores.length];
        double[] precision = new double[scores.length];
        double[] support = new double[scores.length];
        double total = 0;
        for (int c = 0; c < scores.length; c++) {
            RankingQuality quality = RankingQuality.of(scores[c], counts, 2);
            auc[c] = quality.rocAuc();
            precision[c] = quality.averagePrecision();
            support[c] = counts == null
                    ? scores[c].positives()
                    : scores[c].totals(counts).positives();
            total += support[c];
        }
        double[] result = new double[metrics.size()];
        for (int i = 0; i < result.length; i++) {
            double[] perClass = metrics.get(i).startsWith("roc_auc") ? auc : precision;
            boolean macro = metrics.get(i).endsWith("_macro");
            for (int c = 0; c < perClass.length; c++) {
                result[i] += macro ? perClass[c] / perClass.length : perClass[c] * support[c] / total;
            }
        }
        return result;
    }
}
