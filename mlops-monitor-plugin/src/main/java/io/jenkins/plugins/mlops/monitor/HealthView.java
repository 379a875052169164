package io.jenkins.plugins.mlops.monitor;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.monitor.endpoint.EndpointHealthWindow;
import io.jenkins.mlops.monitor.endpoint.EndpointRules;
import io.jenkins.plugins.mlops.registry.lineage.chart.LineChart;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How an endpoint did over its windows: latencies, failures and saturation, drawn and as a table. */
public final class HealthView {
    private static final int ROWS = 20;

    private final List<EndpointHealthWindow> windows;

    /** @param youngestFirst the windows, the youngest first */
    HealthView(List<EndpointHealthWindow> youngestFirst) {
        windows = new ArrayList<>(youngestFirst);
        Collections.reverse(windows);
    }

    public boolean isPresent() {
        return !windows.isEmpty();
    }

    /** Percentiles of latency over the windows; null where none is known. */
    @CheckForNull
    public LineChart getLatency() {
        if (windows.stream().allMatch(window -> window.latencies().isEmpty())) {
            return null;
        }
        LineChart.Builder chart = LineChart.of("Latency", "Latency in seconds: " + span(this::shownLatency))
                .size(720, 220)
                .axes("window, the oldest at the left", "seconds")
                .wholeX();
        for (double level : EndpointRules.LEVELS) {
            draw(chart, percent(level), window -> latency(window, level));
        }
        return chart.build();
    }

    /** Shares of failed requests, and saturation where there is a gauge of it; null where neither is known. */
    @CheckForNull
    public LineChart getShares() {
        boolean saturated = windows.stream().anyMatch(window -> !Double.isNaN(window.saturation()));
        if (!saturated && windows.stream().allMatch(window -> Double.isNaN(window.failedShare()))) {
            return null;
        }
        LineChart.Builder chart = LineChart.of(
                        "Failures and saturation",
                        "Share of failed requests: " + span(EndpointHealthWindow::failedShare))
                .size(720, 180)
                .axes("window, the oldest at the left", "share")
                .wholeX();
        draw(chart, "failed", EndpointHealthWindow::failedShare);
        if (saturated) {
            draw(chart, "saturation", EndpointHealthWindow::saturation);
        }
        return chart.build();
    }

    private void draw(LineChart.Builder chart, String name, ToDoubleFunction<EndpointHealthWindow> value) {
        double[] x = new double[windows.size()];
        double[] y = new double[windows.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = i + 1;
            y[i] = value.applyAsDouble(windows.get(i));
        }
        chart.line(
                name,
                x,
                y,
                i -> NumberText.time(windows.get(i).fromMillis()) + ", " + name + ": " + NumberText.general(y[i]));
    }

    private double shownLatency(EndpointHealthWindow window) {
        return latency(window, 0.95);
    }

    private String span(ToDoubleFunction<EndpointHealthWindow> value) {
        double[] known = windows.stream()
                .mapToDouble(value)
                .filter(number -> !Double.isNaN(number))
                .toArray();
        return known.length == 0
                ? "not known"
                : "from " + NumberText.general(known[0]) + " in the oldest window to "
                        + NumberText.general(known[known.length - 1]) + " in the youngest of " + windows.size()
                        + ". The table below has the figures.";
    }

    private static double latency(EndpointHealthWindow window, double level) {
        return window.latencies().getOrDefault(level, Double.NaN);
    }

    private static String percent(double level) {
        return "p" + Math.round(100 * level);
    }

    /** The youngest windows as a table, the youngest first. */
    public List<Row> getRows() {
        List<Row> rows = new ArrayList<>();
        for (int i = windows.size() - 1; i >= Math.max(0, windows.size() - ROWS); i--) {
            rows.add(new Row(windows.get(i)));
        }
        return rows;
    }

    /** A window as the table shows it. */
    public record Row(EndpointHealthWindow window) {
        public String getTime() {
            return NumberText.time(window.fromMillis());
        }

        public String getVersion() {
            return window.version() == 0 ? "" : String.valueOf(window.version());
        }

        /** Requests; where only the probe tells, its number. */
        public String getRequests() {
            return window.requests() > 0
                    ? NumberText.count(Math.round(window.requests()))
                    : window.probes() > 0 ? NumberText.count(window.probes()) + " probes" : "0";
        }

        public String getFailed() {
            return Double.isNaN(window.failedShare()) ? "" : NumberText.percent(window.failedShare());
        }

        public String getMedian() {
            return seconds(0.5);
        }

        public String getSlow() {
            return seconds(0.95);
        }

        public String getSlowest() {
            return seconds(0.99);
        }

        public String getSaturation() {
            return Double.isNaN(window.saturation()) ? "" : NumberText.percent(window.saturation());
        }

        public String getNotes() {
            return String.join(" ", window.notes());
        }

        private String seconds(double level) {
            double seconds = latency(window, level);
            return Double.isNaN(seconds) ? "" : NumberText.general(seconds) + " s";
        }
    }
}
