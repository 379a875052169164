package io.jenkins.mlops.serving;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A model server in a process of its own, which behaves as well or as badly as its arguments say. */
public final class ModelServer {
    static final String MODEL = "iris";

    private ModelServer() {}

    /** Returns the command that starts it with this very Java. */
    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+UseSerialGC");
        command.add("-Xshare:auto");
        command.add("-Xmx32m");
        command.add("-cp");
        command.add(classes());
        command.add(ModelServer.class.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    static String classes() {
        try {
            return new File(ModelServer.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .getPath();
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Arguments: behaviour, name of the version. */
    public static void main(String[] args) throws Exception {
        String behaviour = args[0];
        String version = args.length > 1 ? args[1] : "1";
        System.out.println("starting version " + version + " as " + behaviour);
        Files.writeString(
                Path.of("spawned.txt"),
                version + "\n",
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.APPEND);
        if (behaviour.equals("dies-at-once")) {
            System.err.println("ModuleNotFoundError: no weights at /models/iris");
            System.exit(3);
        }
        if (behaviour.equals("environment")) {
            for (Map.Entry<String, String> entry : System.getenv().entrySet()) {
                System.out.println("env " + entry.getKey() + "=" + entry.getValue());
            }
            System.out.println("folder " + Path.of("").toAbsolutePath());
        }
        if (behaviour.equals("stubborn")) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        if (behaviour.equals("parent")) {
            Process child = new ProcessBuilder("sleep", "300").start();
            System.out.println("child " + child.pid());
        }
        HttpServer server =
                HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(System.getenv("PORT"))), 0);
        server.createContext("/", exchange -> answer(exchange, behaviour, version));
        server.start();
        System.out.println("listening on " + server.getAddress());
    }

    private static void answer(HttpExchange exchange, String behaviour, String version) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/die")) {
            System.err.println("OutOfMemoryError: told to die");
            Runtime.getRuntime().halt(137);
        }
        if (behaviour.equals("ill-when-told") && Files.exists(Path.of("ill"))) {
            send(exchange, 503, "{\"error\":\"out of order\"}");
        } else if (behaviour.equals("never-ready") && path.endsWith("/ready")) {
            send(exchange, 503, "loading");
        } else if (path.endsWith("/infer")) {
            send(exchange, 200, behaviour.equals("nonsense") ? "<html>It works!</html>" : prediction(version));
        } else {
            send(exchange, 200, "{\"ready\":true,\"version\":\"" + version + "\"}");
        }
    }

    static String prediction(String version) {
        return "{\"model_name\":\"iris\",\"model_version\":\"" + version
                + "\",\"outputs\":[{\"name\":\"class\",\"shape\":[1],\"datatype\":\"INT64\",\"data\":[2]}]}";
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
