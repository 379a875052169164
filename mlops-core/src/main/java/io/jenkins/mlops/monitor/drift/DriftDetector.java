package io.jenkins.mlops.monitor.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares two tables column by column.
 *
 * <p>Where no rule is stated, the choice by type and size and the thresholds are Evidently's: with up to 1,000 present
 * cells in the reference, tests at 0.05 (Kolmogorov-Smirnov for numbers of more than five different values; chi-square, or
 * a z-test for two values, else); with more, distances at 0.1 (Wasserstein over the reference's standard deviation;
 * Jensen-Shannon). Missing cells, NaN and infinities are left out before, and counted.
 */
public final class DriftDetector {
    private DriftDetector() {}

    /** Compares the current data with the reference. */
    public static DriftReport compare(TableSample reference, TableSample current, DriftOptions options) {
        List<String> notes = new ArrayList<>();
        List<ColumnDrift> columns = new ArrayList<>();
        List<ColumnDrift> details = new ArrayList<>();
        if (reference.rows() < options.minimumRows() || current.rows() < options.minimumRows()) {
            notes.add("Nothing was compared: the reference has " + reference.rows() + " rows, the current data have "
                    + current.rows() + ", and the options ask for " + options.minimumRows() + " on each side.");
            return new DriftReport(
                    reference.rows(),
                    current.rows(),
                    columns,
                    details,
                    Double.NaN,
                    options.datasetShare(),
                    false,
                    notes);
        }
        Map<String, DriftRule> vectors = VectorComparison.wanted(options);
        Set<String> known = VectorComparison.parts(vectors.keySet(), reference, current);
        Set<String> parts = Set.copyOf(known);
        vectors.forEach((name, rule) -> columns.add(new VectorComparison(name, rule, reference, current).result()));
        for (ColumnSample column : reference.columns()) {
            known.add(column.name());
            if (wanted(column.name(), options) && !parts.contains(column.name())) {
                ColumnComparison comparison = new ColumnComparison(column, reference.rows(), current, options);
                comparison.result().ifPresent(columns::add);
                details.addAll(comparison.details());
                notes.addAll(comparison.passedOver());
            }
        }
        for (ColumnSample column : current.columns()) {
            if (!known.contains(column.name()) && wanted(column.name(), options)) {
                notes.add("The column '" + column.name() + "' is not in the reference; it is not compared.");
            }
        }
        for (String column : options.columns()) {
            if (!reference.has(column)) {
                notes.add("The column '" + column + "' was asked for, but the reference doesn't have it.");
            }
        }
        List<ColumnDrift> compared = corrected(columns, options.correction());
        long drifted = compared.stream().filter(ColumnDrift::drifted).count();
        double share = compared.isEmpty() ? Double.NaN : (double) drifted / compared.size();
        return new DriftReport(
                reference.rows(),
                current.rows(),
                compared,
                details,
                share,
                options.datasetShare(),
                share >= options.datasetShare() && drifted > 0,
                io.jenkins.mlops.monitor.Expect.notes(notes));
    }

    private static boolean wanted(String column, DriftOptions options) {
        return (options.columns().isEmpty() || options.columns().contains(column))
                && !options.except().contains(column);
    }

    private static List<ColumnDrift> corrected(List<ColumnDrift> columns, Correction correction) {
        if (correction == Correction.NONE) {
            return columns;
        }
        double[] adjusted = correction.adjust(
                columns.stream().mapToDouble(ColumnDrift::pValue).toArray());
        List<ColumnDrift> result = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            result.add(
                    Double.isNaN(adjusted[i]) ? columns.get(i) : columns.get(i).corrected(adjusted[i]));
        }
        return result;
    }
}
