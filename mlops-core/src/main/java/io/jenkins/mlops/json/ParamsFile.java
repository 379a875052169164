package io.jenkins.mlops.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file of parameters, such as {@code params.yaml} or {@code params.json}: nested mappings become names with dots,
 * lists become {@code [a, b]}, everything else the text that stands there.
 *
 * @param params the parameters by name
 */
public record ParamsFile(Map<String, String> params) {
    /** Most parameters that a file may hold. */
    public static final int MAX_PARAMS = 2_000;

    private static final int MAX_VALUE = 6_000;

    public ParamsFile {
        params = Collections.unmodifiableMap(new TreeMap<>(params));
    }

    /**
     * Reads a file's content.
     *
     * @param name the file's name, for its format and for messages
     * @throws JsonException when it is too long, not UTF-8, not JSON or YAML or no mapping; the message names the file
     *     and the place
     */
    public static ParamsFile parse(String name, byte[] content) {
        return new ParamsFile(flattened(name, FileReading.tree(name, content)));
    }

    static Map<String, String> flattened(String file, JsonNode tree) {
        Map<String, String> params = new TreeMap<>();
        collect(file, "", tree, params);
        return params;
    }

    private static void collect(String file, String prefix, JsonNode node, Map<String, String> params) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String key = Names.joined(file, prefix, member.getKey());
            JsonNode value = member.getValue();
            if (value.isObject() && !value.isEmpty()) {
                collect(file, key, value, params);
                continue;
            }
            String text = text(value);
            if (text.length() > MAX_VALUE) {
                throw new JsonException(file + ": the parameter '" + key + "' has " + text.length()
                        + " characters, at most " + MAX_VALUE + " are kept");
            }
            if (params.put(key, text) != null) {
                throw new JsonException(
                        file + " names the parameter '" + key + "' twice, once nested and once with a dot");
            }
            if (params.size() > MAX_PARAMS) {
                throw new JsonException(file + " has more than " + MAX_PARAMS + " parameters");
            }
        }
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            StringBuilder list = new StringBuilder("[");
            for (JsonNode element : value) {
                list.append(list.length() > 1 ? ", " : "").append(text(element));
            }
            return list.append(']').toString();
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
