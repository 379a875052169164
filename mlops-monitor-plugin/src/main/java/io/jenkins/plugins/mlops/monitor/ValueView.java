package io.jenkins.plugins.mlops.monitor;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.monitor.WindowRecord;
import io.jenkins.mlops.monitor.quality.ValuePlan;
import io.jenkins.mlops.monitor.quality.WindowWorth;
import io.jenkins.plugins.mlops.registry.lineage.chart.LineChart;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.ArrayList;
import java.util.List;

/** What the predictions of the windows cost and were worth: drawn and as a table. */
public final class ValueView {
    private static final int ROWS = 20;

    private final String unit;
    private final List<Row> rows = new ArrayList<>();

    /** @param windows the windows, the youngest first */
    ValueView(ValuePlan plan, List<WindowRecord> windows) {
        unit = plan.value().unit();
        for (WindowRecord window : windows) {
            rows.add(new Row(window.result().key(), WindowWorth.of(plan, window.result())));
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

    /** A window as the table shows it. */
    public record Row(String window, WindowWorth worth) {
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
