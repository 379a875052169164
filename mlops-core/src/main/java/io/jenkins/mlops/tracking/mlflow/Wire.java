package io.jenkins.mlops.tracking.mlflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.tracking.DatasetInput;
import io.jenkins.mlops.tracking.Experiment;
import io.jenkins.mlops.tracking.LoggedModel;
import io.jenkins.mlops.tracking.LoggedModelStatus;
import io.jenkins.mlops.tracking.MetricPoint;
import io.jenkins.mlops.tracking.ModelMetric;
import io.jenkins.mlops.tracking.RunModels;
import io.jenkins.mlops.tracking.TrackedRun;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Writes experiments, runs and metrics as MLflow does. */
final class Wire {
    static final String RUN_NAME = "mlflow.runName";
    static final String CONTEXT = "mlflow.data.context";
    private static final String USER = "mlflow.user";

    private Wire() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Sets a text unless it is null or empty. */
    static void put(ObjectNode node, String name, @CheckForNull String value) {
        if (value != null && !value.isEmpty()) {
            node.put(name, value);
        }
    }

    /** Adds a list unless it would be empty. */
    static <T> void list(
            ObjectNode node, String name, Collection<T> values, BiConsumer<? super ArrayNode, ? super T> add) {
        if (!values.isEmpty()) {
            ArrayNode list = node.putArray(name);
            values.forEach(value -> add.accept(list, value));
        }
    }

    static void pairs(ObjectNode node, String name, Map<String, String> values) {
        list(
                node,
                name,
                values.entrySet(),
                (list, entry) -> list.addObject().put("key", entry.getKey()).put("value", entry.getValue()));
    }

    static String artifactLocation(String experimentId) {
        return "mlflow-artifacts:/" + experimentId;
    }

    static String artifactUri(TrackedRun run) {
        return artifactLocation(run.experimentId()) + "/" + run.id() + "/artifacts";
    }

    /** Where the files of a logged model are. */
    static String artifactUri(LoggedModel model) {
        return artifactLocation(model.experimentId()) + "/" + ModelSource.MODELS + "/" + model.id() + "/artifacts";
    }

    static ObjectNode experiment(Experiment experiment) {
        ObjectNode node = object().put("experiment_id", experiment.id())
                .put("name", experiment.name())
                .put("artifact_location", artifactLocation(experiment.id()))
                .put("lifecycle_stage", experiment.deleted() ? "deleted" : "active")
                .put("last_update_time", experiment.updatedMillis())
                .put("creation_time", experiment.createdMillis());
        pairs(node, "tags", experiment.tags());
        return node;
    }

    static ObjectNode info(TrackedRun run) {
        ObjectNode node = object().put("run_uuid", run.id())
                .put("experiment_id", run.experimentId())
                .put("run_name", run.name());
        put(node, "user_id", run.userId());
        node.put("status", run.status().name()).put("start_time", run.startMillis());
        if (run.endMillis() != 0) {
            node.put("end_time", run.endMillis());
        }
        return node.put("artifact_uri", artifactUri(run))
                .put("lifecycle_stage", run.deleted() ? "deleted" : "active")
                .put("run_id", run.id());
    }

    static ObjectNode run(TrackedRun run, RunModels models) {
        ObjectNode node = object();
        node.set("info", info(run));
        ObjectNode data = node.putObject("data");
        list(data, "metrics", run.metrics().values(), (list, point) -> list.add(metric(point)));
        pairs(data, "params", run.params());
        Map<String, String> tags = new TreeMap<>(run.tags());
        tags.put(RUN_NAME, run.name());
        if (!run.userId().isEmpty()) {
            tags.putIfAbsent(USER, run.userId());
        }
        pairs(data, "tags", tags);
        ObjectNode inputs = node.putObject("inputs");
        list(inputs, "dataset_inputs", run.inputs(), (list, input) -> list.add(input(input)));
        list(
                inputs,
                "model_inputs",
                models.inputs(),
                (list, model) -> list.addObject().put("model_id", model));
        if (!models.outputs().isEmpty()) {
            list(
                    node.putObject("outputs"),
                    "model_outputs",
                    models.outputs(),
                    (list, output) ->
                            list.addObject().put("model_id", output.modelId()).put("step", output.step()));
        }
        return node;
    }

    static ObjectNode loggedModel(LoggedModel model) {
        ObjectNode node = object();
        ObjectNode info = node.putObject("info")
                .put("model_id", model.id())
                .put("experiment_id", model.experimentId())
                .put("name", model.name())
                .put("creation_timestamp_ms", model.createdMillis())
                .put("last_updated_timestamp_ms", model.updatedMillis())
                .put("artifact_uri", artifactUri(model))
                .put("status", status(model.status()));
        put(info, "model_type", model.modelType());
        put(info, "source_run_id", model.sourceRunId());
        pairs(info, "tags", model.tags());
        ObjectNode data = node.putObject("data");
        pairs(data, "params", model.params());
        list(data, "metrics", model.metrics(), (list, metric) -> list.add(modelMetric(metric)));
        return node;
    }

    private static String status(LoggedModelStatus status) {
        return status == LoggedModelStatus.FAILED ? "LOGGED_MODEL_UPLOAD_FAILED" : "LOGGED_MODEL_" + status;
    }

    private static ObjectNode modelMetric(ModelMetric metric) {
        ObjectNode node = metric(metric.point());
        put(node, "dataset_name", metric.datasetName());
        put(node, "dataset_digest", metric.datasetDigest());
        return node.put("model_id", metric.modelId()).put("run_id", metric.runId());
    }

    static ObjectNode metric(MetricPoint point) {
        return object().put("key", point.key())
                .put("value", point.value())
                .put("timestamp", point.timestampMillis())
                .put("step", point.step());
    }

    /** A dataset as lists of datasets have it. */
    static ObjectNode summary(TrackedRun run, DatasetInput input) {
        ObjectNode node = object().put("experiment_id", run.experimentId())
                .put("name", input.name())
                .put("digest", input.digest());
        put(node, "context", input.context());
        return node;
    }

    private static ObjectNode input(DatasetInput input) {
        ObjectNode node = object();
        if (!input.context().isEmpty()) {
            node.putArray("tags").addObject().put("key", CONTEXT).put("value", input.context());
        }
        ObjectNode dataset = node.putObject("dataset")
                .put("name", input.name())
                .put("digest", input.digest())
                .put("source_type", input.sourceType())
                .put("source", input.source());
        put(dataset, "schema", input.schema());
        put(dataset, "profile", input.profile());
        return node;
    }
}
