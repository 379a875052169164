package io.jenkins.plugins.mlops.steps;

import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.tracking.MetricPoint;
import io.jenkins.mlops.tracking.RunBatch;
import io.jenkins.mlops.tracking.TrackingStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Logs any number of params and metrics in batches of the size that a tracking store takes. */
final class TrackedValues {
    private TrackedValues() {}

    static void logParams(TrackingStore tracking, String runId, Map<String, String> params) {
        Map<String, String> batch = new LinkedHashMap<>();
        for (Map.Entry<String, String> param : params.entrySet()) {
            batch.put(param.getKey(), param.getValue());
            if (batch.size() == RunBatch.MAX_PARAMS) {
                tracking.log(runId, RunBatch.ofParams(batch));
                batch = new LinkedHashMap<>();
            }
        }
        if (!batch.isEmpty()) {
            tracking.log(runId, RunBatch.ofParams(batch));
        }
    }

    static void logMetrics(TrackingStore tracking, String runId, List<MetricPoint> points) {
        for (int from = 0; from < points.size(); from += RunBatch.MAX_ENTRIES) {
            int to = Math.min(points.size(), from + RunBatch.MAX_ENTRIES);
            tracking.log(runId, RunBatch.ofMetrics(new ArrayList<>(points.subList(from, to))));
        }
    }

    /** The points whose value the run has not logged at their step yet. */
    static List<MetricPoint> notLogged(TrackingStore tracking, String runId, List<MetricPoint> points) {
        Map<String, Set<Map.Entry<Long, Double>>> logged = new HashMap<>();
        List<MetricPoint> fresh = new ArrayList<>();
        for (MetricPoint point : points) {
            Set<Map.Entry<Long, Double>> known =
                    logged.computeIfAbsent(point.key(), key -> history(tracking, runId, key));
            if (!known.contains(Map.entry(point.step(), point.value()))) {
                fresh.add(point);
            }
        }
        return fresh;
    }

    private static Set<Map.Entry<Long, Double>> history(TrackingStore tracking, String runId, String metric) {
        Set<Map.Entry<Long, Double>> values = new HashSet<>();
        String token = null;
        do {
            Page<MetricPoint> page =
                    tracking.metricHistory(runId, metric, new Page.Request(RunBatch.MAX_ENTRIES, token));
            page.items().forEach(point -> values.add(Map.entry(point.step(), point.value())));
            token = page.nextToken();
        } while (token != null);
        return values;
    }

    static void logMetrics(TrackingStore tracking, String runId, Map<String, Double> metrics, long millis) {
        List<MetricPoint> points = new ArrayList<>();
        metrics.forEach((key, value) -> points.add(new MetricPoint(key, value, millis, 0)));
        logMetrics(tracking, runId, points);
    }

    /** A metric's value as a person reads it: six significant digits, no needless zeros. */
    static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return String.valueOf(value);
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.valueOf((long) value);
        }
        String text = String.format(Locale.ROOT, "%.6g", value);
        return text.contains("e") ? text : text.replaceFirst("0+$", "").replaceFirst("\\.$", "");
    }
}
