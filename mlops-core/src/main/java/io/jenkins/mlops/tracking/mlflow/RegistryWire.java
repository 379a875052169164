package io.jenkins.mlops.tracking.mlflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.RegisteredModel;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes registered models and versions as MLflow does. */
final class RegistryWire {
    /** What a version's files are below, when they are no artifacts of a run: those of its build. */
    static final String MODELS = "models";

    private static final Pattern LOGGED = Pattern.compile("^mlflow-artifacts:/\\d+/models/(m-[0-9a-f]{32})/");

    private RegistryWire() {}

    static ObjectNode model(RegisteredModel model, long updatedMillis, List<ModelVersion> latest) {
        ObjectNode node = Wire.object()
                .put("name", model.name())
                .put("creation_timestamp", model.createdMillis())
                .put("last_updated_timestamp", updatedMillis);
        Wire.put(node, "description", model.description());
        Wire.list(node, "latest_versions", latest, (list, version) -> list.add(version(version, model)));
        Wire.pairs(node, "tags", model.tags());
        Wire.list(
                node,
                "aliases",
                model.aliases().entrySet(),
                (list, alias) ->
                        list.addObject().put("alias", alias.getKey()).put("version", String.valueOf(alias.getValue())));
        return node;
    }

    static ObjectNode version(ModelVersion version, RegisteredModel model) {
        ObjectNode node = Wire.object()
                .put("name", version.model())
                .put("version", String.valueOf(version.number()))
                .put("creation_timestamp", version.createdMillis())
                .put("last_updated_timestamp", version.createdMillis())
                .put("user_id", version.createdBy())
                .put("current_stage", Stage.of(version, model).wireName());
        node.put("description", version.description())
                .put("source", source(version))
                .put("run_id", version.runId() == null ? "" : version.runId())
                .put("status", "READY");
        Wire.pairs(node, "tags", version.tags());
        node.put("run_link", "");
        Matcher logged = LOGGED.matcher(source(version));
        if (logged.find()) {
            node.put("model_id", logged.group(1));
        }
        List<String> aliases = model.aliases().entrySet().stream()
                .filter(alias -> alias.getValue() == version.number())
                .map(Map.Entry::getKey)
                .toList();
        Wire.list(node, "aliases", aliases, (list, alias) -> list.add(alias));
        return node;
    }

    /** Where a client finds the version's files: the run's artifacts, or the build's under the version's name. */
    static String source(ModelVersion version) {
        String source = version.source();
        return source != null && source.startsWith("mlflow-artifacts:/")
                ? source
                : "mlflow-artifacts:/" + MODELS + "/" + version.model() + "/" + version.number();
    }
}
