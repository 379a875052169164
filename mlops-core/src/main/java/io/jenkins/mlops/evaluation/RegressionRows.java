package io.jenkins.mlops.evaluation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.evaluation.interval.Interval;
import io.jenkins.mlops.evaluation.interval.Intervals;
import io.jenkins.mlops.evaluation.interval.Resampling;
import io.jenkins.mlops.evaluation.metric.Moments;
import io.jenkins.mlops.evaluation.metric.RegressionQuality;
import io.jenkins.mlops.evaluation.metric.Sum;
import io.jenkins.mlops.evaluation.metric.WeightedMedian;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The rows of a regression.
 *
 * @param truth per row the true number
 * @param predicted per row the predicted number; the median forecast where only quantiles are predicted, or null
 * @param quantiles per quantile and row a forecast; empty without quantiles
 * @param weight per row its weight, or null
 */
record RegressionRows(double[] truth, double[] predicted, double[][] quantiles, double[] weight)
        implements TaskRows<RegressionRows> {
    private static final List<String> POINT = List.of(
            "mae", "mse", "rmse", "r2", "explained_variance", "median_ae", "max_error", "mape", "smape", "mean_error");

    @Override
    public int rows() {
        return truth.length;
    }

    @Override
    public RegressionRows subset(int[] rows) {
        return new RegressionRows(
                RowSubset.of(truth, rows),
                RowSubset.of(predicted, rows),
                RowSubset.of(quantiles, rows),
                RowSubset.of(weight, rows));
    }

    @Override
    public RegressionRows weightedAs(RegressionRows other) {
        return new RegressionRows(truth, predicted, quantiles, other.weight);
    }

    @Override
    public int firstDifferentLabel(RegressionRows other) {
        return Arrays.mismatch(truth, other.truth);
    }

    private MetricSet set(EvaluationOptions options) {
        List<String> names = new ArrayList<>();
        if (predicted != null) {
            names.addAll(POINT);
        }
        names.add("pinball");
        options.quantiles().forEach(level -> names.add(name(level)));
        return new MetricSet(names, options.metrics(), options.level(), rows());
    }

    private static String name(double level) {
        return "pinball_" + level;
    }

    private double absolute(int row) {
        return Math.abs(truth[row] - predicted[row]);
    }

    private double squared(int row) {
        double error = truth[row] - predicted[row];
        return error * error;
    }

    private double error(int row) {
        return predicted[row] - truth[row];
    }

    private double relative(int row) {
        return RegressionQuality.relativeError(truth[row], predicted[row]);
    }

    private double symmetric(int row) {
        return RegressionQuality.symmetricError(truth[row], predicted[row]);
    }

    /** Mean over the quantiles; of the prediction as a median forecast without any. */
    private Moments.RowValue pinball(List<Double> levels) {
        if (levels.isEmpty()) {
            return row -> RegressionQuality.pinball(truth[row], predicted[row], 0.5);
        }
        return row -> {
            double sum = 0;
            for (int q = 0; q < quantiles.length; q++) {
                sum += RegressionQuality.pinball(truth[row], quantiles[q][row], levels.get(q));
            }
            return sum / quantiles.length;
        };
    }

    private Moments.RowValue pinball(int quantile, double level) {
        return row -> RegressionQuality.pinball(truth[row], quantiles[quantile][row], level);
    }

    @Override
    public Map<String, MetricValue> metrics(EvaluationOptions options, List<String> warnings) {
        MetricSet set = set(options);
        if (predicted != null) {
            mean(set, "mae", this::absolute, options);
            mean(set, "mape", this::relative, options);
            long zeros = Arrays.stream(truth).filter(value -> value == 0).count();
            if (zeros > 0 && set.wants("mape")) {
                warnings.add("the label is 0 in " + Figures.count(zeros, "row")
                        + ": mape, which is relative to it, says nothing; see smape");
            }
            mean(set, "smape", this::symmetric, options);
            mean(set, "mean_error", this::error, options);
            if (set.wantsAny(List.of("mse", "rmse"))) {
                squares(set, options);
            }
            median(set, options);
            if (set.wantsAny(List.of("r2", "explained_variance", "max_error"))) {
                quality(set, options, warnings);
            }
        }
        mean(set, "pinball", pinball(options.quantiles()), options);
        for (int q = 0; q < quantiles.length; q++) {
            double level = options.quantiles().get(q);
            mean(set, name(level), pinball(q, level), options);
        }
        return set.values();
    }

    private void mean(MetricSet set, String name, Moments.RowValue value, EvaluationOptions options) {
        if (set.wants(name)) {
            Moments moments = Moments.of(rows(), value, weight);
            set.put(name, moments.mean(), Intervals.mean(moments, options.level()));
        }
    }

    private void squares(MetricSet set, EvaluationOptions options) {
        Moments moments = Moments.of(rows(), this::squared, weight);
        Interval interval = Intervals.mean(moments, options.level());
        set.put("mse", moments.mean(), interval);
        // The root keeps the order of values, so that it may be taken of the bounds.
        set.put(
                "rmse",
                Math.sqrt(moments.mean()),
                new Interval(Math.sqrt(Math.max(0, interval.lower())), Math.sqrt(interval.upper()), interval.method()));
    }

    private double[] absoluteErrors() {
        double[] errors = new double[rows()];
        Arrays.setAll(errors, this::absolute);
        return errors;
    }

    private void median(MetricSet set, EvaluationOptions options) {
        if (!set.wants("median_ae")) {
            return;
        }
        double[] errors = absoluteErrors();
        if (weight == null) {
            Arrays.parallelSort(errors);
            set.put("median_ae", WeightedMedian.ofSorted(errors), Intervals.median(errors, options.level()));
        } else {
            set.put("median_ae", WeightedMedian.of(errors, weight));
        }
    }

    private static double[] explained(RegressionQuality quality) {
        return new double[] {quality.r2(), quality.explainedVariance()};
    }

    private void quality(MetricSet set, EvaluationOptions options, List<String> warnings) {
        RegressionQuality quality = RegressionQuality.of(truth, predicted, weight, null);
        Resampling resampling = new Resampling(options.resamples(), options.seed(), options.level());
        double[] values = explained(quality);
        Interval[] intervals = resampling.rows(rows(), values, new Resampling.Statistic() {
            @Override
            public double[] of(byte[] counts) {
                return explained(RegressionQuality.of(truth, predicted, weight, counts));
            }

            @Override
            public double[] of(byte[] batches, int batch) {
                RegressionRows part = subset(Resampling.rowsOf(batches, batch));
                return explained(RegressionQuality.of(part.truth, part.predicted, part.weight, null));
            }
        });
        set.put("r2", values[0], intervals[0]);
        set.put("explained_variance", values[1], intervals[1]);
        // No resample exceeds the greatest error seen, so that no bootstrap can bound it.
        set.put("max_error", quality.maxError());
        if (rows() > 1 && Arrays.stream(truth).allMatch(value -> value == truth[0])) {
            warnings.add(
                    "all labels are " + truth[0] + ": there is no variance to explain, r2 is 0 or 1 by convention");
        }
    }

    @Override
    public Map<String, MetricDifference> compare(RegressionRows champion, EvaluationOptions options) {
        MetricSet set = set(options);
        PairedMeans means = new PairedMeans(set, options, rows(), weight);
        if (predicted != null && champion.predicted != null) {
            means.compare("mae", this::absolute, champion::absolute);
            means.compare("mse", this::squared, champion::squared);
            means.compare("mape", this::relative, champion::relative);
            means.compare("smape", this::symmetric, champion::symmetric);
            means.compare("mean_error", this::error, champion::error);
            resampled(set, champion, options);
        }
        if (quantiles.length == champion.quantiles.length && (predicted != null || quantiles.length > 0)) {
            means.compare("pinball", pinball(options.quantiles()), champion.pinball(options.quantiles()));
            for (int q = 0; q < quantiles.length; q++) {
                double level = options.quantiles().get(q);
                means.compare(name(level), pinball(q, level), champion.pinball(q, level));
            }
        }
        return set.differences();
    }

    private void resampled(MetricSet set, RegressionRows champion, EvaluationOptions options) {
        List<String> names = List.of("rmse", "r2", "explained_variance");
        if (set.wantsAny(names)) {
            double[] first = squaresAndExplained(null);
            double[] second = champion.squaresAndExplained(null);
            Resampling.Outcome outcome = new Resampling(options.resamples(), options.seed(), options.level())
                    .paired(rows(), BinaryComparison.minus(first, second), new Resampling.Statistic() {
                        @Override
                        public double[] of(byte[] counts) {
                            return BinaryComparison.minus(
                                    squaresAndExplained(counts), champion.squaresAndExplained(counts));
                        }

                        @Override
                        public double[] of(byte[] batches, int batch) {
                            int[] rows = Resampling.rowsOf(batches, batch);
                            return BinaryComparison.minus(
                                    subset(rows).squaresAndExplained(null),
                                    champion.subset(rows).squaresAndExplained(null));
                        }
                    });
            for (int i = 0; i < first.length; i++) {
                set.compare(names.get(i), first[i], second[i], outcome.intervals()[i], outcome.pValues()[i]);
            }
        }
        if (set.wants("median_ae")) {
            set.compare("median_ae", medianError(), champion.medianError(), Interval.NONE, Double.NaN);
        }
        if (set.wants("max_error")) {
            set.compare(
                    "max_error",
                    RegressionQuality.of(truth, predicted, weight, null).maxError(),
                    RegressionQuality.of(truth, champion.predicted, weight, null)
                            .maxError(),
                    Interval.NONE,
                    Double.NaN);
        }
    }

    private double medianError() {
        double[] errors = absoluteErrors();
        if (weight != null) {
            return WeightedMedian.of(errors, weight);
        }
        Arrays.parallelSort(errors);
        return WeightedMedian.ofSorted(errors);
    }

    private double[] squaresAndExplained(@CheckForNull byte[] times) {
        Sum squares = new Sum();
        Sum weights = new Sum();
        for (int i = 0; i < truth.length; i++) {
            double w = (times == null ? 1 : times[i]) * (weight == null ? 1 : weight[i]);
            squares.add(w * squared(i));
            weights.add(w);
        }
        RegressionQuality quality = RegressionQuality.of(truth, predicted, weight, times);
        return new double[] {Math.sqrt(squares.value() / weights.value()), quality.r2(), quality.explainedVariance()};
    }
}
