package io.jenkins.mlops.tracking.mlflow;

import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.tracking.ArtifactStore;
import io.jenkins.mlops.tracking.TrackingStore;
import java.time.Clock;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** MLflow's REST API 2.0 below {@code mlflow/}: finds the call that a request makes and answers it. */
public final class MlflowServer {
    /** The MLflow whose API this is, for clients that ask. */
    public static final String VERSION = "2.12.2";

    private static final int MAX_BATCH_BYTES = 1_000_000;
    private static final int MAX_BYTES = 20_000_000;
    private static final String LOG_BATCH = "runs/log-batch";
    private static final String LOGGED_MODEL = "logged-models/{model_id}";
    /** The one kind of call whose path has values in it. */
    private static final Pattern IN_PATH =
            Pattern.compile("logged-models/(?<id>[^/]+)(?:/tags/(?<key>.+)|(?<what>/[a-z/]+))?", Pattern.DOTALL);

    private final Map<String, Call> calls = new TreeMap<>();
    private final ProxiedArtifacts proxied;

    private interface Call {
        Reply answer(Fields fields, Access access);
    }

    /** Answers from these stores; {@code clock} gives the time where a client leaves it out. */
    public MlflowServer(
            TrackingStore tracking,
            ModelRegistry registry,
            ArtifactStore artifacts,
            ProxiedArtifacts.VersionFiles versionFiles,
            Clock clock) {
        ExperimentCalls experiments = new ExperimentCalls(tracking);
        calls.put("POST experiments/create", experiments::create);
        calls.put("GET experiments/get", experiments::get);
        calls.put("GET experiments/get-by-name", experiments::getByName);
        calls.put("GET experiments/search", experiments::search);
        calls.put("POST experiments/search", experiments::search);
        calls.put("GET experiments/list", experiments::search);
        calls.put("POST experiments/set-experiment-tag", experiments::setTag);
        calls.put("POST experiments/delete-experiment-tag", experiments::deleteTag);
        calls.put("POST experiments/update", experiments::update);
        calls.put("POST experiments/delete", experiments::delete);
        calls.put("POST experiments/restore", experiments::restore);
        RunCalls runs = new RunCalls(tracking, experiments, clock);
        calls.put("POST runs/create", runs::create);
        calls.put("GET runs/get", runs::get);
        calls.put("POST runs/update", runs::update);
        calls.put("POST runs/delete", runs::delete);
        calls.put("POST runs/restore", runs::restore);
        calls.put("POST runs/log-metric", runs::logMetric);
        calls.put("POST runs/log-parameter", runs::logParameter);
        calls.put("POST runs/set-tag", runs::setTag);
        calls.put("POST runs/delete-tag", runs::deleteTag);
        calls.put("POST " + LOG_BATCH, runs::logBatch);
        calls.put("POST runs/log-inputs", runs::logInputs);
        calls.put("POST runs/log-model", runs::logModel);
        calls.put("POST runs/search", runs::search);
        calls.put("POST runs/outputs", runs::logOutputs);
        calls.put("POST experiments/search-datasets", runs::searchDatasets);
        MetricCalls metrics = new MetricCalls(tracking, runs);
        calls.put("GET metrics/get-history", metrics::history);
        calls.put("GET metrics/get-history-bulk", metrics::historyBulk);
        calls.put("GET metrics/get-history-bulk-interval", metrics::historyBulkInterval);
        calls.put("GET artifacts/list", new ArtifactCalls(artifacts, runs)::list);
        ModelCalls models = new ModelCalls(registry);
        proxied = new ProxiedArtifacts(artifacts, runs, registry, models, versionFiles);
        addLoggedModels(new LoggedModelCalls(tracking, artifacts, experiments, runs));
        calls.put("POST artifacts/presigned-upload-url", (fields, access) -> presignedUpload());
        addModels(models);
        addVersions(new VersionCalls(registry, tracking, artifacts, models, runs));
    }

    private void addLoggedModels(LoggedModelCalls models) {
        calls.put("POST logged-models", models::create);
        calls.put("POST logged-models/search", models::search);
        calls.put("GET " + LOGGED_MODEL, models::get);
        calls.put("PATCH " + LOGGED_MODEL, models::finish);
        calls.put("DELETE " + LOGGED_MODEL, models::delete);
        calls.put("POST " + LOGGED_MODEL + "/params", models::logParams);
        calls.put("PATCH " + LOGGED_MODEL + "/tags", models::setTags);
        calls.put("DELETE " + LOGGED_MODEL + "/tags/{tag_key}", models::deleteTag);
        calls.put("GET " + LOGGED_MODEL + "/artifacts/directories", models::listArtifacts);
    }

