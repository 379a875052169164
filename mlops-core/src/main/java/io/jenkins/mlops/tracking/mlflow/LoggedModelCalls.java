package io.jenkins.mlops.tracking.mlflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.mlops.search.Field;
import io.jenkins.mlops.search.Filter;
import io.jenkins.mlops.search.Order;
import io.jenkins.mlops.search.Subject;
import io.jenkins.mlops.tracking.ArtifactPath;
import io.jenkins.mlops.tracking.ArtifactStore;
import io.jenkins.mlops.tracking.Experiment;
import io.jenkins.mlops.tracking.LoggedModel;
import io.jenkins.mlops.tracking.LoggedModelQuery;
import io.jenkins.mlops.tracking.LoggedModelQuery.By;
import io.jenkins.mlops.tracking.LoggedModelQuery.Dataset;
import io.jenkins.mlops.tracking.LoggedModelStart;
import io.jenkins.mlops.tracking.LoggedModelStatus;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.mlops.tracking.TrackingStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Answers the calls on logged models, which clients from MLflow 3 on make. */
final class LoggedModelCalls {
    private static final int USUAL = 50;
    private static final int MOST = 1_000;
    private static final String ID = "model_id";

    private final TrackingStore store;
    private final ArtifactStore artifacts;
    private final ExperimentCalls experiments;
    private final RunCalls runs;

    LoggedModelCalls(TrackingStore store, ArtifactStore artifacts, ExperimentCalls experiments, RunCalls runs) {
        this.store = store;
        this.artifacts = artifacts;
        this.experiments = experiments;
        this.runs = runs;
    }

    Reply create(Fields fields, Access access) {
        Experiment experiment = ExperimentCalls.active(experiments.seen(fields.required("experiment_id"), access));
        LoggedModelStart asked = access.opening(
                experiment,
                new LoggedModelStart(
                        experiment.id(),
                        fields.text("name"),
                        fields.text("model_type"),
                        fields.text("source_run_id"),
                        access.user(),
                        params(fields),
                        RunCalls.tags(fields)));
        String source = asked.sourceRunId();
        if (source != null) {
            TrackedRun run = runs.seen(source, access);
            access.mayChange(run);
        }
        return one(store.loggedModels().create(asked));
    }

    private static Map<String, String> params(Fields fields) {
        Map<String, String> params = new TreeMap<>();
        for (Fields param : fields.objects("params")) {
            params.put(param.required("key"), param.text("value", ""));
        }
        return params;
    }

    private static Reply one(LoggedModel model) {
        return Reply.of(Wire.object().set("model", Wire.loggedModel(model)));
    }

    Reply get(Fields fields, Access access) {
        return one(runs.seenModel(fields.required(ID), fields.flag("allow_deleted", false), access));
    }

    Reply finish(Fields fields, Access access) {
        LoggedModel model = changed(fields, access);
        return one(store.loggedModels().finish(model.id(), status(fields.required("status"))));
    }

    /** Clients send the names; the numbers are those of MLflow's protocol. */
    private static LoggedModelStatus status(String text) {
        return switch (text) {
            case "LOGGED_MODEL_PENDING", "1" -> LoggedModelStatus.PENDING;
            case "LOGGED_MODEL_READY", "2" -> LoggedModelStatus.READY;
            case "LOGGED_MODEL_UPLOAD_FAILED", "3" -> LoggedModelStatus.FAILED;
            default ->
                throw MlflowException.invalid("Invalid value " + text + " for parameter 'status' supplied: expected"
                        + " LOGGED_MODEL_PENDING, LOGGED_MODEL_READY or LOGGED_MODEL_UPLOAD_FAILED");
        };
    }

    Reply delete(Fields fields, Access access) {
        store.loggedModels().setDeleted(changed(fields, access).id(), true);
        return Reply.empty();
    }

    Reply logParams(Fields fields, Access access) {
        store.loggedModels().logParams(changed(fields, access).id(), params(fields));
        return Reply.empty();
    }

    Reply setTags(Fields fields, Access access) {
        LoggedModel model = changed(fields, access);
        store.loggedModels().setTags(model.id(), RunCalls.tags(fields));
        return one(store.loggedModels().get(model.id()));
    }

    Reply deleteTag(Fields fields, Access access) {
        store.loggedModels().deleteTag(changed(fields, access).id(), fields.required("tag_key"));
        return Reply.empty();
    }

    Reply listArtifacts(Fields fields, Access access) {
        LoggedModel model = runs.seenModel(fields.required(ID), false, access);
        ArtifactPath folder = ArtifactPath.of(fields.text("artifact_directory_path", ""));
        ObjectNode node = Wire.object().put("root_uri", Wire.artifactUri(model));
        ArtifactCalls.addFiles(node, artifacts.files(model.id(), folder), folder, folder.isRoot() ? "" : folder + "/");
        return Reply.of(node);
    }

    Reply search(Fields fields, Access access) {
        List<String> ids = new ArrayList<>();
        for (String id : fields.texts("experiment_ids")) {
            ids.add(experiments.seen(id, access).id());
        }
        if (ids.isEmpty()) {
            throw MlflowException.invalid("Missing value for required parameter 'experiment_ids'.");
        }
        List<Dataset> datasets = new ArrayList<>();
        for (Fields dataset : fields.objects("datasets")) {
            datasets.add(new Dataset(dataset.required("dataset_name"), nullIfEmpty(dataset.text("dataset_digest"))));
        }
        List<By> order = new ArrayList<>();
        for (Fields by : fields.objects("order_by")) {
            order.add(by(by));
        }
        LoggedModelQuery query =
                new LoggedModelQuery(ids, Filter.parse(fields.text("filter"), Subject.LOGGED_MODEL), datasets, order);
        return Paged.of(
                        fields,
                        "logged_models",
                        Paged.limit(fields, USUAL, MOST),
                        page -> store.loggedModels().search(query, page),
                        model -> runs.sees(model, access))
                .reply("models", Wire::loggedModel);
    }

    private static By by(Fields by) {
        Order order = Filter.order(List.of(by.required("field_name")), Subject.LOGGED_MODEL)
                .get(0);
        if (order.field() != Field.METRIC && order.field() != Field.ATTRIBUTE) {
            throw MlflowException.invalid("Invalid order by field name: " + by.required("field_name")
                    + ". Only metrics and attributes are supported.");
        }
        String dataset = by.text("dataset_name", "");
        return new By(
                new Order(order.field(), order.key(), !by.flag("ascending", true)),
                dataset.isEmpty() ? null : new Dataset(dataset, nullIfEmpty(by.text("dataset_digest"))));
    }

    private static String nullIfEmpty(String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private LoggedModel changed(Fields fields, Access access) {
        return runs.changeableModel(fields.required(ID), access);
    }
}
