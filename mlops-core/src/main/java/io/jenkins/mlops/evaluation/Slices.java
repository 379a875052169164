package io.jenkins.mlops.evaluation;

import io.jenkins.mlops.data.table.TextColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Evaluates once more per value of each slice column. */
final class Slices {
    /** Values of one column at most; more is an id rather than a slice. */
    static final int MOST_VALUES = 1_000;

    /** A slice's interval is a hint, there are many slices, and each costs a bootstrap. */
    private static final int MOST_RESAMPLES = 200;

    private static final int MOST_WARNED = 20;

    private Slices() {}

    static <R extends TaskRows<R>> List<SliceReport> of(
            PredictionsFile file, R rows, EvaluationOptions options, List<String> warnings) {
        EvaluationOptions perSlice = options.withResamples(Math.min(MOST_RESAMPLES, options.resamples()));
        List<SliceReport> all = new ArrayList<>();
        for (String name : options.slices()) {
            TextColumn column = file.textOrEmpty(name);
            if (column.dictionary().size() > MOST_VALUES) {
                throw file.error("expected at most " + MOST_VALUES + " values in slice column '" + name + "', found "
                        + column.dictionary().size() + "; slice by something coarser");
            }
            List<SliceReport> ofColumn = new ArrayList<>();
            int[][] members = members(column);
            for (int code = 0; code < members.length; code++) {
                if (members[code].length > 0) {
                    String value = code == 0 ? "" : column.dictionary().get(code - 1);
                    Map<String, MetricValue> metrics =
                            rows.subset(members[code]).metrics(perSlice, new ArrayList<>());
                    ofColumn.add(new SliceReport(name, value, members[code].length, metrics));
                }
            }
            // Ties keep the order of the file.
            ofColumn.sort(Comparator.comparingLong(SliceReport::rows).reversed());
            all.addAll(ofColumn);
        }
        warn(all, warnings);
        return all;
    }

    /** Rows per code; the missing value comes first. */
    private static int[][] members(TextColumn column) {
        int[] sizes = new int[column.dictionary().size() + 1];
        for (int code : column.codes()) {
            sizes[code + 1]++;
        }
        int[][] members = new int[sizes.length][];
        for (int i = 0; i < sizes.length; i++) {
            members[i] = new int[sizes[i]];
            sizes[i] = 0;
        }
        int[] codes = column.codes();
        for (int row = 0; row < codes.length; row++) {
            int code = codes[row] + 1;
            members[code][sizes[code]++] = row;
        }
        return members;
    }

    private static void warn(List<SliceReport> slices, List<String> warnings) {
        int warned = 0;
        for (SliceReport slice : slices) {
            String undefined = slice.metrics().entrySet().stream()
                    .filter(metric -> Double.isNaN(metric.getValue().value()))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.joining(", "));
            if (!undefined.isEmpty() && warned++ < MOST_WARNED) {
                warnings.add("slice " + slice.displayName() + " (" + Figures.count(slice.rows(), "row")
                        + ") leaves undefined: " + undefined);
            }
        }
    }
}
