package io.jenkins.mlops.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.json.JsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads metrics that a training script appends to a JSON Lines file: {@code {"step": 3, "loss": 0.21, "auc": 0.93}}.
 *
 * <p>{@code step} and {@code epoch} (the first of them that is there) count the training, {@code timestamp} is in
 * milliseconds since 1970 or, if it is below 10^11, in seconds; every other number is a metric. Texts are passed over.
 */
public final class MetricsLog {
    private static final double SECONDS_BELOW = 1e11;

    private MetricsLog() {}

    /**
     * Reads whole lines.
     *
     * @param file the file's name, for messages
     * @param text lines, empty ones among them
     * @param linesBefore how many lines of the file came before, for messages; also the step of lines without one
     * @param now the time of lines without one, in milliseconds since 1970
     * @throws JsonException if a line is no JSON object; the message names file and line
     */
    public static List<MetricPoint> parse(String file, String text, long linesBefore, long now) {
        List<MetricPoint> points = new ArrayList<>();
        long number = linesBefore;
        for (String line : text.split("\\R")) {
            number++;
            if (!line.isBlank()) {
                add(object(file, number, line), number - 1, now, points);
            }
        }
        return points;
    }

    private static JsonNode object(String file, long number, String line) {
        JsonNode node;
        try {
            node = Json.tree(line);
        } catch (JsonException e) {
            throw new JsonException(file + " line " + number
                    + ": expected a JSON object such as {\"step\": 3, \"loss\":" + " 0.21}; " + e.getMessage());
        }
        if (!node.isObject()) {
            throw new JsonException(file + " line " + number + ": expected a JSON object, found " + node.getNodeType());
        }
        return node;
    }

    private static void add(JsonNode line, long position, long now, List<MetricPoint> points) {
        String stepName = line.path("step").isNumber() ? "step" : "epoch";
        long step = line.path(stepName).asLong(position);
        JsonNode time = line.path("timestamp");
        long millis = now;
        if (time.isNumber()) {
            millis = (long) (time.asDouble() < SECONDS_BELOW ? time.asDouble() * 1000 : time.asDouble());
        }
        for (Map.Entry<String, JsonNode> field : line.properties()) {
            String name = field.getKey();
            if (field.getValue().isNumber() && !name.equals(stepName) && !name.equals("timestamp")) {
                points.add(new MetricPoint(name, field.getValue().asDouble(), millis, step));
            }
        }
    }
}
