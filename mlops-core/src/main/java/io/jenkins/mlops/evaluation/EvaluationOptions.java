package io.jenkins.mlops.evaluation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;

/**
 * How a predictions file is to be read and evaluated. Only {@code label} and one of {@code prediction} and {@code scores}
 * must be stated; see {@link #builder()}.
 *
 * @param task the kind of prediction; null: inferred from the columns, and the report says which
 * @param label column of the true value: a class, a number, a relevance, or a reference text
 * @param prediction column of the predicted class, number or text; null: derived from the scores
 * @param scores columns of scores. Binary: one, the probability of the positive class. Multiclass: one per class, each
 *     column named as its class, or as {@code prefix_class}. Regression: none, or quantile forecasts (see
 *     {@code quantiles}). Ranking: one. Text: none
 * @param positive the positive class of a binary task; null: 1, true, yes or the greater label
 * @param threshold score from which on a row counts as positive, 0 to 1
 * @param weight column of sample weights, null for none
 * @param slices columns by whose values the metrics are given once more
 * @param id column that names a row; ids must be unique and join the champion's file; null: joined by row order
 * @param group column of the query of a ranking; null: all rows are one query
 * @param k positions for top-k accuracy and NDCG at k, ascending
 * @param beta weight of recall in F-beta, positive
 * @param level confidence level of the intervals, between 0 and 1
 * @param resamples bootstrap resamples, 0 to do without a bootstrap
 * @param seed seed of the bootstrap: the same file, options and seed give the same report on any number of threads
 * @param bins bins of calibration curve and ECE, 2 to 1,000
 * @param averaging which averages of precision, recall and F of a multiclass task are given
 * @param quantiles the levels (between 0 and 1) that the {@code scores} of a regression forecast, in their order; for
 *     the pinball loss. Empty: the pinball loss of the prediction as a median forecast
 * @param metrics names of the metrics to report; empty: all that the task has
 */
