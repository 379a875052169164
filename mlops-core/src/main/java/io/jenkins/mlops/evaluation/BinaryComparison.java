package io.jenkins.mlops.evaluation;

import io.jenkins.mlops.evaluation.interval.DeLong;
import io.jenkins.mlops.evaluation.interval.Resampling;
import io.jenkins.mlops.evaluation.metric.BinaryCounts;
import io.jenkins.mlops.evaluation.metric.Probabilities;
import io.jenkins.mlops.evaluation.metric.RankedScores;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Compares two binary classifiers on the same rows. */
final class BinaryComparison {
    private static final List<String> OF_ORDER = List.of("average_precision", "pr_auc", "ks", "ece", "roc_auc");

    private final BinaryRows candidate;
    private final BinaryRows champion;
    private final EvaluationOptions options;
    private final Resampling resampling;
    private final MetricSet set;

    BinaryComparison(BinaryRows candidate, BinaryRows champion, EvaluationOptions options) {
        this.candidate = candidate;
        this.champion = champion;
        this.options = options;
        resampling = new Resampling(options.resamples(), options.seed(), options.level());
        set = candidate.set(options);
    }

    Map<String, MetricDifference> differences() {
        decisions();
        if (candidate.weight() == null) {
            boolean[] truth = candidate.positive();
            share("accuracy", i -> true);
            share("recall", i -> truth[i]);
            share("specificity", i -> !truth[i]);
        }
        if (candidate.score() != null && champion.score() != null) {
            losses();
            order();
        }
        return set.differences();
    }

    private void decisions() {
        List<String> wanted = BinaryRows.OF_COUNTS.stream()
                .filter(set::wants)
                .filter(name -> !name.equals("prevalence"))
                .toList();
        double beta = options.beta();
        double[] first = BinaryRows.counts(candidate.counts(), wanted, beta);
        double[] second = BinaryRows.counts(champion.counts(), wanted, beta);
        double[] differences = minus(first, second);
        Resampling.Outcome outcome = candidate.weight() == null
                ? byCells(wanted)
                : resampling.paired(
                        candidate.rows(),
                        differences,
                        times -> minus(
                                BinaryRows.counts(resampled(candidate, times), wanted, beta),
                                BinaryRows.counts(resampled(champion, times), wanted, beta)));
        put(wanted, first, second, outcome);
    }

    private BinaryCounts resampled(BinaryRows rows, byte[] times) {
        return BinaryRows.resampled(rows.positive(), rows.called(), candidate.weight(), times);
    }

    private Resampling.Outcome byCells(List<String> wanted) {
        long[] cells = new long[8];
        for (int i = 0; i < candidate.rows(); i++) {
            cells[
                    (candidate.positive()[i] ? 4 : 0)
                            + (candidate.called()[i] ? 2 : 0)
                            + (champion.called()[i] ? 1 : 0)]++;
        }
        return resampling.pairedCells(
                cells,
                wanted.size(),
                drawn -> minus(
                        BinaryRows.counts(
                                new BinaryCounts(
                                        drawn[6] + drawn[7],
                                        drawn[2] + drawn[3],
                                        drawn[4] + drawn[5],
                                        drawn[0] + drawn[1]),
                                wanted,
                                options.beta()),
                        BinaryRows.counts(
                                new BinaryCounts(
                                        drawn[5] + drawn[7],
                                        drawn[1] + drawn[3],
                                        drawn[4] + drawn[6],
                                        drawn[0] + drawn[2]),
                                wanted,
                                options.beta())));
    }

    /** A share of right decisions among the rows that belong. */
    private void share(String name, IntPredicate belongs) {
        boolean[] truth = candidate.positive();
        PairedShares.compare(
                set,
                name,
                candidate.rows(),
                i -> candidate.called()[i] == truth[i],
                i -> champion.called()[i] == truth[i],
                belongs,
                options.level());
    }

    private void losses() {
        boolean[] positive = candidate.positive();
        double[] first = candidate.score();
        double[] second = champion.score();
        PairedMeans means = new PairedMeans(set, options, candidate.rows(), candidate.weight());
        means.compare(
                "log_loss",
                i -> Probabilities.logLoss(positive[i], first[i]),
                i -> Probabilities.logLoss(positive[i], second[i]));
        means.compare(
                "brier",
                i -> Probabilities.brier(positive[i], first[i]),
                i -> Probabilities.brier(positive[i], second[i]));
    }

    private void order() {
        if (!set.wantsAny(OF_ORDER)) {
            return;
        }
        boolean[] positive = candidate.positive();
        RankedScores first = RankedScores.of(positive, candidate.score(), candidate.weight());
        RankedScores second = RankedScores.of(positive, champion.score(), candidate.weight());
        int bins = options.bins();
        double[] ofFirst = BinaryRows.orderValues(first, null, bins);
        double[] ofSecond = BinaryRows.orderValues(second, null, bins);
        Resampling.Outcome outcome =
                resampling.paired(candidate.rows(), minus(ofFirst, ofSecond), new Resampling.Statistic() {
                    @Override
                    public double[] of(byte[] counts) {
                        return minus(
                                BinaryRows.orderValues(first, counts, bins),
                                BinaryRows.orderValues(second, counts, bins));
                    }

                    @Override
                    public double[] of(byte[] batches, int batch) {
                        return minus(
                                BinaryRows.orderValues(first.batch(batches, batch), null, bins),
                                BinaryRows.orderValues(second.batch(batches, batch), null, bins));
                    }
                });
        put(OF_ORDER, ofFirst, ofSecond, outcome);
        if (candidate.weight() == null && set.wants("roc_auc")) {
            DeLong.Paired delong = DeLong.paired(positive, candidate.score(), champion.score());
            int auc = OF_ORDER.indexOf("roc_auc");
            set.compare("roc_auc", ofFirst[auc], ofSecond[auc], delong.interval(options.level()), delong.pValue());
        }
    }

    private void put(List<String> names, double[] first, double[] second, Resampling.Outcome outcome) {
        for (int i = 0; i < names.size(); i++) {
            set.compare(names.get(i), first[i], second[i], outcome.intervals()[i], outcome.pValues()[i]);
        }
    }

    static double[] minus(double[] first, double[] second) {
        double[] difference = new double[first.length];
        for (int i = 0; i < first.length; i++) {
            difference[i] = first[i] - second[i];
        }
        return difference;
    }
}
