package io.jenkins.mlops.tracking.mlflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.search.Query;
import io.jenkins.mlops.search.Subject;
import io.jenkins.mlops.tracking.DatasetInput;
import io.jenkins.mlops.tracking.Experiment;
import io.jenkins.mlops.tracking.LoggedModel;
import io.jenkins.mlops.tracking.MetricPoint;
import io.jenkins.mlops.tracking.ModelMetric;
import io.jenkins.mlops.tracking.RunBatch;
import io.jenkins.mlops.tracking.RunModels;
import io.jenkins.mlops.tracking.RunQuery;
import io.jenkins.mlops.tracking.RunStart;
import io.jenkins.mlops.tracking.RunStatus;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.mlops.tracking.TrackingStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Answers the calls on runs. */
final class RunCalls {
    private static final int MOST = 50_000;
    private static final int USUAL = 1_000;
    private static final int STORE_PAGE = 1_000;
    private static final int MOST_EXPERIMENTS = 20;
    private static final int MOST_PAGES = 10;

    private final TrackingStore store;
    private final ExperimentCalls experiments;
    private final Clock clock;

    RunCalls(TrackingStore store, ExperimentCalls experiments, Clock clock) {
        this.store = store;
        this.experiments = experiments;
        this.clock = clock;
    }

    Reply create(Fields fields, Access access) {
        Experiment experiment = ExperimentCalls.active(experiments.seen(fields.text("experiment_id", "0"), access));
        Map<String, String> tags = tags(fields);
        tags.keySet().forEach(RunCalls::checkTag);
        String tagged = tags.remove(Wire.RUN_NAME);
        String name = fields.text("run_name");
        RunStart asked = new RunStart(
                null,
                experiment.id(),
                name == null || name.isEmpty() ? tagged : name,
                fields.text("user_id", access.user()),
                fields.number("start_time", clock.millis()),
                tags,
                null,
                null);
        TrackedRun made = store.createRun(access.opening(experiment, asked));
        return Reply.of(Wire.object().set("run", Wire.run(made, RunModels.NONE)));
    }

    Reply get(Fields fields, Access access) {
        String id = fields.runId();
        TrackedRun run = visible(() -> store.run(id), id, access);
        RunModels models = store.loggedModels().ofRuns(List.of(id)).getOrDefault(id, RunModels.NONE);
        return Reply.of(Wire.object().set("run", Wire.run(run, models)));
    }

    Reply update(Fields fields, Access access) {
        TrackedRun run = changed(fields, access);
        TrackedRun updated = store.update(
                run.id(), status(fields.text("status")), fields.number("end_time"), fields.text("run_name"));
        return Reply.of(Wire.object().set("run_info", Wire.info(updated)));
    }

    @CheckForNull
    private static RunStatus status(@CheckForNull String status) {
        if (status == null || status.isEmpty()) {
            return null;
        }
        try {
            return RunStatus.valueOf(status);
        } catch (IllegalArgumentException e) {
            throw MlflowException.invalid("Invalid value " + status
                    + " for parameter 'status' supplied: expected one of " + List.of(RunStatus.values()));
        }
    }

    Reply delete(Fields fields, Access access) {
        store.setDeleted(changeable(fields, access).id(), true);
        return Reply.empty();
    }

    Reply restore(Fields fields, Access access) {
        store.setDeleted(changeable(fields, access).id(), false);
        return Reply.empty();
    }

    Reply logMetric(Fields fields, Access access) {
        TrackedRun run = changed(fields, access);
        log(run, RunBatch.ofMetrics(List.of(point(fields))), ofModels(run, List.of(fields), access), access);
        return Reply.empty();
    }

    private static MetricPoint point(Fields fields) {
        return new MetricPoint(
                fields.required("key"),
                fields.requiredDouble("value"),
                fields.requiredNumber("timestamp"),
                fields.number("step", 0));
    }

    Reply logParameter(Fields fields, Access access) {
        TrackedRun run = changed(fields, access);
        Map<String, String> params = new TreeMap<>();
        params.put(fields.required("key"), fields.text("value", ""));
        log(run, RunBatch.ofParams(params), List.of(), access);
        return Reply.empty();
    }

    Reply setTag(Fields fields, Access access) {
        TrackedRun run = changed(fields, access);
        Map<String, String> tags = new TreeMap<>();
        tags.put(fields.required("key"), fields.text("value", ""));
        log(run, RunBatch.ofTags(tags), List.of(), access);
        return Reply.empty();
    }

    Reply deleteTag(Fields fields, Access access) {
        TrackedRun run = changed(fields, access);
        String key = fields.required("key");
        checkTag(key);
        try {
            store.deleteTag(run.id(), key);
        } catch (RegistryException.NotFound e) {
            throw MlflowException.missing("No tag with name: " + key + " in run with id " + run.id());
        }
        return Reply.empty();
    }

