import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The classifier of the first example in a file of its own, for a JDK alone: logistic regression on standardised
 * features, trained by gradient descent, served by the Open Inference Protocol (V2).
 */
public final class Model {
    private static final String USAGE = """
            Usage:
              java -jar model.jar train DATA OUT SEED
              java -jar model.jar serve MODEL [NAME]
            """;
    private static final int FEATURES = 2;
    /** Of five parts two are held out: enough rows for a confidence interval worth reading. */
    private static final double HELD_OUT = 0.4;

    private static final int STEPS = 2_000;
    private static final double RATE = 0.3;
    private static final double RIDGE = 0.003;

    private final List<String> features;
    private final double[] means;
    private final double[] deviations;
    private final double[] weights;
    private double bias;

    private Model(List<String> features) {
        this.features = features;
        means = new double[features.size()];
        deviations = new double[features.size()];
        weights = new double[features.size()];
    }

    public static void main(String[] args) throws IOException {
        if (args.length == 4 && args[0].equals("train")) {
            train(Path.of(args[1]), Path.of(args[2]), Long.parseLong(args[3]));
        } else if (args.length >= 2 && args[0].equals("serve")) {
            serve(read(Path.of(args[1], "model.csv")), args.length > 2 ? args[2] : "breast-cancer");
        } else {
            System.err.print(USAGE);
            System.exit(2);
        }
    }

    /** Writes the model, and what the held-out rows say of it. */
    private static void train(Path data, Path out, long seed) throws IOException {
        List<String> lines = Files.readAllLines(data);
        List<String> header = List.of(lines.get(0).split(","));
        List<String[]> rows = new ArrayList<>();
        lines.subList(1, lines.size()).forEach(line -> rows.add(line.split(",")));
        Collections.shuffle(rows, new Random(seed));
        int held = (int) Math.round(rows.size() * HELD_OUT);
        List<String[]> train = rows.subList(held, rows.size());

        Model model = new Model(header.subList(FEATURES, header.size()));
        model.standardise(train);
        model.fit(train);

        Files.createDirectories(out.resolve("model"));
        Files.writeString(out.resolve("model/model.csv"), model.text());
        Files.writeString(
                out.resolve("model/signature.json"),
                "{\"inputs\": [{\"name\": \"features\", \"datatype\": \"FP64\", \"shape\": [-1, "
                        + model.features.size() + "]}],\n"
                        + " \"outputs\": [{\"name\": \"malignant\", \"datatype\": \"FP64\", \"shape\": [-1]}]}\n");
        StringBuilder predictions = new StringBuilder("id,label,score\n");
        int right = 0;
        for (String[] row : rows.subList(0, held)) {
            double score = model.score(numbers(row));
            predictions.append(row[0]).append(',').append(row[1]).append(',').append(score).append('\n');
            right += score >= 0.5 == isMalignant(row) ? 1 : 0;
        }
        Files.writeString(out.resolve("predictions.csv"), predictions);
        Files.writeString(out.resolve("metrics.json"), "{\"test\": {\"accuracy\": " + (double) right / held + "}}\n");
        System.out.printf("trained on %d rows; %d of %d held-out ones are right%n", train.size(), right, held);
    }

    private static boolean isMalignant(String... row) {
        return row[1].equals("malignant");
    }

    private static double[] numbers(String... row) {
        return Arrays.stream(row, FEATURES, row.length).mapToDouble(Double::parseDouble).toArray();
    }

    private void standardise(List<String[]> rows) {
        for (int c = 0; c < means.length; c++) {
            int column = c + FEATURES;
            double mean = rows.stream().mapToDouble(row -> Double.parseDouble(row[column])).average().orElse(0);
            double variance = rows.stream()
                    .mapToDouble(row -> Math.pow(Double.parseDouble(row[column]) - mean, 2))
                    .average()
                    .orElse(0);
            means[c] = mean;
            deviations[c] = Math.max(1e-12, Math.sqrt(variance));
        }
    }

