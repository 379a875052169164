package io.jenkins.mlops.evaluation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.data.table.TextColumn;
import io.jenkins.mlops.evaluation.metric.ClassScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Decodes the columns of a predictions file into the rows of its task. */
final class RowsLoader {
    private static final Set<String> POSITIVES = Set.of("1", "true", "yes", "y", "t", "positive", "pos");
    private static final Set<String> NEGATIVES = Set.of("0", "-1", "false", "no", "n", "f", "negative", "neg");
    private static final int MOST_CLASSES = 1_000;

    private final PredictionsFile file;
    private final EvaluationOptions options;
    private final List<String> warnings;

    RowsLoader(PredictionsFile file, EvaluationOptions options, List<String> warnings) {
        this.file = file;
        this.options = options;
        this.warnings = warnings;
    }

    /** @param names the classes of the candidate, negative first, when the champion's file is decoded; else null */
    BinaryRows binary(@CheckForNull List<String> names) {
        TextColumn labels = file.text(options.label(), "label");
        TextColumn predictions = options.prediction() == null ? null : file.text(options.prediction(), "prediction");
        List<List<String>> values = new ArrayList<>(List.of(labels.dictionary()));
        if (predictions != null) {
            values.add(predictions.dictionary());
        }
        if (options.positive() != null) {
            values.add(List.of(options.positive()));
        }
        if (names != null) {
            values.add(names);
        }
        ClassNames classes = new ClassNames(values);
        if (classes.names().size() > 2) {
            throw tooManyClasses(labels, predictions, classes);
        }
        int positive = names == null ? positive(classes) : classes.code(names.get(1));
        boolean[] truth = is(labels, classes, positive);
        double[] score = scoreOfBinary();
        boolean[] called = predictions != null ? is(predictions, classes, positive) : new boolean[truth.length];
        if (predictions == null) {
            for (int i = 0; i < called.length; i++) {
                called[i] = score[i] >= options.threshold();
            }
        }
        String other =
                classes.names().size() == 2 ? classes.names().get(1 - positive) : "not " + name(classes, positive);
        return new BinaryRows(
                List.of(other, name(classes, positive)), truth, called, score, file.weights(options.weight()));
    }

    @CheckForNull
    private double[] scoreOfBinary() {
        if (options.scores().isEmpty()) {
            return null;
        }
        if (options.scores().size() > 1) {
            throw file.error(
                    "expected one score column for a binary task, the probability of the positive class, found "
                            + ClassNames.shown(options.scores()) + "; name one of them");
        }
        return file.probabilities(options.scores().get(0));
    }

    private EvaluationException tooManyClasses(
            TextColumn labels, @CheckForNull TextColumn predictions, ClassNames classes) {
        ClassNames ofLabels = new ClassNames(List.of(labels.dictionary()));
        if (ofLabels.names().size() > 2 || predictions == null) {
            String hint = ofLabels.names().size() > 2
                    ? "; state task: 'multiclass' or 'regression' if it is one"
                    : "; state positive: as the file spells it";
            return file.error("expected two classes in label column '" + options.label() + "', found "
                    + ofLabels.shown() + (options.positive() == null ? "" : " (positive: '" + options.positive() + "')")
                    + hint);
        }
        return file.error("expected the classes of label column '" + options.label() + "' (" + ofLabels.shown()
                + ") in prediction column '" + options.prediction() + "', found "
                + new ClassNames(List.of(predictions.dictionary())).shown() + ", together more than two: "
                + classes.shown() + "; spell the classes alike, or state task: 'multiclass'");
    }

    private static String name(ClassNames classes, int code) {
        return classes.names().get(code);
    }

