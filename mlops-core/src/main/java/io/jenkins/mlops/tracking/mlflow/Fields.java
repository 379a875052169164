package io.jenkins.mlops.tracking.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.json.JsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The fields of a request: of its JSON body, or of its query. */
public final class Fields {
    private final ObjectNode node;

    private Fields(ObjectNode node) {
        this.node = node;
    }

    /**
     * Reads a body.
     *
     * @param body may be empty, which is <code>{}</code>
     * @throws MlflowException when it is no JSON object
     */
    public static Fields of(String body) {
        if (body.isBlank()) {
            return new Fields(Wire.object());
        }
        try {
            if (Json.tree(body) instanceof ObjectNode object) {
                return new Fields(object);
            }
        } catch (JsonException e) {
            throw new MlflowException(ErrorCode.BAD_REQUEST, "Malformed request body: " + e.getMessage());
        }
        throw new MlflowException(ErrorCode.BAD_REQUEST, "Malformed request body: expected a JSON object");
    }

    /** The fields of a query; what stands there twice is a list. */
    public static Fields of(Map<String, String[]> query) {
        ObjectNode node = Wire.object();
        query.forEach((name, values) -> {
            if (values.length == 1) {
                node.put(name, values[0]);
            } else {
                ArrayNode list = node.putArray(name);
                for (String value : values) {
                    list.add(value);
                }
            }
        });
        return new Fields(node);
    }

    /** The same with texts from elsewhere, which win. */
    Fields with(Map<String, String> more) {
        if (more.isEmpty()) {
            return this;
        }
        ObjectNode copy = node.deepCopy();
        more.forEach(copy::put);
        return new Fields(copy);
    }

    /** The whole, in one form, without the fields that change from page to page. */
    String query() {
        ObjectNode copy = node.deepCopy();
        copy.remove(List.of("page_token", "max_results"));
        return Json.write(copy);
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    /** A text; null when it isn't there. A number is its digits. */
    @CheckForNull
    String text(String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual() && !value.isNumber() && !value.isBoolean()) {
            throw wrong(name, value, "a text");
        }
        return value.asText();
    }

    String text(String name, String otherwise) {
        String value = text(name);
        return value == null ? otherwise : value;
    }

    /** A text that must be there and not be empty. */
    String required(String name) {
        String value = text(name);
        if (value == null || value.isEmpty()) {
            throw missing(name);
        }
        return value;
    }

    /** The run's id, by its present or its old name. */
    String runId() {
        String id = text("run_id");
        return id == null || id.isEmpty() ? requiredAs("run_uuid", "run_id") : id;
    }

    private String requiredAs(String name, String shown) {
        String value = text(name);
        if (value == null || value.isEmpty()) {
            throw missing(shown);
        }
        return value;
    }

    /** A whole number of 64 bits: a JSON number or its digits in a text; null when it isn't there. */
    @CheckForNull
    Long number(String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode()
                || value.isNull()
                || value.isTextual() && value.asText().isEmpty()) {
            return null;
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        if (value.isFloatingPointNumber() && value.doubleValue() == Math.rint(value.doubleValue())) {
            return value.longValue();
        }
        if (value.isTextual() && value.asText().matches("-?\\d{1,18}")) {
            return Long.parseLong(value.asText());
        }
        throw wrong(name, value, "a whole number");
    }

    long number(String name, long otherwise) {
        Long value = number(name);
        return value == null ? otherwise : value;
    }

    long requiredNumber(String name) {
        Long value = number(name);
        if (value == null) {
            throw missing(name);
        }
        return value;
    }

    /** A double that must be there; undefined ones are texts. */
    double requiredDouble(String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            throw missing(name);
        }
        if (value.isNumber()) {
            return value.doubleValue();
        }
        if (value.isTextual()) {
            switch (value.asText()) {
                case "NaN":
                    return Double.NaN;
                case "Infinity":
                    return Double.POSITIVE_INFINITY;
                case "-Infinity":
                    return Double.NEGATIVE_INFINITY;
                default:
                    try {
                        return Double.parseDouble(value.asText());
                    } catch (NumberFormatException e) {
                        throw wrong(name, value, "a number");
                    }
            }
        }
        throw wrong(name, value, "a number");
    }

    boolean flag(String name) {
        JsonNode value = node.path(name);
        if (value.isBoolean() || value.isMissingNode() || value.isNull()) {
            return value.asBoolean();
        }
        if (value.isTextual() && value.asText().matches("(?i)true|false")) {
            return Boolean.parseBoolean(value.asText());
        }
        throw wrong(name, value, "true or false");
    }

    boolean flag(String name, boolean otherwise) {
        return has(name) ? flag(name) : otherwise;
    }

    /** A list of texts; a single text is a list of one. */
    List<String> texts(String name) {
        JsonNode value = node.path(name);
        List<String> texts = new ArrayList<>();
        if (value.isTextual() && !value.asText().isEmpty()) {
            texts.add(value.asText());
        } else if (value.isArray()) {
            for (JsonNode entry : value) {
                if (!entry.isTextual() && !entry.isNumber()) {
                    throw wrong(name, value, "a list of texts");
                }
                texts.add(entry.asText());
            }
        } else if (!value.isMissingNode() && !value.isNull() && !value.isTextual()) {
            throw wrong(name, value, "a list of texts");
        }
        return texts;
    }

    /** A list of objects. */
    List<Fields> objects(String name) {
        JsonNode value = node.path(name);
        List<Fields> objects = new ArrayList<>();
        if (value.isMissingNode() || value.isNull()) {
            return objects;
        }
        if (!value.isArray()) {
            throw wrong(name, value, "a list of objects");
        }
        for (JsonNode entry : value) {
            if (!(entry instanceof ObjectNode object)) {
                throw wrong(name, entry, "an object");
            }
            objects.add(new Fields(object));
        }
        return objects;
    }

    /** An object that must be there. */
    Fields requiredObject(String name) {
        if (node.path(name) instanceof ObjectNode object) {
            return new Fields(object);
        }
        throw missing(name);
    }

    private static MlflowException missing(String name) {
        return MlflowException.invalid("Missing value for required parameter '" + name
                + "'. See the API docs for more information about request parameters.");
    }

    private static MlflowException wrong(String name, JsonNode value, String expected) {
        String shown = Json.write(value);
        return MlflowException.invalid("Invalid value " + (shown.length() > 100 ? shown.substring(0, 100) : shown)
                + " for parameter '" + name + "' supplied: expected " + expected);
    }
}
