package io.jenkins.mlops.evaluation;

import io.jenkins.mlops.evaluation.interval.Interval;
import io.jenkins.mlops.evaluation.interval.Intervals;
import io.jenkins.mlops.evaluation.interval.Resampling;
import io.jenkins.mlops.evaluation.metric.Bleu;
import io.jenkins.mlops.evaluation.metric.Moments;
import io.jenkins.mlops.evaluation.metric.Texts;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The rows of generated texts.
 *
 * @param reference per row the reference text, empty where the cell is
 * @param text per row the generated text, empty where the cell is
 * @param weight per row its weight, or null
 */
record TextRows(String[] reference, String[] text, double[] weight) implements TaskRows<TextRows> {
    private static final List<String> ALL = List.of("exact_match", "token_f1", "rouge_l", "bleu");

    @Override
    public int rows() {
        return reference.length;
    }

    @Override
    public TextRows subset(int[] rows) {
        return new TextRows(RowSubset.of(reference, rows), RowSubset.of(text, rows), RowSubset.of(weight, rows));
    }

    @Override
    public TextRows weightedAs(TextRows other) {
        return new TextRows(reference, text, other.weight);
    }

    @Override
    public int firstDifferentLabel(TextRows other) {
        return Arrays.mismatch(reference, other.reference);
    }

    /** Words of a text at most that ROUGE-L compares: its time and memory grow with the square. */
    static final int MOST_WORDS = 20_000;

    private double rougeL(int row) {
        // A word and the blank after it take two characters at least.
        int longer = Math.max(reference[row].length(), text[row].length());
        if (longer >= 2 * MOST_WORDS && Math.max(Texts.words(reference[row]), Texts.words(text[row])) > MOST_WORDS) {
            throw new EvaluationException("row " + (row + 1L) + ": expected texts of at most " + MOST_WORDS
                    + " words for rouge_l, found more; shorten the text, or name the metrics without rouge_l");
        }
        return Texts.rougeL(reference[row], text[row]);
    }

    private double[] perRow(String metric) {
        return IntStream.range(0, rows())
                .parallel()
                .mapToDouble(i -> switch (metric) {
                    case "exact_match" -> Texts.exactMatch(reference[i], text[i]) ? 1 : 0;
                    case "token_f1" -> Texts.tokenF1(reference[i], text[i]);
                    default -> rougeL(i);
                })
                .toArray();
    }

    private Bleu bleu() {
        Bleu bleu = new Bleu(rows());
        IntStream.range(0, rows()).parallel().forEach(i -> bleu.count(i, reference[i], text[i]));
        return bleu;
    }

    @Override
    public Map<String, MetricValue> metrics(EvaluationOptions options, List<String> warnings) {
        MetricSet set = new MetricSet(ALL, options.metrics(), options.level(), rows());
        for (String name : set.wantedOf(ALL.subList(0, 3))) {
            double[] values = perRow(name);
            Moments moments = Moments.of(values.length, i -> values[i], weight);
            set.put(
                    name,
                    moments.mean(),
                    name.equals("exact_match") && weight == null
                            ? Intervals.wilson(Math.rint(moments.mean() * rows()), rows(), options.level())
                            : Intervals.mean(moments, options.level()));
        }
        if (set.wants("bleu")) {
            Bleu bleu = bleu();
            double value = bleu.value(weight, null);
            Resampling resampling = new Resampling(options.resamples(), options.seed(), options.level());
            Interval[] intervals =
                    resampling.rows(rows(), new double[] {value}, times -> new double[] {bleu.value(weight, times)});
            set.put("bleu", value, intervals[0]);
            if (value == 0) {
                warnings.add("bleu is 0: for some length up to 4 no word sequence matches its reference anywhere");
            }
        }
        return set.values();
    }

    @Override
    public Map<String, MetricDifference> compare(TextRows champion, EvaluationOptions options) {
        MetricSet set = new MetricSet(ALL, options.metrics(), options.level(), rows());
        PairedMeans means = new PairedMeans(set, options, rows(), weight);
        for (String name : set.wantedOf(ALL.subList(0, 3))) {
            double[] first = perRow(name);
            double[] second = champion.perRow(name);
            if (name.equals("exact_match") && weight == null) {
                PairedShares.compare(set, name, rows(), i -> first[i] > 0, i -> second[i] > 0, options.level());
            } else {
                means.compare(name, i -> first[i], i -> second[i]);
            }
        }
        if (set.wants("bleu")) {
            Bleu mine = bleu();
            Bleu theirs = champion.bleu();
            double first = mine.value(weight, null);
            double second = theirs.value(weight, null);
            Resampling.Outcome outcome = new Resampling(options.resamples(), options.seed(), options.level())
                    .paired(rows(), new double[] {first - second}, times ->
                            new double[] {mine.value(weight, times) - theirs.value(weight, times)});
            set.compare("bleu", first, second, outcome.intervals()[0], outcome.pValues()[0]);
        }
        return set.differences();
    }
}
