package io.jenkins.mlops.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file of metrics, such as {@code metrics.json} or {@code metrics.yaml}: nested mappings become names with dots, as
 * DVC reads them ({@code {"train": {"auc": 0.9}}} is {@code train.auc}).
 *
 * @param metrics the numbers by name; NaN and the infinities, bare or quoted, are numbers, true and false are 1 and 0
 * @param ignored names of what is no number (texts, lists, nulls), at most 100 of them
 */
public record MetricsFile(Map<String, Double> metrics, List<String> ignored) {
    /** Most metrics that a file may hold. */
    public static final int MAX_METRICS = 2_000;

    private static final int MAX_IGNORED = 100;

    public MetricsFile {
        metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
        ignored = Collections.unmodifiableList(new ArrayList<>(ignored));
    }

    /**
     * Reads a file's content.
     *
     * @param name the file's name, for its format and for messages
     * @throws JsonException when it is too long, not UTF-8, not JSON or YAML or no mapping; the message names the file
     *     and the place
     */
    public static MetricsFile parse(String name, byte[] content) {
        Map<String, Double> metrics = new TreeMap<>();
        List<String> ignored = new ArrayList<>();
        collect(name, "", FileReading.tree(name, content), metrics, ignored);
        return new MetricsFile(metrics, ignored);
    }

    private static void collect(
            String file, String prefix, JsonNode node, Map<String, Double> metrics, List<String> ignored) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String key = Names.joined(file, prefix, member.getKey());
            JsonNode value = member.getValue();
            if (value.isObject()) {
                collect(file, key, value, metrics, ignored);
                continue;
            }
            Double number = number(value);
            if (number == null) {
                if (ignored.size() < MAX_IGNORED) {
                    ignored.add(key);
                }
            } else if (metrics.put(key, number) != null) {
                throw new JsonException(
                        file + " names the metric '" + key + "' twice, once nested and once with a dot");
            } else if (metrics.size() > MAX_METRICS) {
                throw new JsonException(file + " has more than " + MAX_METRICS
                        + " metrics; keep the headline ones here and the rest in a file of their own");
            }
        }
    }

    private static Double number(JsonNode value) {
        if (value.isNumber()) {
            return value.doubleValue();
        }
        if (value.isBoolean()) {
            return value.booleanValue() ? 1.0 : 0.0;
        }
        if (value.isTextual()) {
            return switch (value.textValue().toLowerCase(Locale.ROOT)) {
                case "nan", ".nan" -> Double.NaN;
                case "infinity", "inf", ".inf", "+infinity", "+inf" -> Double.POSITIVE_INFINITY;
                case "-infinity", "-inf", "-.inf" -> Double.NEGATIVE_INFINITY;
                default -> null;
            };
        }
        return null;
    }
}
