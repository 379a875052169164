package io.jenkins.mlops.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.mlflow.RemoteException.Kind;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The part of MLflow's REST API that a registry is kept in step by, over one server.
 *
 * <p>Used by one thread at a time. Calls throw {@link RemoteException}, which says whether to ask again.
 */
public final class MlflowClient {
    static final String API = "/api/2.0/mlflow/";
    static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts";

    private static final String PAGE = "200";

    private final MlflowHttp http;

    @CheckForNull
    private Capabilities capabilities;

    /**
     * @param credentials asked anew for every call
     * @param allowed whether an address may be called; asked for every call and every redirect
     */
    public MlflowClient(
            ServerAddress address, Supplier<RemoteCredentials> credentials, Predicate<URI> allowed, Clock clock) {
        this(new MlflowHttp(
                address, credentials, allowed, clock, Thread::sleep, Duration.ofSeconds(MlflowHttp.CALL_SECONDS)));
    }

    MlflowClient(MlflowHttp http) {
        this.http = http;
    }

    public ServerAddress address() {
        return http.address();
    }

    /** What the server offers, as it was found last; asked for where nobody has yet. */
    public Capabilities capabilities() throws IOException, InterruptedException {
        Capabilities known = capabilities;
        return known == null ? detect() : known;
    }

    /** Asks the server anew what it offers. */
    public Capabilities detect() throws IOException, InterruptedException {
        Capabilities found = Capabilities.detect(http);
        capabilities = found;
        return found;
    }

    RemoteFiles files() {
        return new RemoteFiles(http);
    }

    /** A call whose answer may be that there is no such thing. */
    private interface Lookup<T> {
        T ask() throws IOException, InterruptedException;
    }

    private static <T> Optional<T> found(Lookup<T> lookup) throws IOException, InterruptedException {
        try {
            return Optional.of(lookup.ask());
        } catch (RemoteException e) {
            if (e.kind() == Kind.MISSING) {
                return Optional.empty();
            }
            throw e;
        }
    }

    // Models

    Optional<RemoteModel> model(String name) throws IOException, InterruptedException {
        return found(() -> RemoteModel.read(
                http.get(API + "registered-models/get", Map.of("name", name)).path("registered_model")));
    }

