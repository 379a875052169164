package io.jenkins.mlops.monitor.drift;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;
import java.util.List;

/**
 * How far the current data have drifted from the reference.
 *
 * @param referenceRows rows of the reference
 * @param currentRows rows of the current data
 * @param columns per column, in the reference's order; then columns that the reference doesn't have
 * @param details further looks, which the share doesn't count: a missing rate or new categories beyond their threshold;
 *     for text its length, languages and words, drifted or not
 * @param share share of the compared columns that have drifted; NaN when none could be compared
 * @param threshold from this share on the dataset has drifted
 * @param drifted whether it has
 * @param notes what a reader should know of the whole: columns passed over, limits met
 */
public record DriftReport(
        long referenceRows,
        long currentRows,
        List<ColumnDrift> columns,
        List<ColumnDrift> details,
        double share,
        double threshold,
        boolean drifted,
        List<String> notes)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The most columns that keep a histogram in {@link #compact()}. */
    public static final int HISTOGRAMS = 200;

    public DriftReport {
        Expect.notNegative(referenceRows, "rows");
        Expect.notNegative(currentRows, "rows");
        columns = Expect.list(columns, "columns", Expect.COLUMNS);
        details = Expect.list(details, "details", 4 * Expect.COLUMNS);
        Expect.share(threshold, "a threshold");
        notes = Expect.list(notes, "notes", Expect.NOTES);
    }

    /** How many columns have drifted. */
    public long driftedColumns() {
        return columns.stream().filter(ColumnDrift::drifted).count();
    }

    /** The same, with histograms for {@value #HISTOGRAMS} columns at most: drifted ones first. */
    public DriftReport compact() {
        long left = HISTOGRAMS - Math.min(HISTOGRAMS, driftedColumns());
        long drifting = HISTOGRAMS;
        List<ColumnDrift> kept = new java.util.ArrayList<>();
        for (ColumnDrift column : columns) {
            boolean keeps = column.drifted() ? drifting-- > 0 : left-- > 0;
            kept.add(keeps ? column : column.withoutHistogram());
        }
        List<ColumnDrift> looks =
                details.stream().map(ColumnDrift::withoutHistogram).toList();
        return new DriftReport(referenceRows, currentRows, kept, looks, share, threshold, drifted, notes);
    }
}
