package io.jenkins.mlops.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTest {
    @TempDir
    Path folder;

    private final Evaluator evaluator = new Evaluator();

    private Path write(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    private static EvaluationOptions.Builder options() {
        return EvaluationOptions.builder()
                .score("score")
                .id("id")
                .slices(List.of("region"))
                .resamples(50);
    }

    @Test
    void theReportSurvivesSerialisation() throws IOException, ClassNotFoundException {
        EvaluationReport report = evaluator.evaluate(
                Expected.file("binary.csv"),
                Expected.file("binary-champion.csv"),
                options().build());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(report);
            out.writeObject(options().build());
        }
        // It crosses the wire and is kept beside the build.
        assertThat(bytes.size()).isLessThan(60_000);
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(report);
            assertThat(in.readObject()).isEqualTo(options().build());
        }
    }

    @Test
    void theReportDoesNotDependOnThreads() throws Exception {
        EvaluationReport here =
                evaluator.evaluate(Expected.file("binary.csv"), options().build());
        ForkJoinPool one = new ForkJoinPool(1);
        try {
            EvaluationReport there = one.submit(() -> evaluator.evaluate(
                            Expected.file("binary.csv"), options().build()))
                    .get();
            assertThat(there).isEqualTo(here);
        } finally {
            one.shutdown();
        }
    }

    @Test
    void jsonLinesGiveTheSameAsCsv() throws IOException {
        List<String> lines = Files.readAllLines(Expected.file("binary.csv"));
        String[] names = lines.get(0).split(",");
        List<String> json = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            List<String> members = new ArrayList<>();
            for (int i = 0; i < cells.length; i++) {
                String value = names[i].equals("region") ? '"' + cells[i] + '"' : cells[i];
                members.add('"' + names[i] + "\": " + value);
            }
            json.add("{" + String.join(", ", members) + "}");
        }
        Path file = Files.write(folder.resolve("binary.jsonl"), json);
        EvaluationReport ofJson = evaluator.evaluate(file, options().build());
        EvaluationReport ofCsv =
                evaluator.evaluate(Expected.file("binary.csv"), options().build());
        assertThat(ofJson.metrics()).isEqualTo(ofCsv.metrics());
        assertThat(ofJson.slices()).isEqualTo(ofCsv.slices());
        assertThat(ofJson.curves()).isEqualTo(ofCsv.curves());
    }

    @ParameterizedTest
    @CsvSource({
        "'0,1,1,0', BINARY",
        "'no,yes,yes,no', BINARY",
        "'True,False,True,False', BINARY",
        "'ant,bee,cat,ant', MULTICLASS",
        "'1.5,2,3,4', REGRESSION",
        "'10,20,30,40', REGRESSION",
        "'-1,1,-1,1', BINARY",
    })
    void tellsTheTaskFromTheLabels(String labels, Task expected) throws IOException {
        List<String> lines = new ArrayList<>(List.of("label,pred"));
        for (String label : labels.split(",")) {
            lines.add(label + "," + label);
        }
        Path file = Files.write(folder.resolve("p.csv"), lines);
        EvaluationReport report = evaluator.evaluate(
                file,
                EvaluationOptions.builder().prediction("pred").resamples(10).build());
        assertThat(report.task()).isEqualTo(expected);
        assertThat(report.description()).contains("inferred from");
    }

    @Test
    void tellsTextFromClassesAndFewNumbersFromMany() {
        List<String> texts = new ArrayList<>();
        List<String> stars = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            texts.add("This is the summary of article number " + i + ", which is about something.");
            stars.add(Integer.toString(i % 5 + 1));
        }
        assertThat(TaskInference.ofValues(texts, texts).task()).isEqualTo(Task.TEXT);
        assertThat(TaskInference.ofValues(stars, stars).task()).isEqualTo(Task.MULTICLASS);
        assertThat(TaskInference.ofValues(List.of("0", "1"), List.of("0.3", "0.7"))
                        .task())
                .isEqualTo(Task.REGRESSION);
    }

    @Test
    void spellingsThatMeanTheSameAreTheSameClass() throws IOException {
        EvaluationOptions decisions =
                EvaluationOptions.builder().prediction("pred").resamples(0).build();
        Path numbers = write("a.csv", "label,pred", "1,1.0", "0,0.0", "1,0");
        Path booleans = write("b.csv", "label,pred", "1,True", "0,False", "1,False");
        for (Path file : List.of(numbers, booleans)) {
            EvaluationReport report = evaluator.evaluate(file, decisions);
            assertThat(report.metrics().get("recall").value()).isEqualTo(0.5);
            assertThat(report.metrics().get("accuracy").value()).isCloseTo(2 / 3.0, within(1e-15));
        }
    }

    @Test
    void thePositiveClassIsTheOneThatWasMeant() throws IOException {
        String[] lines = {"label,score", "malignant,0.9", "benign,0.2", "malignant,0.4"};
        EvaluationOptions.Builder scores =
                EvaluationOptions.builder().score("score").resamples(0);
        EvaluationReport guessed = evaluator.evaluate(write("p.csv", lines), scores.build());
        assertThat(guessed.confusion().labels()).containsExactly("benign", "malignant");
        assertThat(guessed.warnings()).anyMatch(warning -> warning.contains("'malignant' was taken for the positive"));
        EvaluationReport stated = evaluator.evaluate(
                write("p.csv", lines), scores.positive("benign").build());
        assertThat(stated.confusion().labels()).containsExactly("malignant", "benign");
        assertThat(stated.metrics().get("roc_auc").value()).isZero();
        assertThat(stated.warnings()).noneMatch(warning -> warning.contains("taken for"));
        EvaluationReport known = evaluator.evaluate(
                write("q.csv", "label,score", "yes,0.9", "zero,0.1"),
                scores.positive(null).build());
        assertThat(known.confusion().labels()).containsExactly("zero", "yes");
    }

    @Test
    void curvesAreThinnedAndKeepTheirShape() throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        List<String> lines = new ArrayList<>(List.of("label,score"));
        for (int i = 0; i < 20_000; i++) {
            double score = random.nextDouble();
            lines.add((random.nextDouble() < score ? 1 : 0) + "," + score);
        }
        EvaluationReport report = evaluator.evaluate(
                Files.write(folder.resolve("p.csv"), lines),
                EvaluationOptions.builder().score("score").resamples(0).build());
        assertThat(report.curves()).extracting(Curve::name).containsExactly("roc", "pr", "calibration");
        Curve roc = report.curves().get(0);
        assertThat(roc.x()).hasSizeBetween(100, 500);
        assertThat(roc.x().get(0)).isZero();
        assertThat(roc.thresholds().get(0)).isInfinite();
        assertThat(roc.x().get(roc.x().size() - 1)).isEqualTo(1);
        assertThat(area(roc)).isCloseTo(report.metrics().get("roc_auc").value(), within(1e-3));
        assertThat(area(report.curves().get(1)))
                .isCloseTo(report.metrics().get("pr_auc").value(), within(5e-3));
        Curve calibration = report.curves().get(2);
        assertThat(calibration.weights().stream().mapToDouble(w -> w).sum()).isEqualTo(20_000);
    }

    private static double area(Curve curve) {
        double area = 0;
        for (int i = 1; i < curve.x().size(); i++) {
            area += (curve.x().get(i) - curve.x().get(i - 1))
                    * (curve.y().get(i) + curve.y().get(i - 1))
                    / 2;
        }
        return area;
    }

    @Test
    void emptySliceCellsAreASliceOfTheirOwn() throws IOException {
        Path file =
                write("p.csv", "label,score,region", "1,0.9,north", "0,0.2,", "1,0.7,", "0,0.1,north", "1,0.2,north");
        EvaluationReport report = evaluator.evaluate(
                file,
                EvaluationOptions.builder()
                        .score("score")
                        .slices(List.of("region"))
                        .resamples(0)
                        .build());
        assertThat(report.slices())
                .extracting(SliceReport::displayName)
                .containsExactly("region = north", "region = (empty)");
        assertThat(report.slices()).extracting(SliceReport::rows).containsExactly(3L, 2L);
    }

    @Test
    void noErrorsAmongFewRowsAreNoCertainty() throws IOException {
        Path file = write("p.csv", "label,score", "1,1", "1,1", "0,0", "0,0", "0,0");
        EvaluationReport report = evaluator.evaluate(
                file, EvaluationOptions.builder().score("score").resamples(200).build());
        for (String name : List.of("accuracy", "f1", "mcc", "cohen_kappa", "roc_auc", "average_precision", "ks")) {
            MetricValue metric = report.metrics().get(name);
            assertThat(metric.value()).as(name).isEqualTo(1);
            assertThat(metric.lower()).as(name).isLessThan(0.6);
            assertThat(metric.upper()).as(name).isEqualTo(1);
        }
        for (String name : List.of("brier", "ece")) {
            MetricValue metric = report.metrics().get(name);
            assertThat(metric.value()).as(name).isZero();
            assertThat(metric.upper()).as(name).isGreaterThan(0.4);
        }
        assertThat(report.warnings()).anyMatch(warning -> warning.contains("only 5 rows"));
    }

    @Test
    void onlyTheMetricsAskedForAreGiven() throws IOException {
        EvaluationReport report = evaluator.evaluate(
                Expected.file("binary.csv"),
                options().metrics(List.of("auc", "F1-score")).build());
        assertThat(report.metrics()).containsOnlyKeys("f1", "roc_auc");
        assertThat(report.slices().get(0).metrics()).containsOnlyKeys("f1", "roc_auc");
    }
}