public record EvaluationOptions(
        @CheckForNull Task task,
        String label,
        @CheckForNull String prediction,
        List<String> scores,
        @CheckForNull String positive,
        double threshold,
        @CheckForNull String weight,
        List<String> slices,
        @CheckForNull String id,
        @CheckForNull String group,
        List<Integer> k,
        double beta,
        double level,
        int resamples,
        long seed,
        int bins,
        List<Averaging> averaging,
        List<Double> quantiles,
        List<String> metrics)
        implements Serializable {
    public static final double DEFAULT_LEVEL = 0.95;

    public EvaluationOptions {
        if (label == null || label.isBlank()) {
            throw new EvaluationException("expected the name of the label column, found none; state label: 'column'");
        }
        Bounds.text(label, "name of the label column");
        prediction = name(prediction, "name of the prediction column");
        weight = name(weight, "name of the weight column");
        id = name(id, "name of the id column");
        group = name(group, "name of the group column");
        positive = positive == null ? null : Bounds.text(positive, "positive label");
        scores = Bounds.list(scores, 1_000, "score columns");
        slices = Bounds.list(slices, 100, "slice columns");
        metrics = Bounds.list(metrics, Bounds.METRICS, "metrics asked for");
        if (task == Task.GIVEN) {
            throw new EvaluationException("given metrics need no predictions file; name another task");
        }
        if (prediction == null && scores.isEmpty()) {
            throw new EvaluationException("expected the name of a prediction or of a score column, found neither; state"
                    + " prediction: 'column' or score: 'column'");
        }
        if (task == Task.TEXT && prediction == null) {
            throw new EvaluationException("text is compared with a prediction column; state prediction: 'column'");
        }
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new EvaluationException("the threshold lies between 0 and 1; found " + threshold);
        }
        if (!(beta > 0) || Double.isInfinite(beta)) {
            throw new EvaluationException("beta is a positive number, such as 2 if recall matters more; found " + beta);
        }
        Bounds.level(level, "the confidence level");
        if (resamples < 0 || resamples > 100_000) {
            throw new EvaluationException("bootstrap resamples lie between 0 and 100,000; found " + resamples);
        }
        if (bins < 2 || bins > 1_000) {
            throw new EvaluationException("calibration bins lie between 2 and 1,000; found " + bins);
        }
        k = Bounds.list(new TreeSet<>(Bounds.list(k, 100, "k")), 100, "k");
        if (!k.isEmpty() && k.get(0) < 1) {
            throw new EvaluationException("k counts positions from 1; found " + k.get(0));
        }
        averaging = averaging.isEmpty()
                ? Collections.emptyList()
                : Bounds.list(EnumSet.copyOf(Bounds.list(averaging, 100, "averaging")), 3, "averaging");
        quantiles = Bounds.list(quantiles, 1_000, "quantiles");
        for (double quantile : quantiles) {
            Bounds.level(quantile, "a quantile");
        }
        if (!quantiles.isEmpty() && quantiles.size() != scores.size()) {
            throw new EvaluationException("each quantile has a score column: found " + quantiles.size()
                    + " quantiles and " + scores.size() + " score columns");
        }
    }

    @CheckForNull
    private static String name(@CheckForNull String value, String what) {
        return value == null || value.isBlank() ? null : Bounds.text(value, what);
    }

    /** Options with every default set. */
    public static Builder builder() {
        return new Builder();
    }

    /** The same options at another confidence level, between 0 and 1. */
    public EvaluationOptions withLevel(double other) {
        return new EvaluationOptions(
                task,
                label,
                prediction,
                scores,
                positive,
                threshold,
                weight,
                slices,
                id,
                group,
                k,
                beta,
                other,
                resamples,
                seed,
                bins,
                averaging,
                quantiles,
                metrics);
    }

    /** The same options with another number of bootstrap resamples. */
    EvaluationOptions withResamples(int other) {
        return new EvaluationOptions(
                task,
                label,
                prediction,
                scores,
                positive,
                threshold,
                weight,
                slices,
                id,
                group,
                k,
                beta,
                level,
                other,
                seed,
                bins,
                averaging,
                quantiles,
                metrics);
    }

    /** Collects options; {@link #build()} checks them. */
    public static final class Builder {
        private Task task;
        private String label = "label";
        private String prediction;
        private List<String> scores = new ArrayList<>();
        private String positive;
        private double threshold = 0.5;
        private String weight;
        private List<String> slices = new ArrayList<>();
        private String id;
        private String group;
        private List<Integer> k = List.of(1, 3, 5, 10);
        private double beta = 2;
        private double level = DEFAULT_LEVEL;
        private int resamples = 1_000;
        private long seed = 42;
        private int bins = 10;
        private List<Averaging> averaging = List.of(Averaging.values());
        private List<Double> quantiles = List.of();
        private List<String> metrics = List.of();

        private Builder() {}

        public Builder task(@CheckForNull Task value) {
            task = value;
            return this;
        }

        public Builder label(String value) {
            label = value;
            return this;
        }

        public Builder prediction(@CheckForNull String value) {
            prediction = value;
            return this;
        }

        /** One score column; null for none. */
        public Builder score(@CheckForNull String value) {
            return scores(value == null || value.isBlank() ? List.of() : List.of(value));
        }

        public Builder scores(List<String> value) {
            scores = value;
            return this;
        }

        public Builder positive(@CheckForNull String value) {
            positive = value;
            return this;
        }

        public Builder threshold(double value) {
            threshold = value;
            return this;
        }

        public Builder weight(@CheckForNull String value) {
            weight = value;
            return this;
        }

        public Builder slices(List<String> value) {
            slices = value;
            return this;
        }

        public Builder id(@CheckForNull String value) {
            id = value;
            return this;
        }

        public Builder group(@CheckForNull String value) {
            group = value;
            return this;
        }

        public Builder k(List<Integer> value) {
            k = value;
            return this;
        }

        public Builder beta(double value) {
            beta = value;
            return this;
        }

        /** Confidence level of the intervals, between 0 and 1; 0.95 unless stated. */
        public Builder level(double value) {
            level = value;
            return this;
        }

        public Builder resamples(int value) {
            resamples = value;
            return this;
        }

        public Builder seed(long value) {
            seed = value;
            return this;
        }

        public Builder bins(int value) {
            bins = value;
            return this;
        }

        public Builder averaging(List<Averaging> value) {
            averaging = value;
            return this;
        }

        public Builder quantiles(List<Double> value) {
            quantiles = value;
            return this;
        }

        public Builder metrics(List<String> value) {
            metrics = value;
            return this;
        }

        /** @throws EvaluationException if the options contradict each other or leave their ranges */
        public EvaluationOptions build() {
            return new EvaluationOptions(
                    task,
                    label,
                    prediction,
                    scores,
                    positive,
                    threshold,
                    weight,
                    slices,
                    id,
                    group,
                    k,
                    beta,
                    level,
                    resamples,
                    seed,
                    bins,
                    averaging,
                    quantiles,
                    metrics);
        }
    }
}
