package example;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Trains the classifier and writes what the pipeline goes by: model, signature, predictions, metrics, parameters. */
final class Train {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Of five parts two are held out: enough rows for a confidence interval worth reading. */
    private static final int TEST_PARTS = 2;

    private static final int PARTS = 5;
    private static final int FOLDS = 5;

    private Train() {}

    static void run(Main.Options options) throws IOException {
        Path data = Path.of(options.get("data"));
        Path out = Path.of(options.get("out"));
        long seed = Long.parseLong(options.get("seed", "7"));
        double cost = Double.parseDouble(options.get("C", "1.0"));

        Dataset all = Dataset.read(data);
        Dataset.Split split = all.split(TEST_PARTS, PARTS, seed);
        System.out.printf(
                "%d rows, %d features; %d to train on, %d held out (seed %d)%n",
                all.size(),
                all.features().size(),
                split.train().size(),
                split.test().size(),
                seed);

        double crossValidated = crossValidate(split.train(), cost, seed);
        System.out.println("training on all " + split.train().size() + " rows");
        Classifier classifier = Classifier.fit(split.train(), cost, true);

        Files.createDirectories(out.resolve("model"));
        classifier.write(out.resolve("model/model.json"));
        writeSignature(out.resolve("model/signature.json"), all.features());
        double[] scores = writePredictions(out.resolve("predictions.csv"), classifier, all, split.test());
        writeMetrics(out.resolve("metrics.json"), crossValidated, split, classifier, scores);
        Files.writeString(
                out.resolve("params.yaml"),
                "solver: L2R_LR\nC: " + cost + "\nseed: " + seed + "\nfolds: " + FOLDS + "\nheld_out: "
                        + split.test().size() + "\n");
        System.out.println("wrote " + out.resolve("model") + ", predictions.csv, metrics.json, params.yaml");
    }

    private static double crossValidate(Dataset train, double cost, long seed) {
        List<List<Integer>> folds = train.folds(FOLDS, seed + 1);
        double sum = 0;
        for (int f = 0; f < FOLDS; f++) {
            List<Integer> rest = new ArrayList<>();
            for (int other = 0; other < FOLDS; other++) {
                if (other != f) {
                    rest.addAll(folds.get(other));
                }
            }
            Dataset held = train.select(folds.get(f));
            Classifier classifier = Classifier.fit(train.select(rest), cost, false);
            double auc = Metrics.rocAuc(held.malignant(), scores(classifier, held));
            System.out.printf(Locale.ROOT, "fold %d/%d: ROC AUC %.4f%n", f + 1, FOLDS, auc);
            sum += auc;
        }
        return sum / FOLDS;
    }

    private static double[] scores(Classifier classifier, Dataset data) {
        return Arrays.stream(data.rows()).mapToDouble(classifier::score).toArray();
    }

    /** The signature in the words of the Open Inference Protocol. */
    private static void writeSignature(Path file, List<String> features) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode input = root.putArray("inputs").addObject();
        input.put("name", "features")
                .put("datatype", "FP64")
                .putArray("shape")
                .add(-1)
                .add(features.size());
        ObjectNode output = root.putArray("outputs").addObject();
        output.put("name", "malignant")
                .put("datatype", "FP64")
                .putArray("shape")
                .add(-1);
        features.forEach(root.putArray("features")::add);
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
    }

    /** One row for each held-out case, with a column by which the evaluation can slice. */
    private static double[] writePredictions(Path file, Classifier classifier, Dataset all, Dataset test)
            throws IOException {
        double[] scores = scores(classifier, test);
        int column = all.features().indexOf("mean_smoothness");
        double[] sorted = Arrays.stream(all.rows())
                .mapToDouble(row -> row[column])
                .sorted()
                .toArray();
        double low = sorted[sorted.length / 3];
        double high = sorted[2 * sorted.length / 3];
        StringBuilder csv = new StringBuilder("id,label,prediction,score,smoothness\n");
        for (int i = 0; i < test.size(); i++) {
            double value = test.rows()[i][column];
            csv.append(test.ids().get(i))
                    .append(test.malignant()[i] ? ",malignant," : ",benign,")
                    .append(scores[i] >= 0.5 ? "malignant," : "benign,")
                    .append(scores[i])
                    .append(value < low ? ",low\n" : value < high ? ",medium\n" : ",high\n");
        }
        Files.writeString(file, csv);
        return scores;
    }

    private static void writeMetrics(
            Path file, double crossValidated, Dataset.Split split, Classifier classifier, double[] testScores)
            throws IOException {
        double[] trainScores = scores(classifier, split.train());
        ObjectNode root = JSON.createObjectNode();
        root.putObject("cv").put("roc_auc", crossValidated);
        root.putObject("train")
                .put("log_loss", Metrics.logLoss(split.train().malignant(), trainScores))
                .put("roc_auc", Metrics.rocAuc(split.train().malignant(), trainScores));
        root.putObject("test")
                .put("log_loss", Metrics.logLoss(split.test().malignant(), testScores))
                .put("accuracy", Metrics.accuracy(split.test().malignant(), testScores))
                .put("roc_auc", Metrics.rocAuc(split.test().malignant(), testScores));
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
        System.out.println("training-side metrics: " + root);
    }
}
