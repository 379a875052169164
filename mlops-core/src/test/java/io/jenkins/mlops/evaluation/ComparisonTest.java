package io.jenkins.mlops.evaluation;

import static io.jenkins.mlops.evaluation.Expected.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The paired comparison with the champion. */
class ComparisonTest {
    @TempDir
    Path folder;

    private final Evaluator evaluator = new Evaluator();

    private static EvaluationOptions.Builder options() {
        return EvaluationOptions.builder().score("score").id("id").resamples(300);
    }

    @Test
    void isAsSciPyHasIt() throws IOException {
        EvaluationReport report = evaluator.evaluate(
                Expected.file("binary.csv"),
                Expected.file("binary-champion.csv"),
                options().build());
        Comparison comparison = report.comparison();
        assertThat(comparison.joinedBy()).isEqualTo("column 'id'");
        assertThat(comparison.rows()).isEqualTo(400);
        Expected.of("binary-compared").forEach((key, expected) -> {
            MetricDifference difference = comparison.differences().get(key.replaceAll("\\..*", ""));
            double actual = key.endsWith(".p")
                    ? difference.pValue()
                    : key.endsWith(".lower")
                            ? difference.lower()
                            : key.endsWith(".upper") ? difference.upper() : difference.difference();
            assertClose(key, actual, expected, 1e-10);
        });
        comparison.differences().forEach((name, difference) -> {
            assertThat(difference.difference()).isCloseTo(difference.candidate() - difference.champion(), within(0.0));
            assertThat(difference.candidate())
                    .isEqualTo(report.metrics().get(name).value());
            assertThat(difference.hasInterval()).as(name).isTrue();
            assertThat(difference.lower()).as(name).isLessThanOrEqualTo(difference.difference() + 1e-2);
            assertThat(difference.upper()).as(name).isGreaterThanOrEqualTo(difference.difference() - 1e-2);
        });
    }

    @Test
    void bootstrapIntervalsAreNearThoseOfNumPy() throws IOException {
        EvaluationReport report = evaluator.evaluate(
                Expected.file("binary.csv"), options().resamples(4_000).build());
        Expected.of("binary-bootstrap").forEach((key, expected) -> {
            MetricValue value = report.metrics().get(key.replaceAll("\\..*", ""));
            double width = value.upper() - value.lower();
            assertThat(key.endsWith(".lower") ? value.lower() : value.upper())
                    .as(key)
                    .isCloseTo(expected, within(width * 0.08));
        });
    }

    @Test
    void aModelIsNoDifferentFromItself() throws IOException {
        Path file = Expected.file("binary.csv");
        for (EvaluationOptions options :
                List.of(options().build(), options().weight("weight").build())) {
            evaluator.evaluate(file, file, options).comparison().differences().forEach((name, difference) -> {
                assertThat(difference.difference()).as(name).isZero();
                assertThat(difference.lower()).as(name).isLessThanOrEqualTo(0);
                assertThat(difference.upper()).as(name).isGreaterThanOrEqualTo(0);
                assertThat(difference.pValue()).as(name).isEqualTo(1);
            });
            EvaluationReport report = evaluator.evaluate(file, file, options);
            assertThat(report.comparison().differences().get("roc_auc").isSame())
                    .isTrue();
            assertThat(EvaluationText.render(report)).containsPattern("roc_auc .* same");
        }
    }

    @Test
    void swappedModelsSwapTheSign() throws IOException {
        Path candidate = Expected.file("binary.csv");
        Path champion = Expected.file("binary-champion.csv");
        Map<String, MetricDifference> there = evaluator
                .evaluate(candidate, champion, options().build())
                .comparison()
                .differences();
        Map<String, MetricDifference> back = evaluator
                .evaluate(champion, candidate, options().build())
                .comparison()
                .differences();
        there.forEach((name, difference) -> {
            assertThat(back.get(name).difference()).as(name).isCloseTo(-difference.difference(), within(1e-12));
            if (!difference.method().startsWith("bootstrap")) {
                assertThat(back.get(name).lower()).as(name).isCloseTo(-difference.upper(), within(1e-12));
                assertThat(back.get(name).pValue()).as(name).isCloseTo(difference.pValue(), within(1e-12));
            }
        });
    }

    @Test
    void everyTaskCompares() throws IOException {
        Map<String, EvaluationOptions> tasks = Map.of(
                "multiclass.csv",
                EvaluationOptions.builder()
                        .scores(List.of("p_ant", "p_bee", "p_cat", "p_dog"))
                        .resamples(50)
                        .build(),
                "regression.csv",
                EvaluationOptions.builder().prediction("pred").resamples(50).build(),
                "ranking.csv",
                EvaluationOptions.builder().score("score").group("query").build(),
                "text-long.csv",
                EvaluationOptions.builder()
                        .task(Task.TEXT)
                        .label("reference")
                        .prediction("generated")
                        .resamples(50)
                        .build());
        for (Map.Entry<String, EvaluationOptions> task : tasks.entrySet()) {
            Path file = Expected.file(task.getKey());
            EvaluationReport report = evaluator.evaluate(file, file, task.getValue());
            assertThat(report.comparison().differences().keySet())
                    .as(task.getKey())
                    .containsExactlyElementsOf(report.metrics().keySet());
            report.comparison().differences().forEach((name, difference) -> {
                assertThat(difference.difference())
                        .as(task.getKey() + " " + name)
                        .isZero();
                assertThat(difference.candidate())
                        .as(name)
                        .isEqualTo(report.metrics().get(name).value());
            });
        }
    }

