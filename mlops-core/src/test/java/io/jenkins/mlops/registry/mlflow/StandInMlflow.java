package io.jenkins.mlops.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that answers as MLflow's does, over HTTP, as far as a registry is kept in step by: of one of four versions,
 * with the conventions that were seen on the wire, and with faults on demand.
 */
public final class StandInMlflow implements AutoCloseable {
    /** A version of MLflow, by what it offers. */
    public enum Dialect {
        V1_30(null, false, false),
        V2_2("2.2.2", false, false),
        V2_12("2.12.2", true, false),
        V3("3.4.0", true, true);

        private final String version;
        private final boolean aliases;
        private final boolean webhooks;

        Dialect(String version, boolean aliases, boolean webhooks) {
            this.version = version;
            this.aliases = aliases;
            this.webhooks = webhooks;
        }
    }

    /** What befalls a call instead of, or after, its answer. */
    public interface Fault {
        /** @return whether the exchange is done with */
        boolean befall(HttpExchange exchange) throws IOException;
    }

    private record Planned(String path, boolean afterwards, Fault fault) {}

    /** A call that came. */
    public record Call(String verb, String path, String authorization) {}

    /** A registered model. */
    public static final class Model {
        String description = "";
        int last;
        final Map<String, String> tags = new TreeMap<>();
        public final Map<String, Integer> aliases = new TreeMap<>();
        final Map<Integer, ObjectNode> versions = new TreeMap<>();
    }

    /** A run. */
    public static final class Run {
        String experiment;
        String status = "RUNNING";
        final Map<String, String> tags = new TreeMap<>();
        final Map<String, Double> metrics = new TreeMap<>();
    }

