package io.jenkins.mlops.serving;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Judges whether the answer to a smoke request makes sense. Runs on the controller.
 *
 * <p>V2: an object with the right {@code model_name} and at least one output, each with a name, a known data type, a
 * shape, and as many finite values of that type as the shape says. MLflow: an object with {@code predictions} that hold
 * at least one value and no {@code null} or not-a-number. Plain HTTP: a 2xx answer. The expected fields must be there in
 * every protocol.
 */
public final class SmokeJudge {
    private static final Set<String> INTEGERS =
            Set.of("UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64");
    private static final Set<String> FLOATS = Set.of("FP16", "FP32", "FP64", "BF16");
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(64).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private SmokeJudge() {}

    /**
     * Judges an answer.
     *
     * @param check what was asked
     * @param result what came
     * @return healthy, or ill with the reason
     */
    public static Observation judge(HealthCheck check, ProbeResult result) {
        if (result.status() == 0) {
            return Observation.ill(result.error());
        }
        if (!result.successful()) {
            return Observation.ill("expected a prediction, found " + result.summary());
        }
        if (result.truncated()) {
            return Observation.ill("expected an answer of at most " + HttpProbe.MAX_BODY
                    + " bytes to one smoke request, found a longer one; ask for fewer rows");
        }
        if (check.protocol() == ServingProtocol.HTTP && check.expectedFields().isEmpty()) {
            return Observation.healthy("HTTP " + result.status() + " in " + result.latencyMillis() + " ms");
        }
        JsonNode root;
        try {
            root = JSON.readTree(result.body());
        } catch (JsonProcessingException e) {
            return Observation.ill("expected JSON, found " + excerpt(result.body()) + " (" + position(e) + ")");
        }
        try {
            String seen =
                    switch (check.protocol()) {
                        case OPEN_INFERENCE_V2 -> v2(root, check);
                        case MLFLOW -> mlflow(root, check);
                        case HTTP -> fields(root, check);
                    };
            return Observation.healthy(seen + " in " + result.latencyMillis() + " ms");
        } catch (IllegalArgumentException e) {
            return Observation.ill(e.getMessage() + "; the answer: " + excerpt(result.body()));
        }
    }

    private static String v2(JsonNode root, HealthCheck check) {
        require(root.isObject(), "expected a JSON object");
        require(
                !root.has("error"),
                "the model answered with an error: "
                        + Checks.quote(root.path("error").asText()));
        JsonNode model = root.path("model_name");
        require(
                model.isMissingNode() || model.asText().equals(check.modelName()),
                "expected model_name " + Checks.quote(check.modelName()) + ", found " + Checks.quote(model.asText()));
        JsonNode outputs = root.path("outputs");
        require(outputs.isArray() && !outputs.isEmpty(), "expected a non-empty array 'outputs'");
        List<String> names = new ArrayList<>();
        List<String> described = new ArrayList<>();
        for (JsonNode output : outputs) {
            described.add(output(output));
            names.add(output.path("name").asText());
        }
        for (String field : check.expectedFields()) {
            require(names.contains(field), "expected an output " + Checks.quote(field) + ", found " + names);
        }
        return "outputs " + Checks.clip(described.toString(), 300);
    }

    private static String output(JsonNode output) {
        require(output.isObject() && output.path("name").isTextual(), "expected outputs with a 'name'");
        String name = Checks.quote(output.path("name").asText());
        String type = output.path("datatype").asText("");
        require(
                INTEGERS.contains(type) || FLOATS.contains(type) || type.equals("BOOL") || type.equals("BYTES"),
                "output " + name + ": expected a data type of the protocol, found " + Checks.quote(type));
        JsonNode shape = output.path("shape");
        require(shape.isArray(), "output " + name + ": expected an array 'shape'");
        long size = 1;
        for (JsonNode dimension : shape) {
            require(
                    dimension.isIntegralNumber() && dimension.canConvertToInt() && dimension.asInt() >= 0,
                    "output " + name + ": expected whole numbers from 0 in 'shape', found " + shape);
            // No answer of 64 KiB holds more values; this also keeps the product from overflowing.
            size = Math.min(HttpProbe.MAX_BODY + 1L, size * dimension.asInt());
        }
        JsonNode data = output.path("data");
        require(data.isArray(), "output " + name + ": expected an array 'data'");
        long values = count(data, name, type);
        require(values > 0, "output " + name + ": expected at least one value, found none");
        require(
                values == size,
                "output " + name + ": the shape " + shape + " means " + size + " values, found " + values);
        return output.path("name").asText() + " " + type + " " + shape;
    }

    private static long count(JsonNode data, String name, String type) {
        long values = 0;
        for (JsonNode value : data) {
            if (value.isArray()) {
                values += count(value, name, type);
                continue;
            }
            boolean fits = INTEGERS.contains(type)
                    ? value.isIntegralNumber()
                    : FLOATS.contains(type)
                            ? value.isNumber() && Double.isFinite(value.asDouble())
                            : type.equals("BOOL") ? value.isBoolean() : value.isTextual();
            require(
                    fits,
                    "output " + name + ": expected values of type " + type + ", found "
                            + Checks.clip(value.toString(), 80));
            values++;
        }
        return values;
    }

    private static String mlflow(JsonNode root, HealthCheck check) {
        require(root.isObject(), "expected a JSON object");
        require(
                !root.has("error_code"),
                "the model answered with an error: "
                        + Checks.quote(root.path("message").asText()));
        JsonNode predictions = root.path("predictions");
        require(!predictions.isMissingNode(), "expected a field 'predictions'");
        long values = leaves(predictions);
        require(values > 0, "expected at least one prediction, found none");
        fields(root, check);
        return values + (values == 1 ? " prediction" : " predictions");
    }

    private static long leaves(JsonNode node) {
        if (node.isContainerNode()) {
            long values = 0;
            for (JsonNode child : node) {
                values += leaves(child);
            }
            return values;
        }
        require(!node.isNull(), "expected predictions, found null");
        require(
                !node.isTextual() || !Set.of("NaN", "Infinity", "-Infinity").contains(node.asText()),
                "expected predictions, found " + node);
        return 1;
    }

    private static String fields(JsonNode root, HealthCheck check) {
        for (String field : check.expectedFields()) {
            JsonNode node = root;
            for (String part : field.split("\\.")) {
                node = node.isArray() && part.matches("\\d{1,9}") ? node.path(Integer.parseInt(part)) : node.path(part);
            }
            require(!(node instanceof MissingNode) && !node.isNull(), "expected a field " + Checks.quote(field));
        }
        return check.expectedFields().size() + " expected fields";
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    private static String excerpt(String body) {
        return body.isBlank() ? "nothing" : Checks.quote(Checks.clip(body.strip(), 100));
    }

    private static String position(JsonProcessingException e) {
        return e.getLocation() == null
                ? "not JSON"
                : "line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }
}
