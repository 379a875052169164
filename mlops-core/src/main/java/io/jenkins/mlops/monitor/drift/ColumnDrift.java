package io.jenkins.mlops.monitor.drift;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;
import java.util.List;

/**
 * How far one column has drifted, by one statistic.
 *
 * @param column the column's name
 * @param kind how it was compared
 * @param rule the statistic and its threshold
 * @param statistic the statistic's value: D for Kolmogorov-Smirnov, chi-square, z, A2, or the distance itself; NaN where
 *     it couldn't be computed, as the notes say
 * @param pValue the p-value after the correction; NaN for a distance
 * @param drifted whether the p-value or the distance is beyond the threshold
 * @param approximate whether the statistic was computed from sketches or a kept profile
 * @param error by how much the statistic may be off for that, with a probability of 0.99; 0 when exact, NaN when nobody
 *     knows
 * @param referenceMissing share of missing cells in the reference; NaN without rows
 * @param currentMissing share of missing cells now; NaN without rows
 * @param histogram both distributions
 * @param notes what a reader should know: new categories, NaN and infinities, a constant or vanished column
 */
public record ColumnDrift(
        String column,
        ColumnKind kind,
        DriftRule rule,
        double statistic,
        double pValue,
        boolean drifted,
        boolean approximate,
        double error,
        double referenceMissing,
        double currentMissing,
        DriftHistogram histogram,
        List<String> notes)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public ColumnDrift {
        Expect.name(column, "a column's name");
        Expect.that(kind != null && rule != null && histogram != null, "a kind, a rule and a histogram", kind);
        notes = Expect.list(notes, "notes", Expect.NOTES);
    }

    /** What is compared with the threshold: the p-value, or the distance. */
    public double score() {
        return rule.statistic().comparesPValue() ? pValue : statistic;
    }

    /** The same without its histogram. */
    public ColumnDrift withoutHistogram() {
        return new ColumnDrift(
                column,
                kind,
                rule,
                statistic,
                pValue,
                drifted,
                approximate,
                error,
                referenceMissing,
                currentMissing,
                DriftHistogram.NONE,
                notes);
    }

    /** The same without its notes. */
    public ColumnDrift withoutNotes() {
        return new ColumnDrift(
                column,
                kind,
                rule,
                statistic,
                pValue,
                drifted,
                approximate,
                error,
                referenceMissing,
                currentMissing,
                histogram,
                List.of());
    }

    /** The same with the p-value that a correction made of its own. */
    ColumnDrift corrected(double adjusted) {
        return new ColumnDrift(
                column,
                kind,
                rule,
                statistic,
                adjusted,
                rule.drifted(adjusted),
                approximate,
                error,
                referenceMissing,
                currentMissing,
                histogram,
                notes);
    }
}
