package io.jenkins.mlops.evaluation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.evaluation.interval.DeLong;
import io.jenkins.mlops.evaluation.interval.Interval;
import io.jenkins.mlops.evaluation.interval.Intervals;
import io.jenkins.mlops.evaluation.interval.Resampling;
import io.jenkins.mlops.evaluation.metric.BinaryCounts;
import io.jenkins.mlops.evaluation.metric.Moments;
import io.jenkins.mlops.evaluation.metric.Probabilities;
import io.jenkins.mlops.evaluation.metric.RankedScores;
import io.jenkins.mlops.evaluation.metric.RankingQuality;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The rows of a binary classification. */
final class BinaryRows implements TaskRows<BinaryRows> {
    static final List<String> OF_COUNTS = List.of(
            "accuracy",
            "balanced_accuracy",
            "precision",
            "recall",
            "specificity",
            "f1",
            "f_beta",
            "mcc",
            "cohen_kappa",
            "prevalence");
    private static final List<String> OF_ORDER = List.of("average_precision", "pr_auc", "ks", "ece");
    private static final List<String> ALL = List.of(
            "accuracy",
            "balanced_accuracy",
            "precision",
            "recall",
            "specificity",
            "f1",
            "f_beta",
            "mcc",
            "cohen_kappa",
            "roc_auc",
            "average_precision",
            "pr_auc",
            "log_loss",
            "brier",
            "ece",
            "ks",
            "best_threshold",
            "prevalence");

    private final List<String> names;
    private final boolean[] positive;
    private final boolean[] called;

    private final double[] score;

    private final double[] weight;

    /** Metrics and curves both need it, and sorting is what takes most time. */
    private RankedScores ranked;

    /**
     * @param names the negative and the positive class
     * @param positive per row, whether it is positive
     * @param called per row, whether it was called positive
     * @param score per row the probability of the positive class, or null
     * @param weight per row its weight, or null
     */
    BinaryRows(List<String> names, boolean[] positive, boolean[] called, double[] score, double[] weight) {
        this.names = names;
        this.positive = positive;
        this.called = called;
        this.score = score;
        this.weight = weight;
    }

    List<String> names() {
        return names;
    }

    boolean[] positive() {
        return positive;
    }

    boolean[] called() {
        return called;
    }

    double[] score() {
        return score;
    }

    double[] weight() {
        return weight;
    }

    private synchronized RankedScores ranked() {
        if (ranked == null) {
            ranked = weight == null ? RankedScores.of(positive, score) : RankedScores.of(positive, score, weight);
        }
        return ranked;
    }

    @Override
    public int rows() {
        return positive.length;
    }

    @Override
    public BinaryRows subset(int[] rows) {
        return new BinaryRows(
                names,
                RowSubset.of(positive, rows),
                RowSubset.of(called, rows),
                RowSubset.of(score, rows),
                RowSubset.of(weight, rows));
    }

    @Override
    public BinaryRows weightedAs(BinaryRows other) {
        return new BinaryRows(names, positive, called, score, other.weight);
    }

    @Override
    public int firstDifferentLabel(BinaryRows other) {
        return Arrays.mismatch(positive, other.positive);
    }

    BinaryCounts counts() {
        return BinaryCounts.of(positive, called, weight);
    }

    /** An empty set of the metrics of these rows. */
    MetricSet set(EvaluationOptions options) {
        long positives = 0;
        for (boolean row : positive) {
            positives += row ? 1 : 0;
        }
        long smaller = Math.min(positives, rows() - positives);
        return new MetricSet(available(), options.metrics(), options.level(), smaller > 0 ? smaller : rows());
    }

    private List<String> available() {
        return score == null ? OF_COUNTS : ALL;
    }