    @Test
    void manyRowsAreComparedByBatches() throws IOException {
        // So many resamples that their draws pass the limit of a bootstrap: both ways must tell much the same.
        Map<String, EvaluationOptions.Builder> tasks = Map.of(
                "multiclass.csv",
                EvaluationOptions.builder()
                        .scores(List.of("p_ant", "p_bee", "p_cat", "p_dog"))
                        .metrics(List.of("roc_auc_macro", "average_precision_weighted")),
                "regression.csv",
                EvaluationOptions.builder().prediction("pred").metrics(List.of("r2")),
                "binary.csv",
                EvaluationOptions.builder().score("score").metrics(List.of("average_precision", "ks")));
        for (Map.Entry<String, EvaluationOptions.Builder> task : tasks.entrySet()) {
            List<String> lines = Files.readAllLines(Expected.file(task.getKey()));
            List<String> many = new ArrayList<>(lines.subList(0, 1));
            for (int i = 0; i < 10; i++) {
                many.addAll(lines.subList(1, lines.size()));
            }
            Path file = Files.write(folder.resolve(task.getKey()), many);
            EvaluationReport bootstrap = evaluator.evaluate(
                    file, file, task.getValue().resamples(200).build());
            EvaluationReport batches = evaluator.evaluate(
                    file, file, task.getValue().resamples(50_000).build());
            int compared = 0;
            for (Map.Entry<String, MetricValue> metric : batches.metrics().entrySet()) {
                if (metric.getValue().interval().startsWith("batch means")) {
                    compared++;
                    MetricValue other = bootstrap.metrics().get(metric.getKey());
                    assertThat((metric.getValue().upper() - metric.getValue().lower())
                                    / (other.upper() - other.lower()))
                            .as(metric.getKey())
                            .isBetween(0.4, 2.5);
                    assertThat(batches.comparison()
                                    .differences()
                                    .get(metric.getKey())
                                    .pValue())
                            .isEqualTo(1);
                }
            }
            assertThat(compared).as(task.getKey()).isPositive();
        }
    }

    private Path write(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    private void assertRefused(Path candidate, Path champion, EvaluationOptions options, String... parts) {
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(() -> evaluator.evaluate(candidate, champion, options))
                .withMessageContainingAll(parts);
    }

    @Test
    void refusesFilesOfOtherRows() throws IOException {
        Path candidate = write("new.csv", "id,label,score", "a,0,0.1", "b,1,0.9", "c,1,0.8");
        EvaluationOptions byId = options().build();
        EvaluationOptions byOrder = options().id(null).build();
        assertRefused(
                candidate,
                write("less.csv", "id,label,score", "a,0,0.1", "b,1,0.9"),
                byId,
                "every id of new.csv",
                "less.csv",
                "1 without, such as 'c'");
        assertRefused(
                candidate,
                write("more.csv", "id,label,score", "a,0,0.1", "b,1,0.9", "c,1,0.8", "d,1,0.8"),
                byId,
                "1 only in the champion's more.csv",
                "'d'");
        assertRefused(
                candidate,
                write("label.csv", "id,label,score", "c,1,0.1", "b,0,0.9", "a,0,0.8"),
                byId,
                "same label for the same row",
                "row 2 of new.csv",
                "row 2 of the champion's label.csv");
        assertRefused(candidate, folder.resolve("less.csv"), byOrder, "3 in new.csv", "2 in the champion's less.csv");
        assertRefused(candidate, folder.resolve("label.csv"), byOrder, "row 1 of new.csv", "name the id column");
        assertRefused(
                candidate,
                write("twice.csv", "id,label,score", "a,0,0.1", "b,1,0.9", "a,0,0.8"),
                byId,
                "twice.csv: expected each id in column 'id' once, found 1 repeated, such as 'a' in rows 1 and 3");
    }

    @Test
    void rowOrderIsEnoughWhereLabelsAgree() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(Expected.file("binary.csv")));
        Path same = Files.write(folder.resolve("same.csv"), lines);
        EvaluationReport report = evaluator.evaluate(
                Expected.file("binary.csv"), same, options().id(null).build());
        assertThat(report.comparison().joinedBy()).isEqualTo("row order, labels equal");
        Collections.reverse(lines.subList(1, lines.size()));
        Path reversed = Files.write(folder.resolve("reversed.csv"), lines);
        assertRefused(Expected.file("binary.csv"), reversed, options().id(null).build(), "another order");
        assertThat(evaluator
                        .evaluate(
                                Expected.file("binary.csv"), reversed, options().build())
                        .comparison()
                        .differences()
                        .get("roc_auc")
                        .difference())
                .isZero();
    }
}
