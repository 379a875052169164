package io.jenkins.mlops.evaluation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.evaluation.interval.Interval;
import io.jenkins.mlops.evaluation.interval.Intervals;
import io.jenkins.mlops.evaluation.interval.Resampling;
import io.jenkins.mlops.evaluation.metric.ClassCounts;
import io.jenkins.mlops.evaluation.metric.ClassScores;
import io.jenkins.mlops.evaluation.metric.Moments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The rows of a classification into several classes.
 *
 * @param names the classes
 * @param truth per row the position of its class
 * @param called per row the position of the predicted class
 * @param scores per class and row a score, or null
 * @param weight per row its weight, or null
 */
record MulticlassRows(List<String> names, int[] truth, int[] called, double[][] scores, double[] weight)
        implements TaskRows<MulticlassRows> {
    private static final List<String> PLAIN = List.of("accuracy", "balanced_accuracy", "mcc", "cohen_kappa");
    private static final List<String> AVERAGED = List.of("precision", "recall", "f1", "f_beta");
    private static final List<String> RANKED = List.of("roc_auc", "average_precision");

    @Override
    public int rows() {
        return truth.length;
    }

    @Override
    public MulticlassRows subset(int[] rows) {
        return new MulticlassRows(
                names,
                RowSubset.of(truth, rows),
                RowSubset.of(called, rows),
                scores == null ? null : RowSubset.of(scores, rows),
                RowSubset.of(weight, rows));
    }

    @Override
    public MulticlassRows weightedAs(MulticlassRows other) {
        return new MulticlassRows(names, truth, called, scores, other.weight);
    }

    @Override
    public int firstDifferentLabel(MulticlassRows other) {
        return Arrays.mismatch(truth, other.truth);
    }

    private static List<String> ofCounts(EvaluationOptions options) {
        List<String> names = new ArrayList<>(PLAIN);
        for (String metric : AVERAGED) {
            for (Averaging averaging : options.averaging()) {
                names.add(metric + "_" + averaging.suffix());
            }
        }
        return names;
    }

    private static List<String> ofOrder(EvaluationOptions options) {
        List<String> names = new ArrayList<>();
        for (String metric : RANKED) {
            for (Averaging averaging : options.averaging()) {
                if (averaging != Averaging.MICRO) {
                    names.add(metric + "_" + averaging.suffix());
                }
            }
        }
        return names;
    }

    private List<Integer> tops(EvaluationOptions options) {
        return options.k().stream().filter(k -> k > 1 && k < names.size()).toList();
    }

    private List<String> available(EvaluationOptions options) {
        List<String> all = ofCounts(options);
        if (scores != null) {
            tops(options).forEach(k -> all.add("top_" + k + "_accuracy"));
            all.addAll(ofOrder(options));
            all.add("log_loss");
        }
        return all;
    }

    private MetricSet set(EvaluationOptions options) {
        long[] support = new long[names.size()];
        for (int c : truth) {
            support[c]++;
        }
        long smallest = Arrays.stream(support).filter(rows -> rows > 0).min().orElse(0);
        return new MetricSet(available(options), options.metrics(), options.level(), smallest);
    }

    private static double count(ClassCounts counts, String name, double beta) {
        switch (name) {
            case "accuracy":
                return counts.accuracy();
            case "balanced_accuracy":
                return counts.balancedAccuracy();
            case "mcc":
                return counts.mcc();
            case "cohen_kappa":
                return counts.cohenKappa();
            default:
                break;
        }
        if (name.endsWith("_micro")) {
            // Each row has one truth and one decision, so that all micro averages are the share of right ones.
            return counts.accuracy();
        }
        int underscore = name.lastIndexOf('_');
        ClassCounts.PerClass metric =
                switch (name.substring(0, underscore)) {
                    case "precision" -> counts::precision;
                    case "recall" -> counts::recall;
                    case "f1" -> c -> counts.fBeta(c, 1);
                    case "f_beta" -> c -> counts.fBeta(c, beta);
                    default -> throw new IllegalArgumentException(name);
                };
        return name.endsWith("_macro") ? counts.macro(metric) : counts.weighted(metric);
    }

    private static double[] counts(ClassCounts counts, List<String> metrics, double beta) {
        return metrics.stream().mapToDouble(name -> count(counts, name, beta)).toArray();
    }

    private ClassCounts counts() {
        return ClassCounts.of(names.size(), truth, called, weight);
    }

    private ClassCounts counts(byte[] times) {
        int classes = names.size();
        double[] cells = new double[classes * classes];
        for (int i = 0; i < times.length; i++) {
            cells[truth[i] * classes + called[i]] += times[i] * (weight == null ? 1 : weight[i]);
        }
        return new ClassCounts(classes, cells);
    }

    @Override
    public Map<String, MetricValue> metrics(EvaluationOptions options, List<String> warnings) {
        MetricSet set = set(options);
        Resampling resampling = new Resampling(options.resamples(), options.seed(), options.level());
        countMetrics(set, options, resampling);
        if (scores != null) {
            scoreMetrics(set, options, resampling);
        }
        List<String> absent = new ArrayList<>();
        ClassCounts counts = counts();
        for (int c = 0; c < names.size(); c++) {
            if (counts.support(c) == 0) {
                absent.add("'" + names.get(c) + "'");
            }
        }
        if (!absent.isEmpty()) {
            warnings.add(
                    "no row is labelled " + String.join(", ", absent.subList(0, Math.min(10, absent.size())))
                            + (absent.size() > 10 ? " and " + (absent.size() - 10) + " more" : "")
                            + ": the recall of such a class is 0 by convention and counts in macro averages if it was predicted");
        }
        return set.values();
    }

    private void countMetrics(MetricSet set, EvaluationOptions options, Resampling resampling) {
        ClassCounts counts = counts();
        int classes = names.size();
        double beta = options.beta();
        List<String> wanted = set.wantedOf(ofCounts(options));
        double[] values = counts(counts, wanted, beta);
        Interval[] intervals;
        if (weight != null) {
            intervals = resampling.rows(rows(), values, times -> counts(counts(times), wanted, beta));
        } else {
            long[] cells = new long[classes * classes];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = (long) counts.cell(i / classes, i % classes);
            }
            intervals = resampling.cells(
                    cells, values.length, drawn -> counts(new ClassCounts(classes, doubles(drawn)), wanted, beta));
        }
        for (int i = 0; i < values.length; i++) {
            boolean share = wanted.get(i).equals("accuracy") || wanted.get(i).endsWith("_micro");
            set.put(
                    wanted.get(i),
                    values[i],
                    share && weight == null
                            ? Intervals.wilson(counts.correct(), counts.total(), options.level())
                            : intervals[i]);
        }
    }

    private static double[] doubles(long[] values) {
        return Arrays.stream(values).asDoubleStream().toArray();
    }

    private void scoreMetrics(MetricSet set, EvaluationOptions options, Resampling resampling) {
        for (int k : tops(options)) {
            String name = "top_" + k + "_accuracy";
            if (set.wants(name)) {
                Moments hits = Moments.of(rows(), i -> hit(i, k), weight);
                set.put(
                        name,
                        hits.mean(),
                        weight == null
                                ? Intervals.wilson(Math.rint(hits.mean() * rows()), rows(), options.level())
                                : Intervals.mean(hits, options.level()));
            }
        }
        if (set.wants("log_loss")) {
            Moments loss = Moments.of(rows(), this::logLoss, weight);
            set.put("log_loss", loss.mean(), Intervals.mean(loss, options.level()));
        }
        List<String> wanted = set.wantedOf(ofOrder(options));
        if (!wanted.isEmpty()) {
            OneVersusRest statistic = OneVersusRest.of(this, wanted);
            double[] values = statistic.values();
            Interval[] intervals = resampling.rows(rows(), values, statistic);
            for (int i = 0; i < values.length; i++) {
                set.put(wanted.get(i), values[i], intervals[i]);
            }
        }
    }

    private double hit(int row, int k) {
        return ClassScores.amongBest(scores, row, truth[row], k) ? 1 : 0;
    }

    private double logLoss(int row) {
        return ClassScores.logLoss(scores, row, truth[row]);
    }

    @Override
    @CheckForNull
    public ConfusionMatrix confusion() {
        int classes = names.size();
        if (classes > ConfusionMatrix.MAX_LABELS) {
            return null;
        }
        ClassCounts counts = counts();
        double[][] cells = new double[classes][classes];
        for (int t = 0; t < classes; t++) {
            for (int p = 0; p < classes; p++) {
                cells[t][p] = counts.cell(t, p);
            }
        }
        return ConfusionMatrix.of(names, cells);
    }

    @Override
    public Map<String, MetricDifference> compare(MulticlassRows champion, EvaluationOptions options) {
        MetricSet set = set(options);
        Resampling resampling = new Resampling(options.resamples(), options.seed(), options.level());
        compareCounts(set, champion, options, resampling);
        if (scores != null && champion.scores != null) {
            compareScores(set, champion, options, resampling);
        }
        return set.differences();
    }

    private void compareCounts(
            MetricSet set, MulticlassRows champion, EvaluationOptions options, Resampling resampling) {
        int classes = names.size();
        double beta = options.beta();
        List<String> wanted = set.wantedOf(ofCounts(options));
        double[] first = counts(counts(), wanted, beta);
        double[] second = counts(champion.counts(), wanted, beta);
        Resampling.Outcome outcome;
        if (weight != null) {
            outcome = resampling.paired(
                    rows(),
                    BinaryComparison.minus(first, second),
                    times -> BinaryComparison.minus(
                            counts(counts(times), wanted, beta), counts(champion.counts(times), wanted, beta)));
        } else {
            PairedCells cells = new PairedCells(classes, truth, called, champion.called);
            outcome = resampling.pairedCells(
                    cells.counts(),
                    wanted.size(),
                    drawn -> BinaryComparison.minus(
                            counts(new ClassCounts(classes, cells.confusion(classes, drawn, true)), wanted, beta),
                            counts(new ClassCounts(classes, cells.confusion(classes, drawn, false)), wanted, beta)));
        }
        for (int i = 0; i < first.length; i++) {
            boolean share = wanted.get(i).equals("accuracy") || wanted.get(i).endsWith("_micro");
            if (share && weight == null) {
                PairedShares.compare(
                        set,
                        wanted.get(i),
                        rows(),
                        row -> called[row] == truth[row],
                        row -> champion.called[row] == truth[row],
                        options.level());
            } else {
                set.compare(wanted.get(i), first[i], second[i], outcome.intervals()[i], outcome.pValues()[i]);
            }
        }
    }

    private void compareScores(
            MetricSet set, MulticlassRows champion, EvaluationOptions options, Resampling resampling) {
        PairedMeans means = new PairedMeans(set, options, rows(), weight);
        for (int k : tops(options)) {
            String name = "top_" + k + "_accuracy";
            if (weight == null) {
                PairedShares.compare(
                        set, name, rows(), i -> hit(i, k) > 0, i -> champion.hit(i, k) > 0, options.level());
            } else {
                means.compare(name, i -> hit(i, k), i -> champion.hit(i, k));
            }
        }
        means.compare("log_loss", this::logLoss, champion::logLoss);
        List<String> wanted = set.wantedOf(ofOrder(options));
        if (!wanted.isEmpty()) {
            OneVersusRest mine = OneVersusRest.of(this, wanted);
            OneVersusRest theirs = OneVersusRest.of(champion, wanted);
            double[] first = mine.values();
            double[] second = theirs.values();
            Resampling.Outcome outcome =
                    resampling.paired(rows(), BinaryComparison.minus(first, second), mine.minus(theirs));
            for (int i = 0; i < first.length; i++) {
                set.compare(wanted.get(i), first[i], second[i], outcome.intervals()[i], outcome.pValues()[i]);
            }
        }
    }
}
