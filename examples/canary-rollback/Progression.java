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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How diabetes progresses within a year: linear regression on standardised measurements, trained by gradient descent,
 * served by the Open Inference Protocol (V2). Wants a JDK alone.
 */
public final class Progression {
    private static final String USAGE = """
            Usage:
              java -jar progression.jar train DATA OUT SEED
              java -jar progression.jar serve MODEL
            With FAULT=falls-ill in its environment the server is not ready any more after its first answer.
            """;
    private static final String NAME = "diabetes";
    /** Of five parts two are held out: enough rows for a confidence interval worth reading. */
    private static final double HELD_OUT = 0.4;

    private static final int STEPS = 2_000;
    private static final double RATE = 0.1;

    private final double[] means;
    private final double[] deviations;
    private final double[] weights;
    private double bias;

    private Progression(int features) {
        means = new double[features];
        deviations = new double[features];
        weights = new double[features];
    }

    public static void main(String[] args) throws IOException {
        if (args.length == 4 && args[0].equals("train")) {
            train(Path.of(args[1]), Path.of(args[2]), Long.parseLong(args[3]));
        } else if (args.length == 2 && args[0].equals("serve")) {
            serve(read(Path.of(args[1], "model.csv")), "falls-ill".equals(System.getenv("FAULT")));
        } else {
            System.err.print(USAGE);
            System.exit(2);
        }
    }

    /** Writes the model, and its predictions for the held-out rows; the first column is an id, the last the target. */
    private static void train(Path data, Path out, long seed) throws IOException {
        List<double[]> rows = new ArrayList<>();
        for (String line : Files.readAllLines(data).stream().skip(1).toList()) {
            rows.add(Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray());
        }
        Collections.shuffle(rows, new Random(seed));
        int held = (int) Math.round(rows.size() * HELD_OUT);
        List<double[]> train = rows.subList(held, rows.size());
        Progression model = new Progression(rows.get(0).length - 2);
        model.standardise(train);
        model.fit(train);

        Files.createDirectories(out.resolve("model"));
        Files.writeString(out.resolve("model/model.csv"), model.text());
        Files.writeString(
                out.resolve("model/signature.json"),
                "{\"inputs\": [{\"name\": \"measurements\", \"datatype\": \"FP64\", \"shape\": [-1, "
                        + model.weights.length + "]}],\n"
                        + " \"outputs\": [{\"name\": \"progression\", \"datatype\": \"FP64\", \"shape\": [-1]}]}\n");
        StringBuilder predictions = new StringBuilder("id,label,prediction\n");
        for (double[] row : rows.subList(0, held)) {
            predictions.append((int) row[0]).append(',').append(row[row.length - 1]).append(',')
                    .append(model.predict(measurements(row))).append('\n');
        }
        Files.writeString(out.resolve("predictions.csv"), predictions);
        System.out.println("trained on " + train.size() + " patients");
    }

    private static double[] measurements(double... row) {
        return Arrays.copyOfRange(row, 1, row.length - 1);
    }

    private void standardise(List<double[]> rows) {
        for (int c = 0; c < means.length; c++) {
            int column = c + 1;
            double mean = rows.stream().mapToDouble(row -> row[column]).average().orElse(0);
            means[c] = mean;
            deviations[c] = Math.max(
                    1e-12,
                    Math.sqrt(rows.stream().mapToDouble(row -> Math.pow(row[column] - mean, 2)).average().orElse(0)));
        }
    }

    private void fit(List<double[]> rows) {
        bias = rows.stream().mapToDouble(row -> row[row.length - 1]).average().orElse(0);
        for (int step = 0; step < STEPS; step++) {
            double[] slope = new double[weights.length];
            for (double[] row : rows) {
                double[] input = measurements(row);
                double error = predict(input) - row[row.length - 1];
                for (int c = 0; c < slope.length; c++) {
                    slope[c] += error * (input[c] - means[c]) / deviations[c];
                }
            }
            for (int c = 0; c < slope.length; c++) {
                weights[c] -= RATE * slope[c] / rows.size();
            }
        }
    }

    private double predict(double... row) {
        double sum = bias;
        for (int c = 0; c < weights.length; c++) {
            sum += weights[c] * (row[c] - means[c]) / deviations[c];
        }
        return sum;
    }

    private String text() {
        return "mean,deviation,weight\n0,1," + bias + "\n"
                + IntStream.range(0, weights.length)
                        .mapToObj(c -> means[c] + "," + deviations[c] + "," + weights[c] + "\n")
                        .collect(Collectors.joining());
    }

    private static Progression read(Path file) throws IOException {
        List<double[]> rows = Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
                .toList();
        Progression model = new Progression(rows.size() - 1);
        model.bias = rows.get(0)[2];
        for (int c = 0; c < model.weights.length; c++) {
            model.means[c] = rows.get(c + 1)[0];
            model.deviations[c] = rows.get(c + 1)[1];
            model.weights[c] = rows.get(c + 1)[2];
        }
        return model;
    }

    private static void serve(Progression model, boolean fallsIll) throws IOException {
        String host = System.getenv().getOrDefault("MLOPS_HOST", "127.0.0.1");
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
        AtomicBoolean well = new AtomicBoolean(true);
        HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
        server.createContext("/v2/health/live", exchange -> answer(exchange, 200, "{\"live\": true}"));
        for (String ready : List.of("/v2/health/ready", "/v2/models/" + NAME + "/ready")) {
            server.createContext(
                    ready, exchange -> answer(exchange, well.get() ? 200 : 503, "{\"ready\": " + well.get() + "}"));
        }
        server.createContext("/v2/models/" + NAME + "/infer", exchange -> {
            model.infer(exchange);
            // As a server does that keeps something of each request until it has no more.
            well.compareAndSet(true, !fallsIll);
        });
        server.start();
        System.out.println("serving " + NAME + " on port " + port);
    }

    private void infer(HttpExchange exchange) throws IOException {
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
        String predictions = IntStream.range(0, values.length / columns)
                .mapToObj(r -> String.valueOf(predict(Arrays.copyOfRange(values, r * columns, (r + 1) * columns))))
                .collect(Collectors.joining(","));
        answer(
                exchange,
                200,
                "{\"model_name\": \"" + NAME + "\", \"outputs\": [{\"name\": \"progression\", \"datatype\": \"FP64\","
                        + " \"shape\": [" + values.length / columns + "], \"data\": [" + predictions + "]}]}");
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
