package io.jenkins.mlops.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prometheus Alertmanager's webhook, version 4: the alerts that fire and have the wanted labels. An alert is told apart
 * by its fingerprint and the time that it began, so that its repetitions are one.
 *
 * @param labels label names and values that an alert must have; empty for every alert
 */
public record AlertmanagerFormat(Map<String, String> labels) implements WebhookFormat {
    public AlertmanagerFormat {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /**
     * The labels of a text such as {@code alertname=ModelDrift, model=churn}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static AlertmanagerFormat of(String text) {
        Map<String, String> labels = new TreeMap<>();
        for (String part : text.split(",")) {
            if (part.isBlank()) {
                continue;
            }
            int equal = part.indexOf('=');
            if (equal < 1 || part.startsWith("=~", equal)) {
                throw new IllegalArgumentException(
                        "expected labels such as alertname=ModelDrift, model=churn, found '" + text + "'");
            }
            labels.put(
                    part.substring(0, equal).trim(), part.substring(equal + 1).trim());
        }
        return new AlertmanagerFormat(labels);
    }

    @Override
    public List<WebhookEvent> events(WebhookRequest request) throws WebhookException {
        JsonNode body = request.json();
        if (!body.path("version").asText("").equals("4") || !body.path("alerts").isArray()) {
            throw new WebhookException("expected a webhook of Alertmanager, version 4");
        }
        List<WebhookEvent> events = new ArrayList<>();
        for (JsonNode alert : body.path("alerts")) {
            if (!alert.path("status").asText("").equals("firing") || !wanted(alert.path("labels"))) {
                continue;
            }
            if (events.size() >= MAX_EVENTS) {
                throw new WebhookException("expected at most " + MAX_EVENTS + " alerts");
            }
            events.add(event(alert));
        }
        return events;
    }

    private boolean wanted(JsonNode found) {
        return labels.entrySet().stream()
                .allMatch(label -> found.path(label.getKey()).asText("").equals(label.getValue()));
    }

    private static WebhookEvent event(JsonNode alert) throws WebhookException {
        String fingerprint = alert.path("fingerprint").asText("");
        String starts = alert.path("startsAt").asText("");
        if (fingerprint.isEmpty() || starts.isEmpty()) {
            throw new WebhookException("an alert lacks fingerprint or startsAt");
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        alert.path("labels")
                .properties()
                .forEach(
                        label -> attributes.put(label.getKey(), label.getValue().asText()));
        attributes.put("startsAt", starts);
        String summary = alert.path("annotations").path("summary").asText("");
        String name = alert.path("labels").path("alertname").asText("an alert");
        return new WebhookEvent(
                "alertmanager " + fingerprint + " " + starts,
                "alert " + name + " fires since " + starts + (summary.isEmpty() ? "" : ": " + summary),
                attributes);
    }
}
