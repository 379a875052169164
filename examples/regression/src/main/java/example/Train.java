package example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Entry point: {@code train DATA OUT SEED} fits the regression and writes model, predictions, metrics, parameters. */
public final class Train {
    private static final double COST = 1;
    private static final String SIGNATURE = """
            {
              "inputs": [{"name": "features", "datatype": "FP64", "shape": [-1, 10]}],
              "outputs": [{"name": "progression", "datatype": "FP64", "shape": [-1]}]
            }
            """;

    private Train() {}

    /** Arguments: the data file, the folder for what it writes, the seed of the split. */
    public static void main(String[] args) throws IOException {
        if (args.length != 3) {
            System.err.println("Usage: java -jar regression.jar data/diabetes.csv out 7");
            System.exit(2);
        }
        double r2 = run(Path.of(args[0]), Path.of(args[1]), Long.parseLong(args[2]));
        System.out.printf(Locale.ROOT, "R2 on the held-out rows: %.4f%n", r2);
    }

    /** Returns R2 on the held-out third of the rows. */
    static double run(Path data, Path out, long seed) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(data));
        lines.remove(0);
        Collections.shuffle(lines, new Random(seed));
        int held = lines.size() / 3;
        List<String[]> test = cells(lines.subList(0, held));
        List<String[]> train = cells(lines.subList(held, lines.size()));
        System.out.println(train.size() + " rows to train on, " + held + " held out (seed " + seed + ")");
        Progression model = Progression.fit(
                train.stream().map(Train::features).toList(),
                train.stream().map(Train::target).toList(),
                COST);

        Files.createDirectories(out.resolve("model"));
        model.write(out.resolve("model/model.json"));
        Files.writeString(out.resolve("model/signature.json"), SIGNATURE);
        double mean = test.stream().mapToDouble(Train::target).average().orElseThrow();
        double total = 0;
        double left = 0;
        StringBuilder csv = new StringBuilder("id,label,prediction,sex\n");
        for (String[] row : test) {
            double prediction = model.predict(features(row));
            total += Math.pow(target(row) - mean, 2);
            left += Math.pow(target(row) - prediction, 2);
            csv.append(row[0]).append(',').append(target(row)).append(',').append(prediction);
            csv.append(row[2].equals("1") ? ",1\n" : ",2\n");
        }
        double r2 = 1 - left / total;
        Files.writeString(out.resolve("predictions.csv"), csv);
        Files.writeString(
                out.resolve("metrics.json"),
                "{\"test\": {\"r2\": " + r2 + ", \"rmse\": " + Math.sqrt(left / held) + "}}\n");
        Files.writeString(out.resolve("params.yaml"), "solver: L2R_L2LOSS_SVR\nC: " + COST + "\nseed: " + seed + "\n");
        return r2;
    }

    private static List<String[]> cells(List<String> lines) {
        return lines.stream().map(line -> line.split(",")).toList();
    }

    private static double[] features(String[] row) {
        return Arrays.stream(row, 1, row.length - 1)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static double target(String[] row) {
        return Double.parseDouble(row[row.length - 1]);
    }
}