    static double count(BinaryCounts counts, String metric, double beta) {
        return switch (metric) {
            case "accuracy" -> counts.accuracy();
            case "balanced_accuracy" -> counts.balancedAccuracy();
            case "precision" -> counts.precision();
            case "recall" -> counts.recall();
            case "specificity" -> counts.specificity();
            case "f1" -> counts.f1();
            case "f_beta" -> counts.fBeta(beta);
            case "mcc" -> counts.mcc();
            case "cohen_kappa" -> counts.cohenKappa();
            case "prevalence" -> counts.prevalence();
            default -> throw new IllegalArgumentException(metric);
        };
    }

    static double[] counts(BinaryCounts counts, List<String> metrics, double beta) {
        return metrics.stream().mapToDouble(name -> count(counts, name, beta)).toArray();
    }

    /** Counts decisions of a resample. */
    static BinaryCounts resampled(boolean[] positive, boolean[] called, double[] weight, byte[] times) {
        double[] cells = new double[4];
        for (int i = 0; i < times.length; i++) {
            cells[(positive[i] ? 2 : 0) + (called[i] ? 1 : 0)] += times[i] * weight[i];
        }
        return new BinaryCounts(cells[3], cells[1], cells[2], cells[0]);
    }

    @Override
    public Map<String, MetricValue> metrics(EvaluationOptions options, List<String> warnings) {
        MetricSet set = set(options);
        Resampling resampling = new Resampling(options.resamples(), options.seed(), options.level());
        if (score == null) {
            countMetrics(set, options, resampling, warnings);
            return set.values();
        }
        // The sort takes one thread; everything that needs no order runs beside it.
        boolean ordered = set.wants("roc_auc") || set.wants("best_threshold") || set.wantsAny(OF_ORDER);
        CompletableFuture<RankedScores> sorting =
                ordered ? CompletableFuture.supplyAsync(this::ranked) : CompletableFuture.completedFuture(null);
        countMetrics(set, options, resampling, warnings);
        lossMetrics(set, options);
        if (ordered) {
            sorting.join();
            orderMetrics(set, options, resampling, warnings);
        }
        return set.values();
    }

    private void countMetrics(MetricSet set, EvaluationOptions options, Resampling resampling, List<String> warnings) {
        BinaryCounts counts = counts();
        List<String> wanted = set.wantedOf(OF_COUNTS);
        double[] values = counts(counts, wanted, options.beta());
        Interval[] intervals = countIntervals(counts, wanted, values, options, resampling);
        for (int i = 0; i < values.length; i++) {
            set.put(wanted.get(i), values[i], intervals[i]);
        }
        if (counts.positives() == 0 || counts.negatives() == 0) {
            warnings.add("only one class, '" + names.get(counts.positives() == 0 ? 0 : 1)
                    + "', is among the labels: what compares the classes is undefined or trivially 0 or 1");
        } else if (counts.truePositive() + counts.falsePositive() == 0) {
            warnings.add("no row was called '" + names.get(1) + "': precision and F are 0 by convention");
        }
    }

    private Interval[] countIntervals(
            BinaryCounts counts,
            List<String> wanted,
            double[] values,
            EvaluationOptions options,
            Resampling resampling) {
        double beta = options.beta();
        if (weight != null) {
            return resampling.rows(
                    rows(), values, times -> counts(resampled(positive, called, weight, times), wanted, beta));
        }
        long[] cells = {
            (long) counts.trueNegative(),
            (long) counts.falsePositive(),
            (long) counts.falseNegative(),
            (long) counts.truePositive()
        };
        boolean allWilson = wanted.stream().allMatch(name -> wilson(counts, name, options.level()) != null);
        Interval[] intervals = allWilson
                ? new Interval[values.length]
                : resampling.cells(
                        cells,
                        values.length,
                        drawn -> counts(new BinaryCounts(drawn[3], drawn[1], drawn[2], drawn[0]), wanted, beta));
        for (int i = 0; i < intervals.length; i++) {
            Interval wilson = wilson(counts, wanted.get(i), options.level());
            intervals[i] = wilson == null ? intervals[i] : wilson;
        }
        return intervals;
    }

