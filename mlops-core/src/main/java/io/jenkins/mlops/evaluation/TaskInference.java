package io.jenkins.mlops.evaluation;

import io.jenkins.mlops.data.DataFormat;
import io.jenkins.mlops.data.table.BadCellException;
import io.jenkins.mlops.data.table.CellSink;
import io.jenkins.mlops.data.table.TableLimits;
import io.jenkins.mlops.data.table.TableReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells the task from the columns that were named and, where they leave it open, from the first rows.
 *
 * @param task the task
 * @param reason why, as the report says it
 */
record TaskInference(Task task, String reason) {
    private static final int PEEKED = 5_000;
    private static final int MOST_CLASSES = 50;
    private static final int LONG_TEXT = 40;

    static TaskInference of(Path file, EvaluationOptions options) throws IOException {
        if (options.task() != null) {
            return new TaskInference(options.task(), "as stated");
        }
        if (options.group() != null) {
            return new TaskInference(Task.RANKING, "inferred from the group column");
        }
        if (!options.quantiles().isEmpty()) {
            return new TaskInference(Task.REGRESSION, "inferred from the quantiles");
        }
        if (options.positive() != null) {
            return new TaskInference(Task.BINARY, "inferred from the positive class");
        }
        if (options.scores().size() > 1) {
            return new TaskInference(Task.MULTICLASS, "inferred from the score columns");
        }
        if (options.scores().size() == 1) {
            return new TaskInference(Task.BINARY, "inferred from the one score column");
        }
        return ofValues(peek(file, options.label()), peek(file, options.prediction()));
    }

    static TaskInference ofValues(List<String> labels, List<String> predictions) {
        Set<String> distinct = new HashSet<>(labels);
        distinct.addAll(predictions);
        boolean numbers = distinct.stream().allMatch(ClassNames::isNumber);
        if (numbers) {
            int classes = new ClassNames(List.of(distinct)).names().size();
            boolean whole = distinct.stream()
                    .allMatch(value -> Double.parseDouble(value) == Math.rint(Double.parseDouble(value)));
            if (classes <= 2 && whole) {
                return new TaskInference(Task.BINARY, "inferred from at most two labels");
            }
            boolean few = classes <= MOST_CLASSES && classes * 3 <= labels.size();
            return whole && few
                    ? new TaskInference(Task.MULTICLASS, "inferred from " + classes + " whole numbers as labels")
                    : new TaskInference(Task.REGRESSION, "inferred from numbers as labels");
        }
        int classes = new ClassNames(List.of(distinct)).names().size();
        double length = labels.stream().mapToInt(String::length).average().orElse(0);
        if (length > LONG_TEXT || classes > MOST_CLASSES && classes * 2 > labels.size()) {
            return new TaskInference(Task.TEXT, "inferred from free text as labels");
        }
        return classes <= 2
                ? new TaskInference(Task.BINARY, "inferred from at most two labels")
                : new TaskInference(Task.MULTICLASS, "inferred from " + classes + " labels");
    }

    /** The first values of a column, as text. */
    private static List<String> peek(Path file, String column) throws IOException {
        Peek peek = new Peek();
        try {
            TableReader.stream(
                    file,
                    DataFormat.ofFileName(String.valueOf(file.getFileName())),
                    List.of(column),
                    TableLimits.DEFAULT.withThreads(1),
                    () -> peek);
        } catch (IOException e) {
            // The sink ends the reading by an exception, as there is no other way to; any other one counts.
            if (peek.values.size() < PEEKED) {
                throw e;
            }
        }
        return peek.values;
    }

    private static final class Peek implements CellSink {
        private final List<String> values = new ArrayList<>();

        private void add(String value) throws BadCellException {
            if (values.size() >= PEEKED) {
                throw new BadCellException("enough rows were seen");
            }
            values.add(value);
        }

        @Override
        public void cell(int column, byte[] buffer, int from, int to) throws BadCellException {
            add(new String(buffer, from, to - from, StandardCharsets.UTF_8));
        }

        @Override
        public void string(int column, byte[] buffer, int from, int to) throws BadCellException {
            add(new String(buffer, from, to - from, StandardCharsets.UTF_8));
        }

        @Override
        public void number(int column, double value) throws BadCellException {
            add(Double.toString(value));
        }

        @Override
        public void integer(int column, long value) throws BadCellException {
            add(Long.toString(value));
        }

        @Override
        public void bool(int column, boolean value) throws BadCellException {
            add(Boolean.toString(value));
        }

        @Override
        public void missing(int column) {
            // Says nothing about the task; the evaluation itself refuses it with its row.
        }

        @Override
        public void endRow() {
            // Rows need no separation in a single column.
        }
    }
}
