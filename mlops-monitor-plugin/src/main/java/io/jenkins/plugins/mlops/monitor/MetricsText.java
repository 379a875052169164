package io.jenkins.plugins.mlops.monitor;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.monitor.endpoint.EndpointRules;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** Endpoints and monitors in Prometheus' text format 0.0.4. */
final class MetricsText implements HttpResponse {
    private static final List<String> STATES = List.of("OK", "SUSPECT", "ALARM", "RECOVERING");

    private final List<EndpointHealth> endpoints;
    private final List<MonitorRow> monitors;

    MetricsText(List<EndpointHealth> endpoints, List<MonitorRow> monitors) {
        this.endpoints = endpoints;
        this.monitors = monitors;
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException {
        response.setContentType("text/plain; version=0.0.4; charset=utf-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(text().getBytes(StandardCharsets.UTF_8));
    }

    String text() {
        StringBuilder text = new StringBuilder();
        head(text, "mlops_endpoint_up", "Whether an endpoint answers as it should.");
        for (EndpointHealth endpoint : endpoints) {
            sample(text, "mlops_endpoint_up", labels(endpoint), endpoint.isAlarm() ? 0 : 1);
        }
        head(text, "mlops_endpoint_version", "The version of the model that an endpoint serves.");
        for (EndpointHealth endpoint : endpoints) {
            sample(text, "mlops_endpoint_version", labels(endpoint), endpoint.getVersion());
        }
        head(text, "mlops_monitor_state", "1 for the state that the worst signal of a monitor is in.");
        for (MonitorRow monitor : monitors) {
            for (String state : STATES) {
                sample(
                        text,
                        "mlops_monitor_state",
                        labels(monitor) + ",state=\"" + state + '"',
                        state.equals(monitor.getState()) ? 1 : 0);
            }
        }
        head(text, "mlops_monitor_failures", "How many looks of a monitor in a row have failed.");
        for (MonitorRow monitor : monitors) {
            sample(text, "mlops_monitor_failures", labels(monitor), monitor.getFailures());
        }
        head(text, "mlops_monitor_last_look_seconds", "When a monitor looked last, in seconds since 1970.");
        for (MonitorRow monitor : monitors) {
            sample(text, "mlops_monitor_last_look_seconds", labels(monitor), monitor.getLookedMillis() / 1_000);
        }
        health(text);
        return text.toString();
    }

    /** The youngest window of each endpoint that is watched. */
    private void health(StringBuilder text) {
        Map<MonitorRow, HealthWindowBean> windows = new LinkedHashMap<>();
        for (MonitorRow monitor : monitors) {
            RegistryConnection.get().monitors().healthWindows(monitor.getName(), 1).stream()
                    .findFirst()
                    .ifPresent(window -> windows.put(monitor, new HealthWindowBean(window)));
        }
        head(text, "mlops_endpoint_latency_seconds", "Latency of an endpoint in its last window, by quantile.");
        windows.forEach((monitor, window) -> {
            for (double level : EndpointRules.LEVELS) {
                number(
                        text,
                        "mlops_endpoint_latency_seconds",
                        labels(monitor) + "," + label("quantile", "" + level),
                        window.latency(level));
            }
        });
        head(text, "mlops_endpoint_failed_ratio", "Share of an endpoint's requests that failed in its last window.");
        windows.forEach((monitor, window) ->
                number(text, "mlops_endpoint_failed_ratio", labels(monitor), window.getFailedShare()));
        head(text, "mlops_endpoint_saturation_ratio", "How full an endpoint was at most in its last window.");
        windows.forEach((monitor, window) ->
                number(text, "mlops_endpoint_saturation_ratio", labels(monitor), window.getSaturation()));
    }

    private static void number(StringBuilder text, String name, String labels, @CheckForNull Double value) {
        if (value != null) {
            text.append(name)
                    .append('{')
                    .append(labels)
                    .append("} ")
                    .append(value)
                    .append('\n');
        }
    }

    private static void head(StringBuilder text, String name, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(" gauge\n");
    }

    private static void sample(StringBuilder text, String name, String labels, long value) {
        text.append(name).append('{').append(labels).append("} ").append(value).append('\n');
    }

    private static String labels(EndpointHealth endpoint) {
        return label("endpoint", endpoint.getName()) + "," + label("model", endpoint.getModel());
    }

    private static String labels(MonitorRow monitor) {
        return label("monitor", monitor.getName()) + "," + label("model", monitor.getModel());
    }

    private static String label(String name, String value) {
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
