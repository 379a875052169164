package io.jenkins.plugins.mlops.monitor;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.monitor.QualityRecord;
import io.jenkins.mlops.monitor.WindowRecord;
import io.jenkins.mlops.monitor.quality.ValuePlan;
import io.jenkins.mlops.monitor.quality.WindowWorth;
import io.jenkins.mlops.monitor.window.WindowQuality;
import io.jenkins.mlops.monitor.window.WindowResult;
import io.jenkins.plugins.mlops.registry.lineage.chart.LineChart;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the predictions of the windows cost and were worth: drawn and as a table. */
public final class ValueView {
    private static final int ROWS = 20;

    private final String unit;
    private final List<Row> rows = new ArrayList<>();

    /**
     * @param windows the windows, the youngest first
     * @param qualities what labels show of windows: where they are known, nothing is estimated
     */
    ValueView(ValuePlan plan, List<WindowRecord> windows, List<QualityRecord> qualities) {
        unit = plan.value().unit();
        Map<String, WindowQuality> known = new HashMap<>();
        qualities.forEach(record -> known.putIfAbsent(record.quality().key(), record.quality()));
        for (WindowRecord window : windows) {
            WindowResult result = window.result();
            WindowQuality quality = known.get(result.key());
            WindowWorth labelled = quality == null
                    ? null
                    : WindowWorth.labelled(plan, result.rows(), result.endMillis() - result.startMillis(), quality);
            rows.add(
                    quality == null || labelled == null
                            ? new Row(result.key(), WindowWorth.of(plan, result), 0)
                            : new Row(result.key(), labelled, quality.labelled()));
        }
    }

    public boolean isPresent() {
        return !rows.isEmpty();
    }

    public String getUnit() {
        return unit;
    }

    /** The worth of a prediction over the windows; null where it isn't known of two. */
    @CheckForNull
    public LineChart getChart() {
        long known = rows.stream()
                .filter(row -> !Double.isNaN(row.worth.worthEach()))
                .count();
        if (known < 2) {
            return null;
        }
        int size = rows.size();
        double[] x = new double[size];
        double[] worth = new double[size];
        double[] cost = new double[size];
        for (int i = 0; i < size; i++) {
            WindowWorth window = rows.get(size - 1 - i).worth;
            x[i] = i + 1;
            worth[i] = window.worthEach();
            cost[i] = window.costEach();
        }
        return LineChart.of(
                        "Value", "Value and cost of a prediction over " + size + " windows; the table has the figures")
                .size(720, 180)
                .axes("window, the oldest at the left", unit)
                .wholeX()
                .line("worth of a prediction", x, worth, i -> rows.get(size - 1 - i).window + ": " + number(worth[i]))
                .line("cost of a prediction", x, cost, i -> rows.get(size - 1 - i).window + ": " + number(cost[i]))
                .build();
    }

    public List<Row> getRows() {
        return rows.subList(0, Math.min(ROWS, rows.size()));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : NumberText.general(value);
    }

    /**
     * A window as the table shows it.
     *
     * @param labelled how many of its predictions have a label by which it was counted; 0 for an estimate
     */
    public record Row(String window, WindowWorth worth, long labelled) {
        public boolean isByLabels() {
            return labelled > 0;
        }

        public String getLabels() {
            return NumberText.count(labelled);
        }

        /** Whether it is known what the predictions were worth. */
        public boolean isWorthKnown() {
            return !Double.isNaN(worth.worth());
        }

        public String getWindow() {
            return window;
        }

        public String getPredictions() {
            return NumberText.count((long) worth.predictions());
        }

        public String getCost() {
            return number(worth.cost());
        }

        public String getCostEach() {
            return number(worth.costEach());
        }

        public String getTotal() {
            return number(worth.worth());
        }

        public String getEach() {
            return number(worth.worthEach());
        }
    }
}
