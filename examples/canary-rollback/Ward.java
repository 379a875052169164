import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The ward: asks the served model about its patients and keeps what was asked and answered as the prediction log; how
 * each of them fared is known later, and noted in {@code outcomes.csv}.
 */
public final class Ward {
    private static final String USAGE = """
            Usage:
              java -cp progression.jar Ward FOLDER DATA PATIENTS
            FOLDER/endpoint holds the address of the model that serves.
            """;

    private Ward() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 3) {
            System.err.print(USAGE);
            System.exit(2);
        }
        Path folder = Path.of(args[0]);
        List<String> data = Files.readAllLines(Path.of(args[1]));
        int count = Integer.parseInt(args[2]);
        Path outcomes = folder.resolve("outcomes.csv");
        List<String> known = Files.exists(outcomes)
                ? new ArrayList<>(Files.readAllLines(outcomes))
                : new ArrayList<>(List.of("id,progression"));

        // The next patients of the data, from the first one again after the last.
        int first = known.size() - 1;
        List<String> patients = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            patients.add(data.get(1 + i % (data.size() - 1)));
        }
        List<String> measured = patients.stream()
                .map(row -> row.substring(row.indexOf(',') + 1, row.lastIndexOf(',')))
                .toList();
        String[] predictions = ask(Files.readString(folder.resolve("endpoint")).trim(), measured);

        String header = data.get(0);
        List<String> log = new ArrayList<>();
        log.add("id" + header.substring(header.indexOf(','), header.lastIndexOf(',')) + ",prediction");
        double squares = 0;
        for (int i = 0; i < count; i++) {
            String outcome = patients.get(i).substring(patients.get(i).lastIndexOf(',') + 1);
            String id = "visit-" + (first + i + 1);
            log.add(id + "," + measured.get(i) + "," + predictions[i]);
            known.add(id + "," + outcome);
            squares += Math.pow(Double.parseDouble(predictions[i]) - Double.parseDouble(outcome), 2);
        }
        write(folder.resolve(String.format("logs/%06d.csv", first + 1)), log);
        write(outcomes, known);
        System.out.printf("%d patients, off by %.0f (root mean square)%n", count, Math.sqrt(squares / count));
    }

    /** Asks by the Open Inference Protocol (V2). */
    private static String[] ask(String url, List<String> rows) throws IOException, InterruptedException {
        int columns = rows.get(0).split(",").length;
        String body = "{\"inputs\":[{\"name\":\"measurements\",\"datatype\":\"FP64\",\"shape\":[" + rows.size() + ","
                + columns + "],\"data\":[" + String.join(",", rows) + "]}]}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/v2/models/diabetes/infer"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("HTTP " + response.statusCode() + ": " + response.body());
        }
        String data = response.body().replaceAll("(?s).*\"data\"\\s*:\\s*\\[([^\\]]*)].*", "$1");
        return Stream.of(data.split(",")).map(String::trim).toArray(String[]::new);
    }

    /** Whoever reads the folder meanwhile sees the whole file or none. */
    private static void write(Path file, List<String> lines) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path beside = file.resolveSibling("." + file.getFileName() + ".part");
        Files.write(beside, lines);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
