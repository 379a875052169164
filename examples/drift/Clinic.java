import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The clinic: asks the served model about its patients, day by day, and keeps what was asked and answered as the
 * prediction log; the pathologists' findings follow in the evening. It stands in {@code model.jar}, beside the model.
 */
public final class Clinic {
    private static final String USAGE = """
            Usage:
              java -cp model.jar Clinic days --home HOME --data wdbc.csv --first 2026-11-01 --from 1 --to 6
                                    [--scanner scanner.csv] [--rows 250] [--name breast-cancer]
              java -cp model.jar Clinic reference --home HOME --data train.csv [--name breast-cancer]
            HOME/endpoint holds the address of the model that serves.
            """;
    private static final int ID = 0;
    private static final int FINDING = 1;
    private static final int FEATURES = 2;

    private final Map<String, String> options = new HashMap<>();
    private final Path home;
    private final String header;
    private final List<String[]> patients = new ArrayList<>();

    private Clinic(String... args) throws IOException {
        for (int i = 1; i + 1 < args.length; i += 2) {
            options.put(args[i], args[i + 1]);
        }
        home = Path.of(option("--home", null));
        List<String> lines = Files.readAllLines(Path.of(option("--data", null)));
        header = lines.get(0);
        lines.subList(1, lines.size()).forEach(line -> patients.add(line.split(",")));
    }

    public static void main(String[] args) throws Exception {
        String command = args.length == 0 ? "" : args[0];
        switch (command) {
            case "days" -> new Clinic(args).days();
            case "reference" -> new Clinic(args).reference();
            default -> {
                System.err.print(USAGE);
                System.exit(2);
            }
        }
    }

    private String option(String name, String otherwise) {
        String value = options.getOrDefault(name, otherwise);
        if (value == null) {
            throw new IllegalArgumentException("the option " + name + " is missing\n" + USAGE);
        }
        return value;
    }

    /** Plays some days. */
    private void days() throws IOException, InterruptedException {
        Map<Integer, Double> scales = new HashMap<>();
        if (options.containsKey("--scanner")) {
            List<String> lines = Files.readAllLines(Path.of(option("--scanner", null)));
            for (String line : lines.subList(1, lines.size())) {
                scales.put(Integer.valueOf(line.split(",")[0]), Double.valueOf(line.split(",")[1]));
            }
        }
        int to = Integer.parseInt(option("--to", null));
        for (int day = Integer.parseInt(option("--from", null)); day <= to; day++) {
            day(day, scales.getOrDefault(day, 1.0));
        }
    }

    private void day(int day, double scale) throws IOException, InterruptedException {
        LocalDate date = LocalDate.parse(option("--first", null)).plusDays(day - 1);
        List<String[]> today = today(day, Integer.parseInt(option("--rows", "250")));
        List<String[]> seen = today.stream().map(row -> seen(row, scale)).toList();
        double[] scores = ask(seen);
        StringBuilder log = new StringBuilder("at,id," + features() + ",score\n");
        StringBuilder labelled = new StringBuilder(header + "\n");
        int right = 0;
        for (int i = 0; i < scores.length; i++) {
            String[] row = seen.get(i);
            String id = date + "-" + row[ID];
            log.append(date.atStartOfDay(ZoneOffset.UTC).plusSeconds(86_400L * i / scores.length).toInstant())
                    .append(',').append(id)
                    .append(',').append(values(row))
                    .append(',').append(scores[i])
                    .append('\n');
            labelled.append(id).append(',').append(row[FINDING]).append(',').append(values(row)).append('\n');
            right += scores[i] >= 0.5 == row[FINDING].equals("malignant") ? 1 : 0;
        }
        write(home.resolve("logs/" + date + ".csv"), log);
        write(home.resolve("labelled/" + date + ".csv"), labelled);
        System.out.printf("%s: %d patients, scanner at %.2f, %d answers right%n", date, scores.length, scale, right);
    }

    /** So many patients, as many of them ill as in the data; other ones each day, the same in each run. */
    private List<String[]> today(int day, int count) {
        List<String[]> shuffled = new ArrayList<>(patients);
        Collections.shuffle(shuffled, new Random(day));
        long ill = patients.stream().filter(row -> row[FINDING].equals("malignant")).count();
        long places = Math.round((double) count * ill / patients.size());
        List<String[]> chosen = new ArrayList<>();
        shuffled.stream().filter(row -> row[FINDING].equals("malignant")).limit(places).forEach(chosen::add);
        shuffled.stream().filter(row -> !row[FINDING].equals("malignant")).limit(count - places).forEach(chosen::add);
        Collections.shuffle(chosen, new Random(day));
        return chosen;
    }

    /** What the scanner makes of a patient: lengths grow with its scale, areas with the square. */
    private String[] seen(String[] patient, double scale) {
        String[] names = header.split(",");
        String[] row = patient.clone();
        for (int c = FEATURES; c < row.length; c++) {
            double factor = names[c].contains("area") ? scale * scale
                    : names[c].contains("radius") || names[c].contains("perimeter") ? scale : 1;
            row[c] = String.valueOf((float) (Double.parseDouble(row[c]) * factor));
        }
        return row;
    }

    /** Scores what the model was trained on, so that its answers are compared, too. */
    private void reference() throws IOException, InterruptedException {
        double[] scores = ask(patients);
        StringBuilder text = new StringBuilder(features() + ",score\n");
        for (int i = 0; i < scores.length; i++) {
            text.append(values(patients.get(i))).append(',').append(scores[i]).append('\n');
        }
        write(home.resolve("reference.csv"), text);
        System.out.println("reference of " + scores.length + " rows");
    }

    private String features() {
        return header.split(",", FEATURES + 1)[FEATURES];
    }

    private static String values(String... row) {
        return String.join(",", Arrays.asList(row).subList(FEATURES, row.length));
    }

    /** Asks by the Open Inference Protocol (V2). */
    private double[] ask(List<String[]> rows) throws IOException, InterruptedException {
        int columns = features().split(",").length;
        StringBuilder body = new StringBuilder("{\"inputs\":[{\"name\":\"features\",\"datatype\":\"FP64\",\"shape\":["
                + rows.size() + "," + columns + "],\"data\":[");
        for (int i = 0; i < rows.size(); i++) {
            body.append(i == 0 ? "" : ",").append(values(rows.get(i)));
        }
        String url = Files.readString(home.resolve("endpoint")).trim();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(url + "/v2/models/" + option("--name", "breast-cancer") + "/infer"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.append("]}]}").toString()))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("HTTP " + response.statusCode() + ": " + response.body());
        }
        String data = response.body().replaceAll("(?s).*\"data\"\\s*:\\s*\\[([^\\]]*)].*", "$1");
        return Arrays.stream(data.split(",")).mapToDouble(Double::parseDouble).toArray();
    }

    /** Whoever reads the folder meanwhile sees the whole file or none. */
    private static void write(Path file, CharSequence text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path beside = file.resolveSibling("." + file.getFileName() + ".part");
        Files.writeString(beside, text);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