    static {
        // Else each answer waits 40 ms: its head and its body are two packets.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MLFLOW = "/api/2.0/mlflow/";
    private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts";

    public final Map<String, Model> models = new TreeMap<>();
    public final Map<String, Run> runs = new LinkedHashMap<>();
    public final Map<String, byte[]> files = new TreeMap<>();
    public final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Map<String, String> experiments = new LinkedHashMap<>();
    private final ConcurrentLinkedQueue<Planned> faults = new ConcurrentLinkedQueue<>();
    private final Dialect dialect;
    private final HttpServer server;
    private final java.util.concurrent.ExecutorService threads = Executors.newCachedThreadPool();
    volatile boolean servesArtifacts = true;
    public volatile String password;

    public StandInMlflow(Dialect dialect) throws IOException {
        this(dialect, 0);
    }

    public StandInMlflow(Dialect dialect, int port) throws IOException {
        this.dialect = dialect;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** Plans a fault for the next call whose path ends so; instead of its answer. */
    public void instead(String path, Fault fault) {
        faults.add(new Planned(path, false, fault));
    }

    /** Plans a fault for the next call whose path ends so, after what it asked for was done. */
    public void afterwards(String path, Fault fault) {
        faults.add(new Planned(path, true, fault));
    }

    public static Fault status(int status, String type, String body, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            answer(exchange, status, type, body);
            return true;
        };
    }

    /** The connection breaks off without an answer. */
    public static final Fault RESET = exchange -> {
        throw new IOException("reset");
    };

    public List<String> paths() {
        return calls.stream()
                .map(call -> call.verb() + " " + call.path().replaceFirst("^/api/2.0/", ""))
                .toList();
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** An error as MLflow words it. */
    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final String code;

        Refusal(int status, String code, String message) {
            super(message);
            this.status = status;
            this.code = code;
        }
    }

    private static Refusal missing(String what) {
        return new Refusal(404, "RESOURCE_DOES_NOT_EXIST", what + " not found");
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        calls.add(new Call(
                exchange.getRequestMethod(), path, exchange.getRequestHeaders().getFirst("Authorization")));
        try {
            if (fault(exchange, path, false)) {
                return;
            }
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (password != null
                    && !("Basic "
                                    + java.util.Base64.getEncoder()
                                            .encodeToString(password.getBytes(StandardCharsets.UTF_8)))
                            .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                answer(exchange, 401, "text/plain", "You are not authenticated.");
                return;
            }
            synchronized (this) {
                answer(exchange, path, body);
            }
        } catch (Refusal e) {
            answer(
                    exchange,
                    e.status,
                    "application/json",
                    JSON.createObjectNode()
                            .put("error_code", e.code)
                            .put("message", e.getMessage())
                            .toString());
        } catch (RuntimeException e) {
            answer(exchange, 500, "text/html", "<html>" + e + "</html>");
        } finally {
            exchange.close();
        }
    }

    private boolean fault(HttpExchange exchange, String path, boolean afterwards) throws IOException {
        for (Planned planned : faults) {
            if (planned.afterwards() == afterwards && path.endsWith(planned.path()) && faults.remove(planned)) {
                return planned.fault().befall(exchange);
            }
        }
        return false;
    }

    private void answer(HttpExchange exchange, String path, byte[] body) throws IOException {
        if (path.equals("/version") && dialect.version != null) {
            answer(exchange, 200, "text/html; charset=utf-8", dialect.version);
            return;
        }
        if (path.startsWith(ARTIFACTS)) {
            artifact(exchange, path, body);
            return;
        }
        ObjectNode result = path.startsWith(MLFLOW)
                ? call(exchange.getRequestMethod() + " " + path.substring(MLFLOW.length()), fields(exchange, body))
                : null;
        if (result == null) {
            answer(exchange, 404, "text/html; charset=utf-8", "<!doctype html>\n<title>404 Not Found</title>");
        } else if (!fault(exchange, path, true)) {
            answer(exchange, 200, "application/json", result.toString());
        }
    }

    private static JsonNode fields(HttpExchange exchange, byte[] body) throws IOException {
        if (!exchange.getRequestMethod().equals("GET")) {
            return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
        }
        return JSON.valueToTree(query(exchange));
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new TreeMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String field : raw == null ? new String[0] : raw.split("&")) {
            int equals = field.indexOf('=');
            query.put(
                    URLDecoder.decode(field.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }

    /** Null where this version doesn't know the call. */
    private ObjectNode call(String call, JsonNode in) {
        return switch (call) {
            case "GET registered-models/get" ->
                JSON.createObjectNode()
                        .set("registered_model", written(in.path("name").asText()));
            case "POST registered-models/create" -> createModel(in);
            case "GET registered-models/search" -> searchModels(in);
            case "PATCH registered-models/update" -> {
                model(in).description = in.path("description").asText();
                yield JSON.createObjectNode();
            }
            case "POST registered-models/set-tag" -> {
                model(in).tags.put(in.path("key").asText(), in.path("value").asText());
                yield JSON.createObjectNode();
            }
            case "DELETE registered-models/delete-tag" -> {
                model(in).tags.remove(in.path("key").asText());
                yield JSON.createObjectNode();
            }
            case "GET registered-models/alias", "POST registered-models/alias", "DELETE registered-models/alias" ->
                dialect.aliases ? alias(call, in) : null;
            case "POST model-versions/transition-stage" -> transition(in);
            case "GET model-versions/get" -> JSON.createObjectNode().set("model_version", version(in));
            case "GET model-versions/search" -> searchVersions(in);
            case "POST model-versions/create" -> createVersion(in);
            case "PATCH model-versions/update" -> {
                version(in).put("description", in.path("description").asText());
                yield JSON.createObjectNode();
            }
            case "POST model-versions/set-tag" -> {
                tag(version(in), in.path("key").asText(), in.path("value").asText());
                yield JSON.createObjectNode();
            }
            case "DELETE model-versions/delete-tag" -> {
                tag(version(in), in.path("key").asText(), null);
                yield JSON.createObjectNode();
            }
            case "GET model-versions/get-download-uri" ->
                JSON.createObjectNode()
                        .put("artifact_uri", version(in).path("source").asText());
            case "GET webhooks" -> dialect.webhooks ? JSON.createObjectNode() : null;
            default -> runs(call, in);
        };
    }

    private ObjectNode runs(String call, JsonNode in) {
        return switch (call) {
            case "GET experiments/get-by-name" -> {
                String id = experiments.get(in.path("experiment_name").asText());
                if (id == null) {
                    throw missing("Experiment");
                }
                ObjectNode node = JSON.createObjectNode();
                node.putObject("experiment").put("experiment_id", id).put("lifecycle_stage", "active");
                yield node;
            }
            case "POST experiments/create" -> {
                String id = String.valueOf(experiments.size() + 1);
                experiments.put(in.path("name").asText(), id);
                yield JSON.createObjectNode().put("experiment_id", id);
            }
            case "POST runs/create" -> {
                String id = String.format("%032x", runs.size() + 1);
                Run run = new Run();
                run.experiment = in.path("experiment_id").asText();
                in.path("tags")
                        .forEach(tag -> run.tags.put(
                                tag.path("key").asText(), tag.path("value").asText()));
                runs.put(id, run);
                ObjectNode node = JSON.createObjectNode();
                node.set("run", written(id, run));
                yield node;
            }
            case "POST runs/search" -> searchRuns(in);
            case "POST runs/set-tag" -> {
                run(in).tags.put(in.path("key").asText(), in.path("value").asText());
                yield JSON.createObjectNode();
            }
            case "POST runs/log-batch" -> {
                in.path("metrics")
                        .forEach(metric -> run(in).metrics
                                .put(
                                        metric.path("key").asText(),
                                        metric.path("value").asDouble()));
                yield JSON.createObjectNode();
            }
            case "POST runs/update" -> {
                run(in).status = in.path("status").asText();
                yield JSON.createObjectNode();
            }
            default -> null;
        };
    }

    private Run run(JsonNode in) {
        Run run = runs.get(in.path("run_id").asText());
        if (run == null) {
            throw missing("Run");
        }
        return run;
    }

    private ObjectNode written(String id, Run run) {
        ObjectNode node = JSON.createObjectNode();
        node.putObject("info")
                .put("run_id", id)
                .put("run_uuid", id)
                .put("experiment_id", run.experiment)
                .put("status", run.status)
                .put(
                        "artifact_uri",
                        servesArtifacts
                                ? "mlflow-artifacts:/" + run.experiment + "/" + id + "/artifacts"
                                : "s3://bucket/" + run.experiment + "/" + id + "/artifacts");
        pairs(node.putObject("data"), run.tags);
        return node;
    }

    private static void pairs(ObjectNode node, Map<String, String> tags) {
        if (!tags.isEmpty()) {
            ArrayNode list = node.putArray("tags");
            tags.forEach((key, value) -> list.addObject().put("key", key).put("value", value));
        }
    }

    private ObjectNode searchRuns(JsonNode in) {
        Matcher filter = Pattern.compile("tags\\.`([^`]+)` = '([^']*)'")
                .matcher(in.path("filter").asText());
        if (!filter.matches() || in.path("max_results").asInt() < 1) {
            throw new Refusal(400, "INVALID_PARAMETER_VALUE", "Invalid filter " + in);
        }
        ObjectNode node = JSON.createObjectNode();
        runs.forEach((id, run) -> {
            if (filter.group(2).equals(run.tags.get(filter.group(1)))
                    && run.experiment.equals(in.path("experiment_ids").path(0).asText())) {
                node.withArray("runs").add(written(id, run));
            }
        });
        return node;
    }

    private Model model(JsonNode in) {
        Model model = models.get(in.path("name").asText());
        if (model == null) {
            throw missing("Registered Model with name=" + in.path("name").asText());
        }
        return model;
    }

    private ObjectNode createModel(JsonNode in) {
        String name = in.path("name").asText();
        if (models.containsKey(name)) {
            throw new Refusal(400, "RESOURCE_ALREADY_EXISTS", "Registered Model (name=" + name + ") already exists.");
        }
        addModel(name).description = in.path("description").asText();
        in.path("tags")
                .forEach(tag -> models.get(name)
                        .tags
                        .put(tag.path("key").asText(), tag.path("value").asText()));
        return JSON.createObjectNode().set("registered_model", written(name));
    }

    private ObjectNode written(String name) {
        Model model = models.get(name);
        if (model == null) {
            throw missing("Registered Model with name=" + name);
        }
        ObjectNode node = JSON.createObjectNode().put("name", name).put("creation_timestamp", 1L);
        if (!model.description.isEmpty()) {
            node.put("description", model.description);
        }
        pairs(node, model.tags);
        Map<String, ObjectNode> latest = new TreeMap<>();
        model.versions
                .values()
                .forEach(version -> latest.put(version.path("current_stage").asText(), version));
        if (!latest.isEmpty()) {
            latest.values().forEach(node.withArray("latest_versions")::add);
        }
        if (dialect.aliases) {
            model.aliases.forEach((alias, number) ->
                    node.withArray("aliases").addObject().put("alias", alias).put("version", String.valueOf(number)));
        }
        return node;
    }

    private ObjectNode searchModels(JsonNode in) {
        // Pages of two, whatever is asked for, so that tokens are followed.
        String from = in.path("page_token").asText();
        ObjectNode node = JSON.createObjectNode();
        int count = 0;
        for (String name : models.keySet()) {
            if (name.compareTo(from) > 0 || from.isEmpty()) {
                if (count == 2) {
                    node.put("next_page_token", lastOf(node));
                    break;
                }
                node.withArray("registered_models").add(written(name));
                count++;
            }
        }
        return node;
    }

    private static String lastOf(ObjectNode node) {
        JsonNode models = node.path("registered_models");
        return models.path(models.size() - 1).path("name").asText();
    }

    private ObjectNode alias(String call, JsonNode in) {
        Model model = model(in);
        String alias = in.path("alias").asText();
        if (call.startsWith("POST")) {
            version(in);
            model.aliases.put(alias, in.path("version").asInt());
            return JSON.createObjectNode();
        }
        Integer number = call.startsWith("DELETE") ? model.aliases.remove(alias) : model.aliases.get(alias);
        if (number == null) {
            throw new Refusal(400, "INVALID_PARAMETER_VALUE", "Registered model alias " + alias + " not found.");
        }
        return JSON.createObjectNode().set("model_version", model.versions.get(number));
    }

    private ObjectNode transition(JsonNode in) {
        if (!in.has("archive_existing_versions")) {
            throw new Refusal(400, "INVALID_PARAMETER_VALUE", "Missing archive_existing_versions");
        }
        String stage = in.path("stage").asText();
        if (in.path("archive_existing_versions").asBoolean()) {
            model(in).versions.values().stream()
                    .filter(version -> version.path("current_stage").asText().equals(stage))
                    .forEach(version -> version.put("current_stage", "Archived"));
        }
        version(in).put("current_stage", stage);
        return JSON.createObjectNode().set("model_version", version(in));
    }

    private ObjectNode version(JsonNode in) {
        ObjectNode version = model(in).versions.get(in.path("version").asInt());
        if (version == null) {
            throw missing("Model Version");
        }
        return version;
    }

    private ObjectNode searchVersions(JsonNode in) {
        Matcher filter = Pattern.compile("(name|run_id) = ['\"](.*)['\"]")
                .matcher(in.path("filter").asText());
        if (!filter.matches()) {
            throw new Refusal(400, "INVALID_PARAMETER_VALUE", "Invalid filter");
        }
        ObjectNode node = JSON.createObjectNode();
        models.values()
                .forEach(model -> model.versions.values().forEach(version -> {
                    if (version.path(filter.group(1)).asText().equals(filter.group(2))) {
                        node.withArray("model_versions").add(version);
                    }
                }));
        return node;
    }

    private ObjectNode createVersion(JsonNode in) {
        model(in);
        ObjectNode version = addVersion(
                in.path("name").asText(),
                in.path("source").asText(),
                in.path("run_id").asText());
        version.put("description", in.path("description").asText());
        in.path("tags")
                .forEach(tag ->
                        tag(version, tag.path("key").asText(), tag.path("value").asText()));
        return JSON.createObjectNode().set("model_version", version);
    }

    private static void tag(ObjectNode version, String key, String value) {
        ArrayNode tags = version.withArray("tags");
        for (int i = 0; i < tags.size(); i++) {
            if (tags.get(i).path("key").asText().equals(key)) {
                tags.remove(i);
            }
        }
        if (value != null) {
            tags.addObject().put("key", key).put("value", value);
        }
    }

    private void artifact(HttpExchange exchange, String path, byte[] body) throws IOException {
        if (!servesArtifacts) {
            answer(
                    exchange,
                    503,
                    "text/html",
                    "Endpoint: /x disabled due to the mlflow server running with `--no-serve-artifacts`.");
            return;
        }
        if (path.equals(ARTIFACTS)) {
            String folder = query(exchange).getOrDefault("path", "") + "/";
            Map<String, Integer> found = new TreeMap<>();
            files.forEach((file, bytes) -> {
                if (file.startsWith(folder)) {
                    String rest = file.substring(folder.length());
                    found.put(rest.contains("/") ? rest.substring(0, rest.indexOf('/') + 1) : rest, bytes.length);
                }
            });
            ObjectNode node = JSON.createObjectNode();
            found.forEach((name, bytes) -> {
                ObjectNode file = node.withArray("files").addObject();
                file.put("path", name.replace("/", "")).put("is_dir", name.endsWith("/"));
                if (!name.endsWith("/")) {
                    file.put("file_size", bytes);
                }
            });
            answer(exchange, 200, "application/json", node.toString());
            return;
        }
        String file = path.substring(ARTIFACTS.length() + 1);
        if (exchange.getRequestMethod().equals("PUT")) {
            files.put(file, body);
            if (!fault(exchange, path, true)) {
                answer(exchange, 200, "application/json", "{}");
            }
        } else if (files.containsKey(file)) {
            byte[] bytes = files.get(file);
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } else {
            answer(exchange, 500, "application/json", "{\"error_code\":\"INTERNAL_ERROR\",\"message\":\"gone\"}");
        }
    }

    // What people do at the server, past Jenkins

    public Model addModel(String name) {
        return models.computeIfAbsent(name, key -> new Model());
    }

    public synchronized ObjectNode addVersion(String name, String source, String runId) {
        Model model = addModel(name);
        model.last++;
        ObjectNode version = JSON.createObjectNode()
                .put("name", name)
                .put("version", String.valueOf(model.last))
                .put("creation_timestamp", 1_700_000_000_000L)
                .put("current_stage", "None")
                .put("source", source)
                .put("run_id", runId)
                .put("user_id", "eve")
                .put("status", "READY");
        model.versions.put(model.last, version);
        return version;
    }

    /** Moves an alias, or the stage that stands for it. */
    public synchronized void moveOutside(String name, String alias, int version) {
        if (dialect.aliases) {
            models.get(name).aliases.put(alias, version);
        } else {
            transition(JSON.createObjectNode()
                    .put("name", name)
                    .put("version", version)
                    .put("stage", "Production")
                    .put("archive_existing_versions", true));
        }
    }

    /** Which version an alias, or the stage that stands for it, points at; 0 for none. */
    public synchronized int holder(String name, String alias) {
        Model model = models.get(name);
        if (dialect.aliases) {
            return model.aliases.getOrDefault(alias, 0);
        }
        return model.versions.values().stream()
                .filter(version -> version.path("current_stage").asText().equals("Production"))
                .mapToInt(version -> version.path("version").asInt())
                .findFirst()
                .orElse(0);
    }

    public synchronized Map<String, String> tags(String name, int version) {
        Map<String, String> tags = new TreeMap<>();
        for (JsonNode tag : models.get(name).versions.get(version).path("tags")) {
            tags.put(tag.path("key").asText(), tag.path("value").asText());
        }
        return tags;
    }

    public synchronized List<ObjectNode> versions(String name) {
        return new ArrayList<>(models.get(name).versions.values());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
