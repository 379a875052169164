package io.jenkins.mlops.evaluation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.data.table.Column;
import io.jenkins.mlops.data.table.ColumnRequest;
import io.jenkins.mlops.data.table.DoubleColumn;
import io.jenkins.mlops.data.table.Table;
import io.jenkins.mlops.data.table.TableReader;
import io.jenkins.mlops.data.table.TextColumn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The columns of a predictions file that an evaluation needs, checked: every error names file, row and remedy. */
final class PredictionsFile {
    private final String name;
    private final Table table;

    private PredictionsFile(String name, Table table) {
        this.name = name;
        this.table = table;
    }

    /**
     * Reads the columns that a task needs.
     *
     * @param champion whether only what a comparison needs is read: neither weights nor slices
     */
    static PredictionsFile read(Path file, Task task, EvaluationOptions options, boolean champion) throws IOException {
        Map<String, ColumnRequest> requests = new LinkedHashMap<>();
        boolean classes = task == Task.BINARY || task == Task.MULTICLASS;
        boolean text = task == Task.TEXT;
        add(requests, options.label(), "label", classes || text);
        if (task != Task.RANKING || options.scores().isEmpty()) {
            add(requests, options.prediction(), "prediction", classes || text);
        }
        if (!text) {
            options.scores().forEach(score -> add(requests, score, "score", false));
        }
        if (task == Task.RANKING) {
            add(requests, options.group(), "group", true);
        }
        add(requests, options.id(), "id", true);
        if (!champion) {
            add(requests, options.weight(), "weight", false);
            options.slices().forEach(slice -> add(requests, slice, "slice", true));
        }
        Table table = TableReader.read(file, new ArrayList<>(requests.values()));
        PredictionsFile predictions = new PredictionsFile(String.valueOf(file.getFileName()), table);
        if (table.rows() == 0) {
            throw predictions.error("expected rows of predictions, found a header only; check what wrote the file");
        }
        return predictions;
    }

    private static void add(
            Map<String, ColumnRequest> requests, @CheckForNull String column, String role, boolean text) {
        if (column == null) {
            return;
        }
        ColumnRequest request = text ? ColumnRequest.text(column) : ColumnRequest.numeric(column);
        ColumnRequest other = requests.putIfAbsent(column, request);
        if (other != null && !other.equals(request)) {
            throw new EvaluationException("column '" + column + "' is asked for as " + role
                    + (text ? " (text)" : " (number)") + " and in another role as "
                    + (text ? "number" : "text") + "; name different columns, or write it twice into the file");
        }
    }

    String name() {
        return name;
    }

    int rows() {
        return table.rows();
    }

    EvaluationException error(String message) {
        return new EvaluationException(name + ": " + message);
    }

    EvaluationException error(int row, String message) {
        return new EvaluationException(name + ", row " + (row + 1L) + " (the header not counted): " + message);
    }

    /** Text without empty cells. */
    TextColumn text(String column, String role) {
        TextColumn text = table.text(column);
        if (text.missing() > 0) {
            throw error(
                    firstMissing(text),
                    "expected a " + role + " in column '" + column + "', found an empty cell (" + text.missing()
                            + " such rows in all); leave those rows out of the file");
        }
        return text;
    }

    /** Text whose empty cells mean the empty text. */
    TextColumn textOrEmpty(String column) {
        return table.text(column);
    }

    private static int firstMissing(Column column) {
        int row = 0;
        while (!column.isMissing(row)) {
            row++;
        }
        return row;
    }

    /** Finite numbers without empty cells. */
    double[] numbers(String column, String role) {
        return numbers(column, role, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "a finite number", "");
    }

    /** Probabilities without empty cells. */
    double[] probabilities(String column) {
        return numbers(
                column,
                "score",
                0,
                1,
                "a score between 0 and 1",
                "; write the model's probabilities, not its raw outputs (a sigmoid or softmax makes the one of the other)");
    }

    /** Numbers of a range, both ends included. */
    double[] numbers(String column, String role, double lowest, double highest, String expected, String remedy) {
        DoubleColumn numbers = table.numeric(column);
        double[] values = numbers.values();
        for (int row = 0; row < values.length; row++) {
            double value = values[row];
            if (!(value >= lowest && value <= highest) || Double.isInfinite(value)) {
                String found = numbers.isMissing(row) ? "an empty cell" : Double.toString(value);
                throw error(
                        row,
                        "expected " + expected + " as " + role + " in column '" + column + "', found " + found
                                + (numbers.isMissing(row) || Double.isNaN(value)
                                        ? "; leave rows without one out of the file"
                                        : remedy));
            }
        }
        return values;
    }

    /** The weights, or null. */
    @CheckForNull
    double[] weights(@CheckForNull String column) {
        if (column == null || !table.names().contains(column)) {
            return null;
        }
        double[] weights = numbers(column, "weight", 0, Double.MAX_VALUE, "a number not below 0", "");
        for (double weight : weights) {
            if (weight > 0) {
                return weights;
            }
        }
        throw error("expected a weight above 0 in column '" + column + "', found none: all rows weigh nothing");
    }

    /** The ids, each of another row. */
    TextColumn ids(String column) {
        TextColumn ids = text(column, "row id");
        int distinct = ids.dictionary().size();
        if (distinct < ids.rows()) {
            int[] first = new int[distinct];
            List<String> examples = new ArrayList<>();
            for (int row = 0; row < ids.rows() && examples.size() < 3; row++) {
                int code = ids.codes()[row];
                if (first[code] > 0) {
                    examples.add("'" + ids.dictionary().get(code) + "' in rows " + first[code] + " and " + (row + 1L));
                } else {
                    first[code] = row + 1;
                }
            }
            throw error("expected each id in column '" + column + "' once, found " + (ids.rows() - distinct)
                    + " repeated, such as " + String.join(", ", examples)
                    + "; remove the repeated rows or name a column that tells the rows apart");
        }
        return ids;
    }
}