    Reply logBatch(Fields fields, Access access) {
        TrackedRun run = changed(fields, access);
        List<Fields> metrics = fields.objects("metrics");
        List<Fields> params = fields.objects("params");
        List<Fields> tags = fields.objects("tags");
        atMost("metrics", metrics.size(), RunBatch.MAX_ENTRIES);
        atMost("params", params.size(), RunBatch.MAX_PARAMS);
        atMost("tags", tags.size(), RunBatch.MAX_PARAMS);
        atMost("metrics, params, and tags", metrics.size() + params.size() + tags.size(), RunBatch.MAX_ENTRIES);
        List<MetricPoint> points = new ArrayList<>();
        metrics.forEach(metric -> points.add(point(metric)));
        Map<String, String> once = new TreeMap<>();
        for (Fields param : params) {
            String key = param.required("key");
            if (once.put(key, param.text("value", "")) != null) {
                throw MlflowException.invalid("Duplicate parameter keys have been submitted: ['" + key
                        + "']. Please ensure the request contains only one param value per param key.");
            }
        }
        log(run, new RunBatch(points, once, tags(fields)), ofModels(run, metrics, access), access);
        return Reply.empty();
    }

    private static void atMost(String what, int count, int most) {
        if (count > most) {
            throw MlflowException.invalid("A batch logging request can contain at most " + most + " " + what + ". Got "
                    + count + " " + what + ". Please split up " + what + " across multiple requests and try again.");
        }
    }

    /** Logs a batch; the tag that names the run renames it. */
    private void log(TrackedRun run, RunBatch batch, List<ModelMetric> ofModels, Access access) {
        batch.tags().keySet().forEach(RunCalls::checkTag);
        String name = batch.tags().get(Wire.RUN_NAME);
        if (name != null) {
            Map<String, String> others = new TreeMap<>(batch.tags());
            others.remove(Wire.RUN_NAME);
            store.update(run.id(), null, null, name);
            log(run, new RunBatch(batch.metrics(), batch.params(), others), ofModels, access);
            return;
        }
        store.log(run.id(), batch, ofModels);
        access.logged(run, batch);
    }

    /** Those of the metrics that are said to be of logged models. */
    private List<ModelMetric> ofModels(TrackedRun run, List<Fields> metrics, Access access) {
        List<ModelMetric> ofModels = new ArrayList<>();
        for (Fields metric : metrics) {
            String model = metric.text("model_id", "");
            if (!model.isEmpty()) {
                ofModels.add(new ModelMetric(
                        model,
                        run.id(),
                        point(metric),
                        metric.text("dataset_name", ""),
                        metric.text("dataset_digest", "")));
            }
        }
        ofModels.stream().map(ModelMetric::modelId).distinct().forEach(id -> changeableModel(id, access));
        return ofModels;
    }

    /** Whose nested run a run is decides who may change it, so it is said once, when the run is opened. */
    private static void checkTag(String key) {
        if (key.equals(Access.ROOT)) {
            throw MlflowException.denied("The tag '" + Access.ROOT + "' is set by Jenkins alone");
        }
    }

    Reply logInputs(Fields fields, Access access) {
        TrackedRun run = changed(fields, access);
        List<DatasetInput> inputs = new ArrayList<>();
        for (Fields input : fields.objects("datasets")) {
            Fields dataset = input.requiredObject("dataset");
            inputs.add(new DatasetInput(
                    dataset.required("name"),
                    dataset.required("digest"),
                    tags(input).getOrDefault(Wire.CONTEXT, ""),
                    dataset.required("source_type"),
                    dataset.required("source"),
                    dataset.text("schema"),
                    dataset.text("profile")));
        }
        List<String> models = new ArrayList<>();
        for (Fields model : fields.objects("models")) {
            models.add(seenModel(model.required("model_id"), false, access).id());
        }
        if (!inputs.isEmpty()) {
            store.logInputs(run.id(), inputs);
        }
        if (!models.isEmpty()) {
            store.loggedModels().logInputs(run.id(), models);
        }
        return Reply.empty();
    }

    Reply logOutputs(Fields fields, Access access) {
        TrackedRun run = changed(fields, access);
        List<RunModels.Output> outputs = new ArrayList<>();
        for (Fields model : fields.objects("models")) {
            outputs.add(new RunModels.Output(
                    seenModel(model.required("model_id"), false, access).id(), model.number("step", 0)));
        }
        store.loggedModels().logOutputs(run.id(), outputs);
        return Reply.empty();
    }

    Reply logModel(Fields fields, Access access) {
        TrackedRun run = changed(fields, access);
        String history = LoggedModels.append(run.tags().get(LoggedModels.TAG), fields.required("model_json"));
        store.log(run.id(), RunBatch.ofTags(Map.of(LoggedModels.TAG, history)));
        return Reply.empty();
    }

