package io.jenkins.plugins.mlops.steps;

import hudson.model.TaskListener;
import io.jenkins.mlops.tracking.MetricPoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints logged metrics to the console while training goes on: one line per step of training. */
final class MetricLines {
    /** A chatty trainer must not fill the build's log: of a large batch only the newest lines are shown. */
    private static final int MOST = 20;

    private MetricLines() {}

    static void print(List<MetricPoint> points, TaskListener listener) {
        Map<Long, StringBuilder> lines = new LinkedHashMap<>();
        for (MetricPoint point : points) {
            lines.computeIfAbsent(point.step(), step -> new StringBuilder("[mlops] step " + step + " "))
                    .append(' ')
                    .append(point.key())
                    .append('=')
                    .append(TrackedValues.number(point.value()));
        }
        int hidden = Math.max(0, lines.size() - MOST);
        if (hidden > 0) {
            listener.getLogger().println("[mlops] ... " + hidden + " more steps");
        }
        lines.values().stream().skip(hidden).forEach(listener.getLogger()::println);
    }
}
