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
        DataFormat format = DataFormat.ofFileName(String.valueOf(file.getFileName()));
        List<String> columns = TableReader.columns(file, format, TableLimits.DEFAULT);
        Peek peek = new Peek(columns.indexOf(options.label()), columns.indexOf(options.prediction()));
        peek(file, format, peek);
        return ofValues(peek.labels, peek.predictions);
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

    private static void peek(Path file, DataFormat format, Peek peek) throws IOException {
        try {
            TableReader.streamAll(file, format, TableLimits.DEFAULT.withThreads(1), chunk -> peek);
        } catch (IOException e) {
            // The sink ends the reading by an exception, as there is no other way to; any other one counts.
            if (!peek.enough()) {
                throw e;
            }
        }
    }

    /** Keeps the first values of two columns; a column that is not there shows up when the file is read. */
    private static final class Peek implements CellSink {
        private final int label;
        private final int prediction;
        private final List<String> labels = new ArrayList<>();
        private final List<String> predictions = new ArrayList<>();

        Peek(int label, int prediction) {
            this.label = label;
            this.prediction = prediction;
        }

        boolean enough() {
            return labels.size() >= PEEKED;
        }

        private void add(int column, String value) {
            if (column == label) {
                labels.add(value);
            }
            if (column == prediction) {
                predictions.add(value);
            }
        }

        @Override
        public void cell(int column, byte[] buffer, int from, int to) {
            string(column, buffer, from, to);
        }

        @Override
        public void string(int column, byte[] buffer, int from, int to) {
            if (column == label || column == prediction) {
                add(column, new String(buffer, from, to - from, StandardCharsets.UTF_8));
            }
        }

        @Override
        public void number(int column, double value) {
            add(column, Double.toString(value));
        }

        @Override
        public void integer(int column, long value) {
            add(column, Long.toString(value));
        }

        @Override
        public void bool(int column, boolean value) {
            add(column, Boolean.toString(value));
        }

        @Override
        public void missing(int column) {
            // Says nothing about the task; the evaluation itself refuses it with its row.
        }

        @Override
        public void endRow() throws BadCellException {
            if (enough()) {
                throw new BadCellException("enough rows were seen");
            }
        }
    }
}
