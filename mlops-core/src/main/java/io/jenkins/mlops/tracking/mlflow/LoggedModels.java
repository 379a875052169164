package io.jenkins.mlops.tracking.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.json.JsonException;
import io.jenkins.mlops.registry.Limits;
import java.util.List;

/** Keeps the models that a run logged in one of its tags, as MLflow does, within the bound of a tag. */
final class LoggedModels {
    static final String TAG = "mlflow.log-model.history";

    /** What a model can do without, the longest first; the files themselves say it, too. */
    private static final List<String> DISPENSABLE = List.of(
            "signature", "saved_input_example_info", "metadata", "flavors", "prompts", "resources", "auth_policy");

    private LoggedModels() {}

    /** The tag's value with one more model; the oldest go where it would grow too long. */
    static String append(@CheckForNull String history, String modelJson) {
        ObjectNode model = model(modelJson);
        ArrayNode models = JsonNodeFactory.instance.arrayNode();
        if (history != null && tree(history) instanceof ArrayNode before) {
            models.addAll(before);
        }
        models.add(model);
        for (String part : DISPENSABLE) {
            if (Json.write(models).length() <= Limits.TAG_VALUE) {
                break;
            }
            for (JsonNode each : models) {
                if (each instanceof ObjectNode object) {
                    object.remove(part);
                }
            }
        }
        while (models.size() > 1 && Json.write(models).length() > Limits.TAG_VALUE) {
            models.remove(0);
        }
        return Json.write(models);
    }

    private static ObjectNode model(String json) {
        if (tree(json) instanceof ObjectNode model
                && model.path("artifact_path").isTextual()
                && model.path("run_id").isTextual()) {
            return model;
        }
        throw MlflowException.invalid("Invalid value for parameter 'model_json' supplied: expected a JSON object with"
                + " artifact_path, run_id, utc_time_created and flavors");
    }

    private static JsonNode tree(String json) {
        try {
            return Json.tree(json);
        } catch (JsonException e) {
            throw MlflowException.invalid("Malformed model info: " + e.getMessage());
        }
    }
}
