package io.jenkins.mlops.evaluation;

import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Measures the evaluation of a large binary predictions file beside pandas with scikit-learn, as whole processes that
 * take turns; started by hand, never by a test. Arguments: rows (10,000,000), rounds (5). Prints the minimum of each
 * side, their ratio, and the greatest relative difference of the values.
 *
 * <p>After {@code mvn -pl mlops-core test-compile}: {@code java -cp
 * mlops-core/target/classes:mlops-core/target/test-classes io.jenkins.mlops.evaluation.EvaluationBenchmark}.
 */
final class EvaluationBenchmark {
    private static final List<String> METRICS = List.of("accuracy", "precision", "recall", "f1", "roc_auc", "log_loss");

    private EvaluationBenchmark() {}

    public static void main(String[] args) throws Exception {
        if (args.length == 2 && args[0].equals("evaluate")) {
            EvaluationOptions options = EvaluationOptions.builder()
                    .task(Task.BINARY)
                    .score("score")
                    .metrics(METRICS)
                    .build();
            new Evaluator()
                    .evaluate(Path.of(args[1]), options)
                    .metrics()
                    .forEach((name, metric) -> System.out.println(name + " " + metric.value()));
            return;
        }
        int rows = args.length > 0 ? Integer.parseInt(args[0]) : 10_000_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        Path file = Files.createTempFile("predictions", ".csv");
        try {
            write(file, rows);
            compare(file, rounds);
        } finally {
            Files.delete(file);
        }
    }

    private static void write(Path file, int rows) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("label,score\n");
            for (int i = 0; i < rows; i++) {
                double score = random.nextDouble();
                out.write((random.nextDouble() < score ? "1," : "0,") + score + "\n");
            }
        }
    }

    private static void compare(Path file, int rounds) throws IOException, InterruptedException {
        List<String> ours = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                EvaluationBenchmark.class.getName(),
                "evaluate",
                file.toString());
        List<String> peer = List.of("/usr/bin/python3", resource("benchmark.py"), file.toString());
        double best = Double.POSITIVE_INFINITY;
        double bestPeer = Double.POSITIVE_INFINITY;
        Map<String, Double> values = new LinkedHashMap<>();
        Map<String, Double> peerValues = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            best = Math.min(best, seconds(ours, values));
            bestPeer = Math.min(bestPeer, seconds(peer, peerValues));
        }
        System.out.printf("evaluation: %.2f s, whole process, heap 512 MB%n", best);
        if (peerValues.isEmpty()) {
            System.out.println("pandas and scikit-learn: skipped, /usr/bin/python3 can't run them here");
            return;
        }
        double difference = 0;
        for (String name : METRICS) {
            difference = Math.max(difference, Math.abs(values.get(name) / peerValues.get(name) - 1));
        }
        System.out.printf("pandas and scikit-learn: %.2f s%n", bestPeer);
        System.out.printf("ratio: %.1f; greatest relative difference: %.1e%n", bestPeer / best, difference);
    }

    private static String resource(String name) {
        // Not by way of the tests' helpers: their libraries are not on this class path.
        return Path.of(URI.create(EvaluationBenchmark.class
                        .getResource("/evaluation/" + name)
                        .toString()))
                .toString();
    }

    private static double seconds(List<String> command, Map<String, Double> values)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean done = process.waitFor() == 0;
        double seconds = (System.nanoTime() - start) / 1e9;
        if (done) {
            output.lines().map(line -> line.split(" ")).forEach(c -> values.put(c[0], Double.valueOf(c[1])));
        }
        return seconds;
    }
}