    private static Reply presignedUpload() {
        throw MlflowException.invalid("Presigned upload is not supported for runs with proxied artifact storage"
                + " (artifact URI scheme: mlflow-artifacts). This endpoint requires a run with a direct cloud storage"
                + " artifact URI.");
    }

    private void addModels(ModelCalls models) {
        calls.put("POST registered-models/create", models::create);
        calls.put("GET registered-models/get", models::get);
        calls.put("GET registered-models/search", models::search);
        calls.put("POST registered-models/search", models::search);
        calls.put("GET registered-models/list", models::search);
        calls.put("PATCH registered-models/update", models::update);
        calls.put("POST registered-models/rename", models::rename);
        calls.put("DELETE registered-models/delete", models::delete);
        calls.put("POST registered-models/set-tag", models::setTag);
        calls.put("DELETE registered-models/delete-tag", models::deleteTag);
        calls.put("POST registered-models/get-latest-versions", models::getLatestVersions);
        calls.put("GET registered-models/get-latest-versions", models::getLatestVersions);
        calls.put("POST registered-models/alias", models::setAlias);
        calls.put("GET registered-models/alias", models::getAlias);
        calls.put("DELETE registered-models/alias", models::deleteAlias);
    }

    private void addVersions(VersionCalls versions) {
        calls.put("POST model-versions/create", versions::create);
        calls.put("GET model-versions/get", versions::get);
        calls.put("GET model-versions/search", versions::search);
        calls.put("POST model-versions/search", versions::search);
        calls.put("PATCH model-versions/update", versions::update);
        calls.put("DELETE model-versions/delete", versions::delete);
        calls.put("GET model-versions/get-download-uri", versions::getDownloadUri);
        calls.put("POST model-versions/set-tag", versions::setTag);
        calls.put("DELETE model-versions/delete-tag", versions::deleteTag);
        calls.put("POST model-versions/transition-stage", versions::transitionStage);
    }

    /** The artifact proxy. */
    public ProxiedArtifacts artifacts() {
        return proxied;
    }

    /** All calls, as verb and path, for instance {@code POST runs/create}. */
    public Set<String> calls() {
        return Collections.unmodifiableSet(calls.keySet());
    }

    /** A call, with what its path says beside its name. */
    private record Route(String name, Map<String, String> fields) {
        static Route of(String verb, String path) {
            Matcher model = IN_PATH.matcher(path);
            if (!model.matches() || path.equals("logged-models/search")) {
                return new Route(verb + " " + path, Map.of());
            }
            String key = model.group("key");
            return key == null
                    ? new Route(
                            verb + " " + LOGGED_MODEL + Objects.requireNonNullElse(model.group("what"), ""),
                            Map.of("model_id", model.group("id")))
                    : new Route(
                            verb + " " + LOGGED_MODEL + "/tags/{tag_key}",
                            Map.of("model_id", model.group("id"), "tag_key", key));
        }
    }

    /** Whether there is a call on this path by this verb. */
    public boolean offers(String verb, String path) {
        return calls.containsKey(Route.of(verb, path).name());
    }

    /** The longest body that a call takes, in bytes. */
    public int maxBytes(String path) {
        return path.equals(LOG_BATCH) ? MAX_BATCH_BYTES : MAX_BYTES;
    }

    /** The refusal of a body that is longer. */
    public MlflowException tooLong(String path, long bytes) {
        return MlflowException.invalid((path.equals(LOG_BATCH) ? "Batched logging API requests" : "Requests")
                + " must be at most " + maxBytes(path) + " bytes, got a request of size " + bytes + ".");
    }

    /**
     * Makes a call.
     *
     * @param path below {@code mlflow/}, for instance {@code runs/create}; one that {@link #offers} is true of
     * @throws MlflowException when it is refused
     */
    public Reply answer(String verb, String path, Fields fields, Access access) {
        try {
            Route route = Route.of(verb, path);
            return calls.get(route.name()).answer(fields.with(route.fields()), access);
        } catch (RuntimeException e) {
            throw MlflowException.of(e);
        }
    }
}
