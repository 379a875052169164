package io.jenkins.plugins.mlops.registry.pages;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.json.Json;
import java.util.ArrayList;
import java.util.List;

/** A version's input and output schema as tables, and as it is where it has another shape. */
public final class SignatureView {
    private final String json;
    private final List<Column> inputs;
    private final List<Column> outputs;

    private SignatureView(String json, List<Column> inputs, List<Column> outputs) {
        this.json = json;
        this.inputs = inputs;
        this.outputs = outputs;
    }

    static SignatureView of(@CheckForNull String json) {
        if (json == null || json.isBlank()) {
            return new SignatureView("", List.of(), List.of());
        }
        try {
            JsonNode tree = Json.read(json, JsonNode.class);
            return new SignatureView(json, columns(tree.get("inputs")), columns(tree.get("outputs")));
        } catch (IllegalArgumentException e) {
            return new SignatureView(json, List.of(), List.of());
        }
    }

    /** A list of columns; MLflow keeps it as JSON within a string. */
    private static List<Column> columns(@CheckForNull JsonNode given) {
        List<Column> columns = new ArrayList<>();
        JsonNode list = given != null && given.isTextual() ? Json.read(given.asText(), JsonNode.class) : given;
        if (list == null || !list.isArray()) {
            return columns;
        }
        for (JsonNode column : list) {
            JsonNode type = column.get("type");
            columns.add(new Column(
                    column.path("name").asText(""),
                    type == null ? "" : type.isTextual() ? type.asText() : type.toString(),
                    column.path("required").asBoolean(true)));
        }
        return columns;
    }

    public boolean isKnown() {
        return !json.isEmpty();
    }

    /** Whether it could be read as columns. */
    public boolean isTabular() {
        return !inputs.isEmpty() || !outputs.isEmpty();
    }

    public String getJson() {
        return json;
    }

    public List<Column> getInputs() {
        return new ArrayList<>(inputs);
    }

    public List<Column> getOutputs() {
        return new ArrayList<>(outputs);
    }

    /** One column of a schema. */
    public record Column(String name, String type, boolean required) {
        public String getName() {
            return name;
        }

        public String getType() {
            return type;
        }

        public boolean isRequired() {
            return required;
        }
    }
}
