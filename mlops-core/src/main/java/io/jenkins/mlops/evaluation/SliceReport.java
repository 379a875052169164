package io.jenkins.mlops.evaluation;

import java.io.Serializable;
import java.util.Map;

/**
 * The metrics of the rows that share one value of a slice column.
 *
 * @param column the slice column's name
 * @param value the value that the rows share; empty for rows where the cell is empty
 * @param rows how many rows
 * @param metrics metric by name, in display order; NaN where the slice is too small or has one class only
 */
public record SliceReport(String column, String value, long rows, Map<String, MetricValue> metrics)
        implements Serializable {
    public SliceReport {
        Bounds.text(column, "column of the slice");
        Bounds.text(value, "value of the slice");
        Bounds.notNegative(rows, "rows of the slice");
        metrics = Bounds.map(metrics, Bounds.METRICS, "metrics of the slice");
    }

    /** The slice as people name it, such as {@code region = north}. */
    public String displayName() {
        return column + " = " + (value.isEmpty() ? "(empty)" : value);
    }
}
