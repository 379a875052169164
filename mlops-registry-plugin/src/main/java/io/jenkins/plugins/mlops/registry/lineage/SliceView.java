package io.jenkins.plugins.mlops.registry.lineage;

import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.evaluation.SliceReport;
import io.jenkins.plugins.mlops.registry.lineage.chart.IntervalBar;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The metrics of the rows that share a value. */
@ExportedBean(defaultVisibility = 999)
public final class SliceView {
    private final SliceReport slice;

    SliceView(SliceReport slice) {
        this.slice = slice;
    }

    @Exported
    public String getColumn() {
        return slice.column();
    }

    /** The value that the rows share; empty for empty cells. */
    @Exported
    public String getValue() {
        return slice.value();
    }

    @Exported
    public long getRows() {
        return slice.rows();
    }

    @Exported(inline = true)
    public List<MetricView> getMetrics() {
        List<MetricView> list = new ArrayList<>();
        slice.metrics().forEach((name, value) -> list.add(new MetricView(name, value, false, null)));
        return list;
    }

    /** The slices of one column as a table: one row per value, one column per metric, bars on a shared scale. */
    public static final class Table {
        private static final int MOST_METRICS = 3;
        private static final int MOST_ROWS = 100;

        private final String column;
        private final List<String> metrics;
        private final List<Row> rows = new ArrayList<>();
        private final int hidden;

        private Table(String column, List<SliceReport> slices, List<String> metrics, Map<String, MetricValue> overall) {
            this.column = column;
            this.metrics = metrics;
            Map<String, IntervalBar.Domain> domains = new LinkedHashMap<>();
            metrics.forEach(metric -> domains.put(metric, domain(metric, slices, overall)));
            for (SliceReport slice : slices.subList(0, Math.min(MOST_ROWS, slices.size()))) {
                List<MetricView> cells = new ArrayList<>();
                for (String metric : metrics) {
                    MetricValue value = slice.metrics().getOrDefault(metric, MetricValue.of(Double.NaN));
                    cells.add(new MetricView(metric, value, false, domains.get(metric)));
                }
                rows.add(new Row(slice, cells));
            }
            hidden = slices.size() - rows.size();
        }

        /**
         * Tables for all slice columns.
         *
         * @param preferred metrics to show first; if slices have none of them, their own first ones are shown
         */
        static List<Table> of(List<SliceReport> slices, List<String> preferred, Map<String, MetricValue> overall) {
            Map<String, List<SliceReport>> byColumn = new LinkedHashMap<>();
            slices.forEach(slice -> byColumn.computeIfAbsent(slice.column(), key -> new ArrayList<>())
                    .add(slice));
            List<Table> tables = new ArrayList<>();
            byColumn.forEach((column, group) -> {
                List<String> there = new ArrayList<>(group.get(0).metrics().keySet());
                List<String> shown = new ArrayList<>(preferred);
                shown.retainAll(there);
                if (shown.isEmpty()) {
                    shown.addAll(there);
                }
                tables.add(new Table(
                        column, group, shown.stream().limit(MOST_METRICS).toList(), overall));
            });
            return tables;
        }

        private static IntervalBar.Domain domain(
                String metric, List<SliceReport> slices, Map<String, MetricValue> overall) {
            double lowest = Double.POSITIVE_INFINITY;
            double highest = Double.NEGATIVE_INFINITY;
            double reference = overall.containsKey(metric) ? overall.get(metric).value() : Double.NaN;
            List<Double> values = new ArrayList<>();
            values.add(reference);
            for (SliceReport slice : slices) {
                MetricValue value = slice.metrics().get(metric);
                if (value != null) {
                    values.addAll(List.of(value.value(), value.lower(), value.upper()));
                }
            }
            for (double value : values) {
                if (Double.isFinite(value)) {
                    lowest = Math.min(lowest, value);
                    highest = Math.max(highest, value);
                }
            }
            return lowest > highest ? null : new IntervalBar.Domain(lowest, highest, reference);
        }

        public String getColumn() {
            return column;
        }

        public List<String> getMetrics() {
            return metrics;
        }

        public List<Row> getRows() {
            return rows;
        }

        /** How many slices the page leaves to the REST API. */
        public int getHidden() {
            return hidden;
        }
    }

    /** One slice's line in a {@link Table}. */
    public static final class Row {
        private final SliceReport slice;
        private final List<MetricView> cells;

        Row(SliceReport slice, List<MetricView> cells) {
            this.slice = slice;
            this.cells = cells;
        }

        public String getName() {
            return slice.value().isEmpty() ? Messages.SliceView_empty() : slice.value();
        }

        public String getRows() {
            return NumberText.count(slice.rows());
        }

        public List<MetricView> getCells() {
            return cells;
        }
    }
}
