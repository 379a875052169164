package example;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/** Serves the classifier by the Open Inference Protocol (V2) over REST. */
final class Serve implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_BODY = 8 * 1024 * 1024;

    private final String name;
    private final Classifier classifier;
    private final JsonNode signature;
    private final HttpServer server;

    Serve(String name, Path model, String host, int port) throws IOException {
        this.name = name;
        this.classifier = Classifier.read(model.resolve("model.json"));
        this.signature = JSON.readTree(Files.readAllBytes(model.resolve("signature.json")));
        this.server = HttpServer.create(new InetSocketAddress(host, port), 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/", this::handle);
        server.start();
    }

    static void run(Main.Options options) throws IOException {
        String port = options.get("port", System.getenv().getOrDefault("PORT", "8080"));
        Serve serve = new Serve(
                options.get("name", "breast-cancer"),
                Path.of(options.get("model")),
                System.getenv().getOrDefault("MLOPS_HOST", "127.0.0.1"),
                Integer.parseInt(port));
        System.out.println("serving " + serve.name + " on port " + serve.port());
        Runtime.getRuntime().addShutdownHook(new Thread(serve::close));
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            int status;
            JsonNode answer;
            try {
                answer = answer(exchange);
                status = answer == null ? 404 : 200;
            } catch (IllegalArgumentException | JsonProcessingException e) {
                answer = JSON.createObjectNode().put("error", String.valueOf(e.getMessage()));
                status = 400;
            }
            if (answer == null) {
                answer = JSON.createObjectNode().put("error", "no such path: " + exchange.getRequestURI());
            }
            byte[] body = JSON.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private JsonNode answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String model = "/v2/models/" + name;
        boolean get = exchange.getRequestMethod().equals("GET");
        if (get && path.equals("/v2")) {
            ObjectNode server =
                    JSON.createObjectNode().put("name", "breast-cancer-example").put("version", "1.0.0");
            server.putArray("extensions");
            return server;
        }
        if (get && path.equals("/v2/health/live")) {
            return JSON.createObjectNode().put("live", true);
        }
        if (get && path.equals("/v2/health/ready")) {
            return JSON.createObjectNode().put("ready", true);
        }
        if (get && path.equals(model)) {
            ObjectNode metadata = JSON.createObjectNode().put("name", name).put("platform", "java_liblinear");
            metadata.set("inputs", signature.get("inputs"));
            metadata.set("outputs", signature.get("outputs"));
            return metadata;
        }
        if (get && path.equals(model + "/ready")) {
            return JSON.createObjectNode().put("name", name).put("ready", true);
        }
        if (!get && path.equals(model + "/infer")) {
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
            if (body.length > MAX_BODY) {
                throw new IllegalArgumentException("the request is longer than " + MAX_BODY + " bytes");
            }
            return infer(JSON.readTree(body));
        }
        return null;
    }

    private JsonNode infer(JsonNode request) {
        JsonNode input = request.path("inputs").path(0);
        JsonNode shape = input.path("shape");
        int columns = classifier.features().size();
        if (shape.size() != 2
                || shape.path(1).asInt() != columns
                || !input.path("data").isArray()) {
            throw new IllegalArgumentException(
                    "expected one input of shape [n," + columns + "] with data, found shape " + shape);
        }
        List<Double> values = new ArrayList<>();
        flatten(input.path("data"), values);
        int rows = shape.path(0).asInt();
        if (values.size() != (long) rows * columns) {
            throw new IllegalArgumentException("expected " + (long) rows * columns + " values, found " + values.size());
        }
        ObjectNode answer = JSON.createObjectNode().put("model_name", name);
        if (request.has("id")) {
            answer.set("id", request.get("id"));
        }
        ObjectNode output = answer.putArray("outputs").addObject();
        output.put("name", "malignant")
                .put("datatype", "FP64")
                .putArray("shape")
                .add(rows);
        ArrayNode data = output.putArray("data");
        for (int r = 0; r < rows; r++) {
            double[] row = values.subList(r * columns, (r + 1) * columns).stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            data.add(classifier.score(row));
        }
        return answer;
    }

    private static void flatten(JsonNode data, List<Double> values) {
        for (JsonNode value : data) {
            if (value.isArray()) {
                flatten(value, values);
            } else if (value.isNumber()) {
                values.add(value.asDouble());
            } else {
                throw new IllegalArgumentException("expected numbers, found " + value);
            }
        }
    }
}