    Reply search(Fields fields, Access access) {
        Query query = Query.parse(
                Subject.RUN,
                fields.text("filter"),
                fields.texts("order_by"),
                ExperimentCalls.lifecycle(fields, "run_view_type"));
        List<String> ids = fields.texts("experiment_ids");
        int limit = Paged.limit(fields, USUAL, MOST);
        if (ids.isEmpty()) {
            return Reply.empty();
        }
        RunQuery runs = new RunQuery(ids, query);
        Paged<TrackedRun> found = Paged.of(fields, "runs", limit, page -> store.runs(runs, page), access::sees);
        Map<String, RunModels> models = modelsOf(found.items());
        return found.reply("runs", run -> Wire.run(run, models.getOrDefault(run.id(), RunModels.NONE)));
    }

    /** The datasets that the runs of experiments used, each once. */
    Reply searchDatasets(Fields fields, Access access) {
        List<String> ids = fields.texts("experiment_ids");
        if (ids.isEmpty() || ids.size() > MOST_EXPERIMENTS) {
            throw MlflowException.invalid("SearchDatasets request must specify 1 to " + MOST_EXPERIMENTS
                    + " experiment_ids. Received " + ids.size() + " experiment_ids.");
        }
        ids.forEach(id -> experiments.seen(id, access));
        Set<ObjectNode> datasets = new LinkedHashSet<>();
        RunQuery query = new RunQuery(ids, Query.all());
        String token = null;
        for (int page = 0; page < MOST_PAGES && datasets.size() < USUAL; page++) {
            Page<TrackedRun> found = store.runs(query, new Page.Request(STORE_PAGE, token));
            found.items().stream()
                    .filter(access::sees)
                    .forEach(run -> run.inputs().forEach(input -> datasets.add(Wire.summary(run, input))));
            token = found.nextToken();
            if (token == null) {
                break;
            }
        }
        ObjectNode node = Wire.object();
        Wire.list(
                node,
                "dataset_summaries",
                datasets.stream().limit(USUAL).toList(),
                (list, dataset) -> list.add(dataset));
        return Reply.of(node);
    }

    private Map<String, RunModels> modelsOf(List<TrackedRun> runs) {
        Map<String, RunModels> models = new HashMap<>();
        for (int from = 0; from < runs.size(); from += STORE_PAGE) {
            models.putAll(store.loggedModels()
                    .ofRuns(runs.subList(from, Math.min(runs.size(), from + STORE_PAGE)).stream()
                            .map(TrackedRun::id)
                            .toList()));
        }
        return models;
    }

    /** The logged model, if the caller may see it: with the run that made it, where one did. */
    LoggedModel seenModel(String id, boolean deletedToo, Access access) {
        if (LoggedModel.isId(id)) {
            try {
                LoggedModel model = store.loggedModels().get(id);
                if ((deletedToo || !model.deleted()) && sees(model, access)) {
                    return model;
                }
            } catch (RegistryException.NotFound e) {
                throw absentModel(id);
            }
        }
        throw absentModel(id);
    }

    boolean sees(LoggedModel model, Access access) {
        String run = model.sourceRunId();
        return run == null ? access.sees(model) : access.sees(store.runInfo(run));
    }

    /** The logged model, if the caller may change it. */
    LoggedModel changeableModel(String id, Access access) {
        LoggedModel model = seenModel(id, false, access);
        String run = model.sourceRunId();
        if (run == null) {
            access.mayChange(model);
        } else {
            access.mayChange(store.runInfo(run));
        }
        return model;
    }

    private static MlflowException absentModel(String id) {
        return MlflowException.missing("Logged model with ID '" + id + "' not found.");
    }

    /** The tags of a request, by key; the last one wins. */
    static Map<String, String> tags(Fields fields) {
        Map<String, String> tags = new TreeMap<>();
        for (Fields tag : fields.objects("tags")) {
            tags.put(tag.required("key"), tag.text("value", ""));
        }
        return tags;
    }

    private TrackedRun changed(Fields fields, Access access) {
        TrackedRun run = changeable(fields, access);
        if (run.deleted()) {
            throw MlflowException.invalid(
                    "The run " + run.id() + " must be in the 'active' state. Current state is deleted.");
        }
        return run;
    }

    private TrackedRun changeable(Fields fields, Access access) {
        TrackedRun run = seen(fields.runId(), access);
        access.mayChange(run);
        return run;
    }

    /** The run with its tags, if the caller may see it; else it is not there for it. */
    TrackedRun seen(String id, Access access) {
        return visible(() -> store.runInfo(id), id, access);
    }

    private static TrackedRun visible(java.util.function.Supplier<TrackedRun> read, String id, Access access) {
        try {
            TrackedRun run = read.get();
            if (access.sees(run)) {
                return run;
            }
        } catch (RegistryException.NotFound e) {
            throw absent(id);
        }
        throw absent(id);
    }

    private static MlflowException absent(String id) {
        return MlflowException.missing("Run with id=" + id + " not found");
    }
}