    private int positive(ClassNames classes) {
        if (options.positive() != null) {
            return classes.code(options.positive());
        }
        List<String> names = classes.names();
        int known = -1;
        for (int i = 0; i < names.size(); i++) {
            String lower = names.get(i).toLowerCase(Locale.ROOT);
            boolean alone = names.size() == 1;
            if (POSITIVES.contains(lower)
                    || !alone && NEGATIVES.contains(names.get(1 - i).toLowerCase(Locale.ROOT))) {
                known = i;
            }
        }
        if (known >= 0) {
            return known;
        }
        if (names.size() == 1) {
            if (NEGATIVES.contains(names.get(0).toLowerCase(Locale.ROOT))) {
                // A class to be positive that no row has: everything is negative.
                throw file.error("expected two classes in label column '" + options.label() + "', found only '"
                        + names.get(0) + "'; state positive: 'class' if that is meant, or check the split");
            }
            throw file.error("expected two classes in label column '" + options.label() + "', found only '"
                    + names.get(0) + "'; state positive: so that it is known whether it is the positive one");
        }
        warnings.add("'" + names.get(1) + "' was taken for the positive class, as the later of " + classes.shown()
                + "; state positive: if it is the other one");
        return 1;
    }

    private static boolean[] is(TextColumn column, ClassNames classes, int wanted) {
        int[] codes = classes.codes(column.dictionary());
        boolean[] result = new boolean[column.rows()];
        int[] cells = column.codes();
        for (int i = 0; i < result.length; i++) {
            result[i] = codes[cells[i]] == wanted;
        }
        return result;
    }

    /** @param names the classes of the candidate when the champion's file is decoded; else null */
    MulticlassRows multiclass(@CheckForNull List<String> names) {
        TextColumn labels = file.text(options.label(), "label");
        TextColumn predictions = options.prediction() == null ? null : file.text(options.prediction(), "prediction");
        List<List<String>> values = new ArrayList<>(List.of(labels.dictionary()));
        if (predictions != null) {
            values.add(predictions.dictionary());
        }
        if (names != null) {
            values.add(names);
        }
        List<String> scoreNames = scoreNames(new ClassNames(values));
        values.add(scoreNames);
        ClassNames classes = new ClassNames(values);
        int count = classes.names().size();
        if (count > MOST_CLASSES) {
            throw file.error("expected at most " + MOST_CLASSES + " classes, found " + count + " (" + classes.shown()
                    + "); state task: 'regression' or 'text' if it is one");
        }
        double[][] scores = options.scores().isEmpty() ? null : scores(classes, scoreNames);
        int[] truth = codes(labels, classes);
        int[] called = predictions == null ? new int[truth.length] : codes(predictions, classes);
        if (predictions == null) {
            for (int i = 0; i < called.length; i++) {
                called[i] = ClassScores.best(scores, i);
            }
        }
        unseen(labels, predictions, classes);
        return new MulticlassRows(classes.names(), truth, called, scores, file.weights(options.weight()));
    }

    private void unseen(TextColumn labels, @CheckForNull TextColumn predictions, ClassNames classes) {
        if (predictions == null) {
            return;
        }
        Set<Integer> known = new HashSet<>();
        Arrays.stream(classes.codes(labels.dictionary())).forEach(known::add);
        List<String> extra = Arrays.stream(classes.codes(predictions.dictionary()))
                .distinct()
                .filter(code -> !known.contains(code))
                .mapToObj(code -> classes.names().get(code))
                .toList();
        if (extra.size() == new HashSet<>(predictions.dictionary()).size() && !extra.isEmpty()) {
            throw file.error("expected predictions among the labels, found none: labels are " + shown(labels)
                    + ", predictions " + shown(predictions) + "; write both in the same spelling");
        }
        if (!extra.isEmpty()) {
            warnings.add("predicted, but never a label: " + ClassNames.shown(extra));
        }
    }

    private static String shown(TextColumn column) {
        return new ClassNames(List.of(column.dictionary())).shown();
    }

    /** What the score columns are named after: the classes themselves, or the classes after a common prefix. */
    private List<String> scoreNames(ClassNames known) {
        List<String> columns = options.scores();
        if (columns.isEmpty()) {
            return columns;
        }
        String prefix = commonPrefix(columns);
        List<String> stripped = columns.stream()
                .map(column -> column.substring(prefix.length()))
                .toList();
        for (List<String> candidates : List.of(columns, stripped)) {
            ClassNames named = new ClassNames(List.of(candidates));
            if (known.names().stream().allMatch(name -> named.code(name) >= 0)
                    && named.names().size() == columns.size()) {
                return candidates;
            }
        }
        throw file.error("expected a score column for each class (" + known.shown()
                + "), named as the class or prefix_class, found " + ClassNames.shown(columns)
                + "; name the columns after the classes");
    }

