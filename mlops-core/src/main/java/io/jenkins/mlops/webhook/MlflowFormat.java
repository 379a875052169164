package io.jenkins.mlops.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * MLflow's webhook: {@code {"entity", "action", "timestamp", "data"}}.
 *
 * @param event the wanted event, such as {@code model_version.created}; empty for every one
 * @param model the wanted registered model; empty for every one
 */
public record MlflowFormat(String event, String model) implements WebhookFormat {
    @Override
    public List<WebhookEvent> events(WebhookRequest request) throws WebhookException {
        JsonNode body = request.json();
        String name = body.path("entity").asText("") + "." + body.path("action").asText("");
        JsonNode data = body.path("data");
        if (name.length() < 3 || !data.isObject()) {
            throw new WebhookException("expected a webhook of MLflow with entity, action and data");
        }
        if (!event.isEmpty() && !event.equals(name)
                || !model.isEmpty() && !model.equals(data.path("name").asText(""))) {
            return List.of();
        }
        String delivery = request.header("x-mlflow-delivery-id");
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("event", name);
        for (String field : List.of("name", "version", "alias", "key", "value", "run_id")) {
            if (data.path(field).isValueNode()) {
                attributes.put(field, data.path(field).asText());
            }
        }
        StringBuilder summary =
                new StringBuilder(name).append(" of ").append(data.path("name").asText("a model"));
        if (data.has("version")) {
            summary.append(" version ").append(data.path("version").asText());
        }
        if (data.has("alias")) {
            summary.append(", alias ").append(data.path("alias").asText());
        }
        return List.of(new WebhookEvent("mlflow " + delivery, summary.toString(), attributes));
    }
}
