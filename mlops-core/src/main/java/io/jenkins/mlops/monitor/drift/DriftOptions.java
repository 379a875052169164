package io.jenkins.mlops.monitor.drift;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which columns are compared, and how.
 *
 * @param columns the columns to compare; empty for all
 * @param except columns to pass over, such as ids and times
 * @param optional columns that the current data needn't have, such as the label that training had: one that is there is
 *     compared, one that is not is no drift
 * @param kinds the kind of a column where it shall not be told from its values
 * @param rules the rule of a column; others follow {@code numeric}, {@code categorical} and {@code text}, then
 *     Evidently's choice by type and size
 * @param defaults the rule for a kind of columns; a kind that is not named follows Evidently's choice
 * @param correction of p-values over the columns
 * @param datasetShare from this share of drifted columns on the dataset has drifted
 * @param minimumRows with fewer rows on either side nothing is compared; at least 1
 */
public record DriftOptions(
        List<String> columns,
        List<String> except,
        List<String> optional,
        Map<String, ColumnKind> kinds,
        Map<String, DriftRule> rules,
        Map<ColumnKind, DriftRule> defaults,
        Correction correction,
        double datasetShare,
        long minimumRows)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** All columns by Evidently's choice; the dataset has drifted when half of them have; 30 rows at least. */
    public static final DriftOptions DEFAULT =
            new DriftOptions(List.of(), List.of(), List.of(), Map.of(), Map.of(), Map.of(), Correction.NONE, 0.5, 30);

    public DriftOptions {
        columns = Expect.list(columns, "columns", Expect.COLUMNS);
        except = Expect.list(except, "columns", Expect.COLUMNS);
        optional = Expect.list(optional, "columns", Expect.COLUMNS);
        kinds = Expect.map(kinds, "kinds of columns", Expect.COLUMNS);
        rules = Expect.map(rules, "rules of columns", Expect.COLUMNS);
        EnumMap<ColumnKind, DriftRule> copy = new EnumMap<>(ColumnKind.class);
        copy.putAll(defaults);
        defaults = Collections.unmodifiableMap(copy);
        Expect.that(correction != null, "a correction", null);
        Expect.share(datasetShare, "a share of drifted columns");
        Expect.that(minimumRows >= 1, "1 row or more", minimumRows);
    }

    public DriftOptions withColumns(List<String> only, List<String> passedOver) {
        return new DriftOptions(
                only, passedOver, optional, kinds, rules, defaults, correction, datasetShare, minimumRows);
    }

    public DriftOptions withOptional(List<String> spared) {
        return new DriftOptions(columns, except, spared, kinds, rules, defaults, correction, datasetShare, minimumRows);
    }

    public DriftOptions withKinds(Map<String, ColumnKind> byColumn) {
        return new DriftOptions(
                columns, except, optional, byColumn, rules, defaults, correction, datasetShare, minimumRows);
    }

    public DriftOptions withRules(Map<String, DriftRule> byColumn) {
        return new DriftOptions(
                columns, except, optional, kinds, byColumn, defaults, correction, datasetShare, minimumRows);
    }

    public DriftOptions withDefaults(Map<ColumnKind, DriftRule> byKind) {
        return new DriftOptions(columns, except, optional, kinds, rules, byKind, correction, datasetShare, minimumRows);
    }

    public DriftOptions withCorrection(Correction of) {
        return new DriftOptions(columns, except, optional, kinds, rules, defaults, of, datasetShare, minimumRows);
    }

    public DriftOptions withDatasetShare(double share) {
        return new DriftOptions(columns, except, optional, kinds, rules, defaults, correction, share, minimumRows);
    }

    public DriftOptions withMinimumRows(long rows) {
        return new DriftOptions(columns, except, optional, kinds, rules, defaults, correction, datasetShare, rows);
    }
}