    private void fit(List<String[]> rows) {
        List<double[]> inputs = rows.stream().map(Model::numbers).toList();
        for (int step = 0; step < STEPS; step++) {
            double[] slope = new double[weights.length];
            double slopeOfBias = 0;
            for (int r = 0; r < inputs.size(); r++) {
                double[] input = inputs.get(r);
                double error = score(input) - (isMalignant(rows.get(r)) ? 1 : 0);
                for (int c = 0; c < slope.length; c++) {
                    slope[c] += error * (input[c] - means[c]) / deviations[c];
                }
                slopeOfBias += error;
            }
            for (int c = 0; c < slope.length; c++) {
                weights[c] -= RATE * (slope[c] / inputs.size() + RIDGE * weights[c]);
            }
            bias -= RATE * slopeOfBias / inputs.size();
        }
    }

    /** The probability that a row is malignant. */
    private double score(double... row) {
        double sum = bias;
        for (int c = 0; c < weights.length; c++) {
            sum += weights[c] * (row[c] - means[c]) / deviations[c];
        }
        return 1 / (1 + Math.exp(-sum));
    }

    private String text() {
        StringBuilder text = new StringBuilder("feature,mean,deviation,weight\nbias,0,1," + bias + "\n");
        for (int c = 0; c < weights.length; c++) {
            text.append(features.get(c)).append(',').append(means[c]).append(',').append(deviations[c]).append(',')
                    .append(weights[c]).append('\n');
        }
        return text.toString();
    }

    private static Model read(Path file) throws IOException {
        List<String[]> rows = Files.readAllLines(file).stream().skip(1).map(line -> line.split(",")).toList();
        Model model = new Model(rows.stream().skip(1).map(row -> row[0]).toList());
        model.bias = Double.parseDouble(rows.get(0)[3]);
        for (int c = 0; c < model.weights.length; c++) {
            model.means[c] = Double.parseDouble(rows.get(c + 1)[1]);
            model.deviations[c] = Double.parseDouble(rows.get(c + 1)[2]);
            model.weights[c] = Double.parseDouble(rows.get(c + 1)[3]);
        }
        return model;
    }

    private static void serve(Model model, String name) throws IOException {
        String host = System.getenv().getOrDefault("MLOPS_HOST", "127.0.0.1");
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
        HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
        server.createContext("/v2/health/live", exchange -> answer(exchange, 200, "{\"live\": true}"));
        server.createContext("/v2/health/ready", exchange -> answer(exchange, 200, "{\"ready\": true}"));
        server.createContext(
                "/v2/models/" + name + "/ready",
                exchange -> answer(exchange, 200, "{\"name\": \"" + name + "\", \"ready\": true}"));
        server.createContext("/v2/models/" + name + "/infer", exchange -> model.infer(exchange, name));
        server.start();
        System.out.println("serving " + name + " on port " + port);
    }

    private void infer(HttpExchange exchange, String name) throws IOException {
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Matcher data = Pattern.compile("\"data\"\\s*:\\s*\\[([-+.\\w\\s,\\[\\]]*)]").matcher(request);
        double[] values = data.find()
                ? Arrays.stream(data.group(1).split("[\\s,\\[\\]]+"))
                        .filter(cell -> !cell.isEmpty())
                        .mapToDouble(Double::parseDouble)
                        .toArray()
                : new double[0];
        int columns = weights.length;
        if (values.length == 0 || values.length % columns != 0) {
            String error = "expected rows of " + columns + " numbers, found " + values.length;
            answer(exchange, 400, "{\"error\": \"" + error + "\"}");
            return;
        }
        String scores = IntStream.range(0, values.length / columns)
                .mapToObj(r -> String.valueOf(score(Arrays.copyOfRange(values, r * columns, (r + 1) * columns))))
                .collect(Collectors.joining(","));
        answer(
                exchange,
                200,
                "{\"model_name\": \"" + name + "\", \"outputs\": [{\"name\": \"malignant\", \"datatype\": \"FP64\","
                        + " \"shape\": [" + values.length / columns + "], \"data\": [" + scores + "]}]}");
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
