package example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Asks a served classifier for one prediction, as a client of the endpoint would. */
final class Ask {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Ask() {}

    static void run(Main.Options options) throws IOException, InterruptedException {
        double probability = ask(options.get("url"), options.get("name", "breast-cancer"), Path.of(options.get("row")));
        System.out.printf(
                Locale.ROOT,
                "the endpoint answers: %.4f probability of malignant -> %s%n",
                probability,
                probability >= 0.5 ? "malignant" : "benign");
    }

    static double ask(String url, String name, Path row) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/v2/models/" + name + "/infer"))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofFile(row))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("HTTP " + response.statusCode() + ": " + response.body());
        }
        JsonNode answer = JSON.readTree(response.body());
        return answer.path("outputs").path(0).path("data").path(0).asDouble(Double.NaN);
    }
}