    @CheckForNull
    private static Interval wilson(BinaryCounts counts, String name, double level) {
        return switch (name) {
            case "accuracy" -> Intervals.wilson(counts.truePositive() + counts.trueNegative(), counts.total(), level);
            case "precision" ->
                Intervals.wilson(counts.truePositive(), counts.truePositive() + counts.falsePositive(), level);
            case "recall" -> Intervals.wilson(counts.truePositive(), counts.positives(), level);
            case "specificity" -> Intervals.wilson(counts.trueNegative(), counts.negatives(), level);
            case "prevalence" -> Intervals.wilson(counts.positives(), counts.total(), level);
            default -> null;
        };
    }

    private void lossMetrics(MetricSet set, EvaluationOptions options) {
        if (set.wants("log_loss")) {
            Moments loss = Moments.of(rows(), i -> Probabilities.logLoss(positive[i], score[i]), weight);
            set.put("log_loss", loss.mean(), Intervals.mean(loss, options.level()));
        }
        if (set.wants("brier")) {
            Moments loss = Moments.of(rows(), i -> Probabilities.brier(positive[i], score[i]), weight);
            set.put("brier", loss.mean(), Intervals.mean(loss, options.level()));
        }
    }

    static double[] orderValues(RankedScores ranked, @CheckForNull byte[] times, int bins) {
        RankingQuality quality = RankingQuality.of(ranked, times, bins);
        return new double[] {quality.averagePrecision(), quality.prAuc(), quality.ks(), quality.ece(), quality.rocAuc()
        };
    }

    /** What {@link #orderValues} gives, of resamples and batches. */
    private record OrderStatistic(RankedScores ranked, int bins) implements Resampling.Statistic {
        @Override
        public double[] of(byte[] counts) {
            return orderValues(ranked, counts, bins);
        }

        @Override
        public boolean isMaximum(int index) {
            return OF_ORDER.indexOf("ks") == index;
        }

        @Override
        public double[] of(byte[] batches, int batch) {
            return orderValues(ranked.batch(batches, batch), null, bins);
        }
    }

    private void orderMetrics(MetricSet set, EvaluationOptions options, Resampling resampling, List<String> warnings) {
        RankingQuality quality = RankingQuality.of(ranked(), null, options.bins());
        if (set.wantsAny(OF_ORDER) || weight != null) {
            double[] values = {
                quality.averagePrecision(), quality.prAuc(), quality.ks(), quality.ece(), quality.rocAuc()
            };
            Interval[] intervals = resampling.rows(rows(), values, new OrderStatistic(ranked(), options.bins()));
            for (int i = 0; i < OF_ORDER.size(); i++) {
                set.put(OF_ORDER.get(i), values[i], intervals[i]);
            }
            set.put("roc_auc", quality.rocAuc(), intervals[OF_ORDER.size()]);
        }
        if (weight == null) {
            set.put("roc_auc", quality.rocAuc(), DeLong.interval(ranked(), quality.rocAuc(), options.level()));
        }
        set.put("best_threshold", quality.bestThreshold());
        if (quality.rocAuc() < 0.5) {
            warnings.add("roc_auc is below 0.5: the scores may be those of the other class; see positive:");
        }
    }

    @Override
    public ConfusionMatrix confusion() {
        BinaryCounts counts = counts();
        return ConfusionMatrix.of(names, new double[][] {
            {counts.trueNegative(), counts.falsePositive()},
            {counts.falseNegative(), counts.truePositive()}
        });
    }

    @Override
    public List<Curve> curves(EvaluationOptions options) {
        return score == null || rows() == 0 ? List.of() : BinaryCurves.of(ranked(), options.bins());
    }

    @Override
    public Map<String, MetricDifference> compare(BinaryRows champion, EvaluationOptions options) {
        return new BinaryComparison(this, champion, options).differences();
    }
}
