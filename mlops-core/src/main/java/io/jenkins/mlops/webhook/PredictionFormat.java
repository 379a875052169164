package io.jenkins.mlops.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Predictions that a serving process, or the logger beside it, sends: as JSON Lines, or as CloudEvents 1.0 (structured, in
 * a batch, or binary).
 *
 * <p>A line of JSON Lines is a row. The data of a CloudEvent are a row, a list of rows, or a request of KServe's protocol
 * V1 ({@code instances}) or V2 ({@code inputs}), of which each instance is a row; members that are lists become columns
 * {@code NAME[0]}, {@code NAME[1]}, ... where they are read. Rows of an event carry its {@code id} (with a number where there are several) and
 * {@code time}; a row without a time gets that of its arrival, in milliseconds since 1970. Responses of KServe's logger are
 * passed over: they repeat the ids of their requests.
 *
 * <p>Source: CloudEvents specification 1.0.2; KServe's inference logger, and its protocols V1 and V2.
 */
public final class PredictionFormat {
    /** The most rows of one request. */
    public static final int ROWS = 10_000;

    private static final String ID = "id";
    private static final String TIME = "time";

    private final long nowMillis;
    private final List<String> lines = new ArrayList<>();

    private PredictionFormat(long nowMillis) {
        this.nowMillis = nowMillis;
    }

    /**
     * What one request carries.
     *
     * @param key tells a repetition of the request from another one; empty where the sender gives none
     * @param lines the rows, each in JSON on one line
     */
    public record Predictions(String key, List<String> lines) {
        public Predictions {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Reads a request.
     *
     * @throws WebhookException saying what is wrong with it; then nothing of it is to be kept
     */
    public static Predictions of(WebhookRequest request, long nowMillis) throws WebhookException {
        PredictionFormat format = new PredictionFormat(nowMillis);
        String key = request.header("idempotency-key");
        String given = key == null ? "" : "key " + key;
        switch (request.mediaType()) {
            case "application/cloudevents+json" -> given = format.event(request.json());
            case "application/cloudevents-batch+json" -> {
                JsonNode batch = request.json();
                if (!batch.isArray()) {
                    throw new WebhookException("expected a list of CloudEvents");
                }
                StringBuilder keys = new StringBuilder();
                for (JsonNode event : batch) {
                    keys.append(format.event(event)).append('\n');
                }
                given = keys.toString();
            }
            default -> {
                if (request.header("ce-specversion") == null) {
                    format.lines(new String(request.body(), StandardCharsets.UTF_8));
                } else {
                    given = format.event(
                            request.header("ce-specversion"),
                            request.header("ce-id"),
                            request.header("ce-source"),
                            request.header("ce-type"),
                            request.header("ce-time"),
                            request.json());
                }
            }
        }
        return new Predictions(given, format.lines);
    }

    private void lines(String body) throws WebhookException {
        int number = 0;
        for (String line : body.split("\\R")) {
            number++;
            if (!line.isBlank()) {
                try {
                    row(Json.tree(line), null, null);
                } catch (JsonException | WebhookException x) {
                    throw new WebhookException("expected a row as a JSON object in line " + number, x);
                }
            }
        }
    }

    private String event(JsonNode event) throws WebhookException {
        return event(
                text(event, "specversion"),
                text(event, ID),
                text(event, "source"),
                text(event, "type"),
                text(event, TIME),
                event.path("data"));
    }

    @CheckForNull
    private static String text(JsonNode event, String name) {
        return event.path(name).isTextual() ? event.path(name).asText() : null;
    }

    private String event(
            @CheckForNull String version,
            @CheckForNull String id,
            @CheckForNull String source,
            @CheckForNull String type,
            @CheckForNull String time,
            JsonNode data)
            throws WebhookException {
        for (String required : new String[] {version, id, source, type}) {
            if (required == null || required.isBlank()) {
                throw new WebhookException("expected a CloudEvent with specversion, id, source and type");
            }
        }
        if (!version.startsWith("1.")) {
            throw new WebhookException("expected a CloudEvent of version 1");
        }
        if (!type.endsWith(".response")) {
            data(data, id, time);
        }
        return "cloudevent " + source + "\n" + id + "\n" + type;
    }

    private void data(JsonNode data, String id, @CheckForNull String time) throws WebhookException {
        if (data.path("instances").isArray()) {
            all(data.path("instances"), id, time);
        } else if (data.path("inputs").isArray()) {
            inputs(data.path("inputs"), id, time);
        } else if (data.isArray()) {
            all(data, id, time);
        } else {
            row(data, id, time);
        }
    }

    private void all(JsonNode rows, String id, @CheckForNull String time) throws WebhookException {
        int number = 0;
        for (JsonNode row : rows) {
            JsonNode named = row;
            if (!row.isObject()) {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                object.set("input", row);
                named = object;
            }
            row(named, rows.size() == 1 ? id : id + "/" + number, time);
            number++;
        }
    }

    /** Tensors of protocol V2: the first dimension counts the instances. */
    private void inputs(JsonNode inputs, String id, @CheckForNull String time) throws WebhookException {
        int instances = inputs.path(0).path("shape").path(0).asInt(-1);
        if (instances < 0 || instances > ROWS) {
            throw new WebhookException("expected inputs with a shape of up to " + ROWS + " instances");
        }
        for (int i = 0; i < instances; i++) {
            ObjectNode row = JsonNodeFactory.instance.objectNode();
            for (JsonNode input : inputs) {
                JsonNode data = input.path("data");
                String name = input.path("name").asText("");
                if (name.isEmpty()
                        || !data.isArray()
                        || input.path("shape").path(0).asInt(-1) != instances
                        || data.size() % Math.max(1, instances) != 0) {
                    throw new WebhookException("expected inputs with a name, a shape of as many instances, and data");
                }
                int width = data.size() / instances;
                for (int at = 0; at < width; at++) {
                    // Nested data of a tensor are its instances, flat ones follow each other.
                    row.set(width == 1 ? name : name + "[" + at + "]", data.get(i * width + at));
                }
            }
            row(row, instances == 1 ? id : id + "/" + i, time);
        }
    }

    private void row(JsonNode row, @CheckForNull String id, @CheckForNull String time) throws WebhookException {
        if (!(row instanceof ObjectNode object) || row.isEmpty()) {
            throw new WebhookException("expected rows that are JSON objects");
        }
        if (lines.size() == ROWS) {
            throw new WebhookException("expected at most " + ROWS + " rows in a request");
        }
        if (id != null && !object.has(ID)) {
            object.put(ID, id);
        }
        if (!object.has(TIME)) {
            if (time == null) {
                object.put(TIME, nowMillis);
            } else {
                object.put(TIME, time);
            }
        }
        lines.add(Json.write(object));
    }
}
