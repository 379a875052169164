package io.jenkins.mlops.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes a smoke request of one row from a model's signature. Runs on the controller. */
public final class SampleRequest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_VALUES = 100_000;

    private SampleRequest() {}

    /**
     * Returns a V2 request with zeros, {@code false} or empty texts for every input.
     *
     * @param signature JSON object with {@code inputs}: an array of {@code name}, {@code datatype} and {@code shape}, as
     *     in V2 model metadata; a dimension of -1 becomes 1
     * @return JSON text of the request
     * @throws IllegalArgumentException if the signature has no such inputs
     */
    public static String v2(String signature) {
        JsonNode inputs = inputs(signature);
        ObjectNode request = JSON.createObjectNode();
        ArrayNode made = request.putArray("inputs");
        for (JsonNode input : inputs) {
            String name = input.path("name").asText("");
            String type = input.path("datatype").asText("");
            if (name.isEmpty() || type.isEmpty() || !input.path("shape").isArray()) {
                throw new IllegalArgumentException(
                        "expected inputs with 'name', 'datatype' and 'shape' in the signature," + " found "
                                + Checks.clip(input.toString(), 200));
            }
            ObjectNode one = made.addObject();
            one.put("name", name);
            ArrayNode shape = one.putArray("shape");
            long values = 1;
            for (JsonNode dimension : input.path("shape")) {
                int size = dimension.asInt(0) < 0 ? 1 : dimension.asInt(0);
                shape.add(size);
                values = Math.min(MAX_VALUES + 1L, values * size);
            }
            if (values > MAX_VALUES) {
                throw new IllegalArgumentException("the input " + Checks.quote(name) + " has more than " + MAX_VALUES
                        + " values; give a smoke request instead");
            }
            one.put("datatype", type);
            ArrayNode data = one.putArray("data");
            for (long i = 0; i < values; i++) {
                add(data, type);
            }
        }
        return request.toString();
    }

    /**
     * Returns an MLflow scoring request with one row of zeros, {@code false} or empty texts.
     *
     * @param signature JSON array of MLflow's column specifications ({@code type}, {@code name}), or an object whose
     *     {@code inputs} hold it, as an array or as a text
     * @return JSON text of the request, as {@code dataframe_split}
     * @throws IllegalArgumentException if the signature has no such columns
     */
    public static String mlflow(String signature) {
        ObjectNode request = JSON.createObjectNode();
        ObjectNode frame = request.putObject("dataframe_split");
        ArrayNode columns = frame.putArray("columns");
        ArrayNode row = frame.putArray("data").addArray();
        for (JsonNode column : inputs(signature)) {
            if (!column.path("name").isTextual() || !column.path("type").isTextual()) {
                throw new IllegalArgumentException("expected columns with 'name' and 'type' in the signature, found "
                        + Checks.clip(column.toString(), 200) + "; give a smoke request instead");
            }
            columns.add(column.path("name").asText());
            switch (column.path("type").asText()) {
                case "boolean" -> row.add(false);
                case "integer", "long" -> row.add(0);
                case "float", "double" -> row.add(0.0);
                case "datetime" -> row.add("1970-01-01T00:00:00");
                default -> row.add("");
            }
        }
        return request.toString();
    }

    private static void add(ArrayNode data, String type) {
        if (type.equals("BOOL")) {
            data.add(false);
        } else if (type.equals("BYTES")) {
            data.add("");
        } else if (type.startsWith("FP") || type.equals("BF16")) {
            data.add(0.0);
        } else {
            data.add(0);
        }
    }

    private static JsonNode inputs(String signature) {
        try {
            JsonNode root = JSON.readTree(signature);
            JsonNode inputs = root.isArray() ? root : root.path("inputs");
            if (inputs.isTextual()) {
                inputs = JSON.readTree(inputs.asText());
            }
            if (!inputs.isArray() || inputs.isEmpty()) {
                throw new IllegalArgumentException(
                        "expected a non-empty array 'inputs' in the signature, found " + Checks.quote(signature));
            }
            return inputs;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("expected a signature in JSON, found " + Checks.quote(signature), e);
        }
    }
}
