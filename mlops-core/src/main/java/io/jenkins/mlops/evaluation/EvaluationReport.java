package io.jenkins.mlops.evaluation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that one evaluation found.
 *
 * @param task the kind of prediction
 * @param description one line on what was evaluated and how the columns were understood
 * @param rows rows evaluated; 0 only for given metrics whose number of rows nobody stated
 * @param level confidence level of the intervals, between 0 and 1
 * @param metrics metric by name (see {@link MetricCatalog}), in display order
 * @param confusion the confusion matrix of a classification, else null; also null above {@link
 *     ConfusionMatrix#MAX_LABELS} classes
 * @param curves curves to draw; empty for tasks without any
 * @param slices per value of each slice column, in the order of the columns, largest slice first
 * @param comparison the paired comparison with the champion, null if there was none
 * @param warnings what a reader should know before trusting a number
 */
public record EvaluationReport(
        Task task,
        String description,
        long rows,
        double level,
        Map<String, MetricValue> metrics,
        @CheckForNull ConfusionMatrix confusion,
        List<Curve> curves,
        List<SliceReport> slices,
        @CheckForNull Comparison comparison,
        List<String> warnings)
        implements Serializable {
    public EvaluationReport {
        Objects.requireNonNull(task, "task");
        Bounds.text(description, "description");
        Bounds.notNegative(rows, "rows");
        Bounds.level(level, "confidence level");
        metrics = Bounds.map(metrics, Bounds.METRICS, "metrics");
        curves = Bounds.list(curves, 20, "curves");
        slices = Bounds.list(slices, Bounds.SLICES, "slices");
        warnings = Bounds.list(warnings, Bounds.NOTES, "warnings");
    }

    /**
     * A report of metrics that the user computed, without intervals.
     *
     * @param metrics value by name; NaN is kept, and refused by every gate
     * @param rows rows that the metrics were computed over, 0 if unknown
     */
    public static EvaluationReport ofGivenMetrics(Map<String, Double> metrics, long rows) {
        Map<String, MetricValue> values = new LinkedHashMap<>();
        Bounds.map(metrics, Bounds.METRICS, "metrics")
                .forEach((name, value) -> values.put(name, MetricValue.of(value)));
        return new EvaluationReport(
                Task.GIVEN,
                "metrics as given" + (rows > 0 ? ", computed over " + Figures.count(rows, "row") : ""),
                rows,
                EvaluationOptions.DEFAULT_LEVEL,
                values,
                null,
                List.of(),
                List.of(),
                null,
                List.of());
    }

    /** The same, with the version that the comparison was made with; itself where there was none. */
    public EvaluationReport comparedAgainst(@CheckForNull ComparedChampion champion) {
        return comparison == null
                ? this
                : new EvaluationReport(
                        task,
                        description,
                        rows,
                        level,
                        metrics,
                        confusion,
                        curves,
                        slices,
                        comparison.against(champion),
                        warnings);
    }

    /**
     * Finds a metric by its name or by an alias of it ({@code auc} finds {@code roc_auc}).
     *
     * @return the name under which {@link #metrics} has it, or empty
     */
    public Optional<String> findMetric(String name) {
        return MetricCatalog.findIn(name, metrics.keySet());
    }
}