    private static String commonPrefix(List<String> columns) {
        String prefix = columns.get(0);
        for (String column : columns) {
            int i = 0;
            while (i < prefix.length() && i < column.length() && prefix.charAt(i) == column.charAt(i)) {
                i++;
            }
            prefix = prefix.substring(0, i);
        }
        int end = prefix.length();
        while (end > 0 && Character.isLetterOrDigit(prefix.charAt(end - 1))) {
            end--;
        }
        return prefix.substring(0, end);
    }

    private double[][] scores(ClassNames classes, List<String> scoreNames) {
        double[][] scores = new double[classes.names().size()][];
        for (int i = 0; i < scoreNames.size(); i++) {
            scores[classes.code(scoreNames.get(i))] =
                    file.probabilities(options.scores().get(i));
        }
        int off = 0;
        for (int row = 0; row < file.rows(); row++) {
            double sum = 0;
            for (double[] ofClass : scores) {
                sum += ofClass[row];
            }
            off += Math.abs(sum - 1) > 1e-3 ? 1 : 0;
        }
        if (off > 0) {
            warnings.add("the scores of " + off + " rows don't sum to 1: log_loss is of the scores made to sum to 1");
        }
        return scores;
    }

    private static int[] codes(TextColumn column, ClassNames classes) {
        int[] codes = classes.codes(column.dictionary());
        int[] cells = column.codes();
        int[] result = new int[cells.length];
        for (int i = 0; i < cells.length; i++) {
            result[i] = codes[cells[i]];
        }
        return result;
    }

    RegressionRows regression() {
        double[] truth = file.numbers(options.label(), "label");
        List<String> columns = options.scores();
        boolean quantiles = !options.quantiles().isEmpty();
        if (!quantiles && (columns.size() > 1 || columns.size() == 1 && options.prediction() != null)) {
            throw file.error("expected the quantiles that the score columns " + ClassNames.shown(columns)
                    + " forecast; state quantiles: [0.1, 0.9] or the like, or leave the scores out");
        }
        double[][] forecasts = new double[quantiles ? columns.size() : 0][];
        for (int i = 0; i < forecasts.length; i++) {
            forecasts[i] = file.numbers(columns.get(i), "forecast");
        }
        String point = options.prediction();
        if (point == null && !quantiles) {
            point = columns.get(0);
        }
        int median = options.quantiles().indexOf(0.5);
        double[] predicted = point != null ? file.numbers(point, "prediction") : median >= 0 ? forecasts[median] : null;
        return new RegressionRows(truth, predicted, forecasts, file.weights(options.weight()));
    }

    RankingRows ranking() {
        double[] relevance =
                file.numbers(options.label(), "relevance", 0, Double.MAX_VALUE, "a relevance not below 0", "");
        if (options.scores().size() > 1) {
            throw file.error("expected one score column to rank by, found " + ClassNames.shown(options.scores()));
        }
        if (options.weight() != null) {
            throw file.error("a ranking's queries all count the same; leave weight: out");
        }
        String score = options.scores().isEmpty()
                ? options.prediction()
                : options.scores().get(0);
        double[] scores = file.numbers(score, "score");
        if (options.group() == null) {
            warnings.add("no group column was named: all rows were taken for one query");
            return new RankingRows(relevance, scores, new int[relevance.length], 1);
        }
        TextColumn groups = file.text(options.group(), "query");
        return new RankingRows(
                relevance, scores, groups.codes(), groups.dictionary().size());
    }

    TextRows text() {
        return new TextRows(
                strings(file.textOrEmpty(options.label())),
                strings(file.textOrEmpty(options.prediction())),
                file.weights(options.weight()));
    }

    private static String[] strings(TextColumn column) {
        String[] result = new String[column.rows()];
        for (int i = 0; i < result.length; i++) {
            String value = column.value(i);
            result[i] = value == null ? "" : value;
        }
        return result;
    }
}
