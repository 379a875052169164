import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A V2 server for the tests: what it does is what its model says: "good", "ill" (never ready), "nonsense" (a wrong
 * answer), "dies" (soon after it has answered), "waits FILE" (good once that file is there). Ends when it is asked for
 * "/end", or its model's folder is removed with the test's home.
 */
public class Serve {
    public static void main(String[] args) throws Exception {
        Path model = Path.of(args[0], "weights.txt");
        String mood = Files.readString(model).trim();
        int port = Integer.parseInt(System.getenv("PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        int[] asked = {0};
        server.createContext("/", exchange -> {
            asked[0]++;
            boolean infer = exchange.getRequestURI().getPath().endsWith("/infer");
            String body = "{\"ready\": true}";
            if (infer) {
                body = mood.equals("nonsense")
                        ? "{\"outputs\": []}"
                        : "{\"model_name\": \"m\", \"outputs\": [{\"name\": \"y\", \"shape\": [1], \"datatype\": \"FP64\", \"data\": [0.5]}]}";
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            boolean ill = mood.equals("ill") || mood.startsWith("waits ") && !Files.exists(Path.of(mood.substring(6)));
            exchange.sendResponseHeaders(ill ? 503 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
            if (mood.equals("dies") && infer || exchange.getRequestURI().getPath().equals("/end")) {
                new Thread(() -> System.exit(3)).start();
            }
        });
        server.start();
        while (Files.exists(model)) {
            Thread.sleep(200);
        }
        System.exit(0);
    }
}