    /** Models by name, a page at a time. */
    Page<RemoteModel> models(@CheckForNull String token) throws IOException, InterruptedException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("max_results", PAGE);
        if (token != null) {
            query.put("page_token", token);
        }
        JsonNode answer = http.get(API + "registered-models/search", query);
        List<RemoteModel> models = new ArrayList<>();
        for (JsonNode node : answer.path("registered_models")) {
            models.add(RemoteModel.read(node));
        }
        return new Page<>(models, next(answer));
    }

    @CheckForNull
    private static String next(JsonNode answer) {
        String token = answer.path("next_page_token").asText();
        return token.isEmpty() ? null : token;
    }

    /** Makes a model; one that is there already is left as it is. */
    void createModel(String name, String description, Map<String, String> tags, String deploymentJob)
            throws IOException, InterruptedException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", name);
        body.put("description", description);
        body.put("tags", WireText.pairs(tags));
        // 3.x has a field for who deploys; earlier ones leave out what they don't know.
        body.put("deployment_job_id", deploymentJob);
        try {
            http.create(API + "registered-models/create", body);
        } catch (RemoteException e) {
            if (e.kind() != Kind.EXISTS) {
                throw e;
            }
        }
    }

    void describeModel(String name, String description) throws IOException, InterruptedException {
        http.put("PATCH", API + "registered-models/update", Map.of("name", name, "description", description));
    }

    void setModelTag(String name, String key, String value) throws IOException, InterruptedException {
        http.put("POST", API + "registered-models/set-tag", Map.of("name", name, "key", key, "value", value));
    }

    void deleteModelTag(String name, String key) throws IOException, InterruptedException {
        http.put("DELETE", API + "registered-models/delete-tag", Map.of("name", name, "key", key));
    }

    // Aliases and stages

    void setAlias(String name, String alias, int version) throws IOException, InterruptedException {
        http.put(
                "POST",
                API + "registered-models/alias",
                Map.of("name", name, "alias", alias, "version", String.valueOf(version)));
    }

    void deleteAlias(String name, String alias) throws IOException, InterruptedException {
        http.put("DELETE", API + "registered-models/alias", Map.of("name", name, "alias", alias));
    }

    /** Moves a version to a stage, and whatever else is in Staging or Production there out of it. */
    void moveToStage(String name, int version, String stage) throws IOException, InterruptedException {
        boolean active = stage.equals("Staging") || stage.equals("Production");
        http.put(
                "POST",
                API + "model-versions/transition-stage",
                Map.of(
                        "name",
                        name,
                        "version",
                        String.valueOf(version),
                        "stage",
                        stage,
                        "archive_existing_versions",
                        active));
    }

    // Versions

    Optional<RemoteVersion> version(String name, int number) throws IOException, InterruptedException {
        return found(() -> RemoteVersion.read(
                http.get(API + "model-versions/get", Map.of("name", name, "version", String.valueOf(number)))
                        .path("model_version")));
    }

    List<RemoteVersion> versionsOfRun(String runId) throws IOException, InterruptedException {
        return search("run_id = " + WireText.quoted(runId), null).items();
    }

    /** The versions of a model, a page at a time; servers of 1.x answer with all of them. */
    Page<RemoteVersion> versions(String name, @CheckForNull String token) throws IOException, InterruptedException {
        return search("name = " + WireText.quoted(name), token);
    }

    private Page<RemoteVersion> search(String filter, @CheckForNull String token)
            throws IOException, InterruptedException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("filter", filter);
        query.put("max_results", PAGE);
        if (token != null) {
            query.put("page_token", token);
        }
        JsonNode answer = http.get(API + "model-versions/search", query);
        return new Page<>(RemoteVersion.list(answer.path("model_versions")), next(answer));
    }

    /** Makes a version; the caller has looked whether it is there already. */
    RemoteVersion createVersion(
            String name, String source, @CheckForNull String runId, String description, Map<String, String> tags)
            throws IOException, InterruptedException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", name);
        body.put("source", source);
        if (runId != null) {
            body.put("run_id", runId);
        }
        body.put("description", description);
        body.put("tags", WireText.pairs(tags));
        return RemoteVersion.read(
                http.create(API + "model-versions/create", body).path("model_version"));
    }

    void describeVersion(String name, int number, String description) throws IOException, InterruptedException {
        http.put(
                "PATCH",
                API + "model-versions/update",
                Map.of("name", name, "version", String.valueOf(number), "description", description));
    }

    void setVersionTag(String name, int number, String key, String value) throws IOException, InterruptedException {
        http.put(
                "POST",
                API + "model-versions/set-tag",
                Map.of("name", name, "version", String.valueOf(number), "key", key, "value", value));
    }

    void deleteVersionTag(String name, int number, String key) throws IOException, InterruptedException {
        http.put(
                "DELETE",
                API + "model-versions/delete-tag",
                Map.of("name", name, "version", String.valueOf(number), "key", key));
    }

    /** Where a version's files are. */
    String downloadUri(String name, int number) throws IOException, InterruptedException {
        return WireText.text(
                http.get(
                        API + "model-versions/get-download-uri",
                        Map.of("name", name, "version", String.valueOf(number))),
                "artifact_uri");
    }

    // Runs, which hold the files

    /** The id of the experiment of this name, made where there is none. */
    String experiment(String name) throws IOException, InterruptedException {
        Optional<String> there = experimentIfThere(name);
        if (there.isPresent()) {
            return there.get();
        }
        try {
            return WireText.text(http.create(API + "experiments/create", Map.of("name", name)), "experiment_id");
        } catch (RemoteException e) {
            if (e.kind() != Kind.EXISTS) {
                throw e;
            }
            return experimentIfThere(name).orElseThrow(() -> e);
        }
    }

    private Optional<String> experimentIfThere(String name) throws IOException, InterruptedException {
        Optional<JsonNode> there =
                found(() -> http.get(API + "experiments/get-by-name", Map.of("experiment_name", name))
                        .path("experiment"));
        if (there.isEmpty()) {
            return Optional.empty();
        }
        if (there.get().path("lifecycle_stage").asText("active").equals("deleted")) {
            throw new RemoteException(
                    Kind.DENIED,
                    "The experiment '" + name + "' of " + http.address().base()
                            + " was deleted there; restore it, or configure another one");
        }
        return Optional.of(WireText.text(there.get(), "experiment_id"));
    }

    /** The run of an experiment that has a tag. */
    Optional<RemoteRun> run(String experimentId, String tag, String value) throws IOException, InterruptedException {
        JsonNode answer = http.put(
                "POST",
                API + "runs/search",
                Map.of(
                        "experiment_ids",
                        List.of(experimentId),
                        "filter",
                        "tags.`" + tag + "` = " + WireText.quoted(value),
                        "max_results",
                        1));
        JsonNode runs = answer.path("runs");
        return runs.isEmpty() ? Optional.empty() : Optional.of(RemoteRun.read(runs.get(0)));
    }

    /** Makes a run; the caller has looked whether it is there already. */
    RemoteRun createRun(String experimentId, String name, long startMillis, Map<String, String> tags)
            throws IOException, InterruptedException {
        Map<String, String> all = new LinkedHashMap<>(tags);
        all.put("mlflow.runName", name);
        return RemoteRun.read(http.create(
                        API + "runs/create",
                        Map.of(
                                "experiment_id",
                                experimentId,
                                "run_name",
                                name,
                                "start_time",
                                startMillis,
                                "tags",
                                WireText.pairs(all)))
                .path("run"));
    }

    void setRunTag(String runId, String key, String value) throws IOException, InterruptedException {
        http.put("POST", API + "runs/set-tag", Map.of("run_id", runId, "key", key, "value", value));
    }

    /** Logs metrics at one moment; the same ones once more change nothing. */
    void logMetrics(String runId, Map<String, Double> metrics, long millis) throws IOException, InterruptedException {
        List<Map<String, Object>> points = new ArrayList<>();
        metrics.forEach((key, value) -> points.add(Map.of("key", key, "value", value, "timestamp", millis, "step", 0)));
        http.put("POST", API + "runs/log-batch", Map.of("run_id", runId, "metrics", points));
    }

    void finishRun(String runId, long endMillis) throws IOException, InterruptedException {
        http.put("POST", API + "runs/update", Map.of("run_id", runId, "status", "FINISHED", "end_time", endMillis));
    }
}
