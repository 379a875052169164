package io.jenkins.mlops.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.mlops.registry.mlflow.RemoteException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads and writes MLflow's JSON: whole numbers come as numbers or as texts, unset fields not at all. */
final class WireText {
    private WireText() {}

    /** A field that must be there. */
    static String text(JsonNode node, String field) throws RemoteException {
        JsonNode value = node.path(field);
        if (!value.isValueNode() || value.asText().isEmpty()) {
            throw new RemoteException(
                    Kind.UNREACHABLE, "Expected the field '" + field + "' in an answer of MLflow, found none");
        }
        return value.asText();
    }

    /** A version's number. */
    static int number(JsonNode node, String field) throws RemoteException {
        String text = text(node, field);
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new RemoteException(
                    Kind.UNREACHABLE,
                    "Expected a version's number in the field '" + field + "' of an answer of MLflow, found '"
                            + text.substring(0, Math.min(40, text.length())) + "'");
        }
        return Integer.parseInt(text);
    }

    /** {@code [{"key": ..., "value": ...}]} as a map. */
    static Map<String, String> pairs(JsonNode nodes) {
        Map<String, String> pairs = new TreeMap<>();
        for (JsonNode node : nodes) {
            pairs.put(node.path("key").asText(), node.path("value").asText());
        }
        return pairs;
    }

    /** A map as {@code [{"key": ..., "value": ...}]}. */
    static List<Map<String, String>> pairs(Map<String, String> map) {
        List<Map<String, String>> pairs = new ArrayList<>();
        map.forEach((key, value) -> pairs.add(Map.of("key", key, "value", value)));
        return pairs;
    }

    /**
     * A text in MLflow's filters, which know no escapes.
     *
     * @throws RemoteException when it holds both kinds of quotes
     */
    static String quoted(String text) throws RemoteException {
        if (!text.contains("'")) {
            return "'" + text + "'";
        }
        if (!text.contains("\"")) {
            return '"' + text + '"';
        }
        throw new RemoteException(
                Kind.REFUSED, "MLflow can't search for a name that has both kinds of quotes: " + text);
    }
}
