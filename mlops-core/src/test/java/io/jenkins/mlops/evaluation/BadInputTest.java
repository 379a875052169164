package io.jenkins.mlops.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions files that can't be evaluated: what the build log says of them. */
class BadInputTest {
    @TempDir
    Path folder;

    private final EvaluationOptions binary =
            EvaluationOptions.builder().score("score").resamples(10).build();
    private final EvaluationOptions decisions =
            EvaluationOptions.builder().prediction("pred").resamples(10).build();

    private Path write(String... lines) throws IOException {
        return Files.write(folder.resolve("p.csv"), List.of(lines));
    }

    private EvaluationReport evaluate(EvaluationOptions options, String... lines) throws IOException {
        return new Evaluator().evaluate(write(lines), options);
    }

    private void assertRefused(EvaluationOptions options, List<String> lines, String... parts) {
        assertThatThrownBy(() -> evaluate(options, lines.toArray(String[]::new)))
                .hasMessageContainingAll(parts)
                .isInstanceOfAny(EvaluationException.class, IOException.class);
    }

    private static void assertRefused(Runnable options, String... parts) {
        assertThatExceptionOfType(EvaluationException.class)
                .isThrownBy(options::run)
                .withMessageContainingAll(parts);
    }

    @Test
    void filesThatAreNoTable() throws IOException {
        assertThatThrownBy(() -> new Evaluator().evaluate(folder.resolve("none.csv"), binary))
                .hasMessageContaining("none.csv");
        assertThatThrownBy(() -> new Evaluator().evaluate(folder, binary)).hasMessageContaining(folder.toString());
        assertRefused(binary, List.of(), "p.csv");
        assertRefused(binary, List.of("label,score"), "p.csv", "header only");
        assertRefused(decisions, List.of("label,pred"), "p.csv", "header only");
        Files.write(folder.resolve("p.csv"), new byte[] {
            'l', 'a', 'b', 'e', 'l', ',', 's', 'c', 'o', 'r', 'e', '\n', (byte) 0xff, (byte) 0xfe, ',', '1', '\n'
        });
        assertThatThrownBy(() -> new Evaluator().evaluate(folder.resolve("p.csv"), binary))
                .hasMessageContaining("UTF-8");
    }

    @Test
    void wrongColumnNamesListThoseThatAreThere() {
        assertRefused(binary, List.of("lable,score", "1,0.5"), "label", "lable");
        assertRefused(binary, List.of("label,scores", "1,0.5"), "score", "scores");
        assertRefused(decisions, List.of("label,prediction", "1,0"), "pred", "prediction");
    }

    @Test
    void scoresOutsideTheirRange() {
        String[] header = {"label,score", "0,0.5"};
        assertRefused(
                binary,
                List.of(header[0], header[1], "1,1.7"),
                "p.csv, row 2",
                "between 0 and 1",
                "found 1.7",
                "sigmoid");
        assertRefused(binary, List.of(header[0], header[1], "1,-0.001"), "row 2", "found -0.001");
        assertRefused(binary, List.of(header[0], header[1], "1,NaN"), "row 2", "found NaN");
        assertRefused(binary, List.of(header[0], header[1], "1,inf"), "Infinity");
        assertRefused(binary, List.of(header[0], header[1], "1,"), "row 2", "an empty cell");
        assertRefused(binary, List.of(header[0], header[1], "1,high"), "high", "score");
        assertRefused(binary, List.of(header[0], header[1], ",0.5"), "row 2", "expected a label", "empty cell");
    }

    @Test
    void weightsThatAreNone() {
        EvaluationOptions weighted =
                EvaluationOptions.builder().score("score").weight("w").build();
        assertRefused(weighted, List.of("label,score,w", "0,0.5,1", "1,0.5,-1"), "row 2", "weight", "found -1.0");
        assertRefused(weighted, List.of("label,score,w", "0,0.5,0", "1,0.5,0"), "weight above 0");
        assertRefused(weighted, List.of("label,score,w", "1,0.5,nan"), "row 1", "weight", "NaN");
    }

    @Test
    void duplicateIds() {
        EvaluationOptions withId =
                EvaluationOptions.builder().score("score").id("id").build();
        assertRefused(
                withId,
                List.of("id,label,score", "a,0,0.5", "b,1,0.5", "a,1,0.5", "b,1,0.5"),
                "each id in column 'id' once",
                "2 repeated",
                "'a' in rows 1 and 3");
        assertRefused(withId, List.of("id,label,score", ",0,0.5"), "row 1", "row id", "empty cell");
    }

    @Test
    void classesThatDoNotFit() throws IOException {
        assertRefused(
                binary,
                List.of("label,score", "a,0.5", "b,0.5", "c,0.5"),
                "two classes",
                "'a', 'b', 'c'",
                "multiclass");
        EvaluationOptions binaryDecisions =
                EvaluationOptions.builder().task(Task.BINARY).prediction("pred").build();
        assertRefused(
                binaryDecisions,
                List.of("label,pred", "yes,Y", "no,N"),
                "'no', 'yes'",
                "'N', 'Y'",
                "spell the classes alike");
        assertRefused(
                decisions,
                List.of("label,pred", "ant,ANT", "bee,BEE", "cat,CAT"),
                "found none",
                "'ant', 'bee', 'cat'",
                "same spelling");
        EvaluationOptions positive =
                EvaluationOptions.builder().score("score").positive("sick").build();
        assertRefused(positive, List.of("label,score", "ill,0.5", "well,0.5"), "positive: 'sick'");
        assertRefused(binary, List.of("label,score", "x,0.5", "x,0.7"), "only 'x'", "state positive");
        assertRefused(binary, List.of("label,score", "0,0.5"), "only '0'", "state positive");
        assertThat(evaluate(binary, "label,score", "1,0.5").warnings())
                .anyMatch(warning -> warning.contains("only one class"));
    }

    @Test
    void scoreColumnsOfClasses() {
        EvaluationOptions scores =
                EvaluationOptions.builder().scores(List.of("p_a", "p_b")).build();
        assertRefused(
                scores,
                List.of("label,p_a,p_b", "a,1,0", "c,0,1"),
                "a score column for each class ('a', 'c')",
                "'p_a', 'p_b'");
        assertRefused(
                EvaluationOptions.builder()
                        .task(Task.BINARY)
                        .scores(List.of("a", "b"))
                        .build(),
                List.of("label,a,b", "a,1,0", "b,0,1"),
                "one score column");
    }

    @Test
    void numbersThatAreNone() {
        EvaluationOptions regression = EvaluationOptions.builder()
                .task(Task.REGRESSION)
                .prediction("pred")
                .build();
        assertRefused(regression, List.of("label,pred", "1,2", "Infinity,3"), "row 2", "finite", "label");
        assertRefused(regression, List.of("label,pred", "1,2", "3,"), "row 2", "an empty cell");
        EvaluationOptions ranking =
                EvaluationOptions.builder().score("score").group("q").build();
        assertRefused(ranking, List.of("q,label,score", "a,-1,0.5"), "row 1", "relevance", "-1.0");
        assertRefused(ranking, List.of("q,label,score", ",1,0.5"), "row 1", "query", "empty");
    }

    @Test
    void columnsInTwoRoles() {
        assertRefused(
                EvaluationOptions.builder()
                        .score("score")
                        .slices(List.of("score"))
                        .build(),
                List.of("label,score", "1,0.5"),
                "column 'score'",
                "another role");
    }

    @Test
    void tooManySlices() {
        List<String> lines = new ArrayList<>(List.of("label,score,name"));
        for (int i = 0; i <= Slices.MOST_VALUES; i++) {
            lines.add(i % 2 + ",0.5,n" + i);
        }
        EvaluationOptions options = EvaluationOptions.builder()
                .score("score")
                .slices(List.of("name"))
                .build();
        assertRefused(options, lines, "slice column 'name'", "at most 1000", "1001", "coarser");
    }

    @Test
    void textsTooLongToCompare() throws IOException {
        EvaluationOptions options = EvaluationOptions.builder()
                .task(Task.TEXT)
                .label("a")
                .prediction("b")
                .resamples(0)
                .build();
        List<String> lines = List.of("a,b", "x,y", "x," + "word ".repeat(TextRows.MOST_WORDS + 1));
        assertRefused(options, lines, "row 2", "at most 20000 words", "without rouge_l");
    }

    @Test
    void unknownMetrics() {
        EvaluationOptions options = EvaluationOptions.builder()
                .score("score")
                .metrics(List.of("rmse"))
                .build();
        assertRefused(options, List.of("label,score", "1,0.5", "0,0.5"), "'rmse'", "accuracy");
    }

    @Test
    void options() {
        assertRefused(() -> EvaluationOptions.builder().build(), "prediction", "score", "neither");
        assertRefused(() -> EvaluationOptions.builder().label(" ").score("s").build(), "label column");
        assertRefused(
                () -> EvaluationOptions.builder().score("s").threshold(1.5).build(), "threshold", "1.5");
        assertRefused(() -> EvaluationOptions.builder().score("s").level(95).build(), "confidence level", "95.0");
        assertRefused(() -> EvaluationOptions.builder().score("s").beta(0).build(), "beta");
        assertRefused(() -> EvaluationOptions.builder().score("s").bins(1).build(), "bins");
        assertRefused(() -> EvaluationOptions.builder().score("s").k(List.of(0)).build(), "k counts");
        assertRefused(() -> EvaluationOptions.builder().score("s").resamples(-1).build(), "resamples");
        assertRefused(
                () -> EvaluationOptions.builder().task(Task.TEXT).score("s").build(), "prediction");
        assertRefused(
                () -> EvaluationOptions.builder()
                        .score("s")
                        .quantiles(List.of(0.1, 0.9))
                        .build(),
                "2 quantiles");
        assertRefused(() -> Task.parse("clustering"), "binary, multiclass", "'clustering'");
        assertThat(Task.parse(" Ranking ")).isEqualTo(Task.RANKING);
    }

    @Test
    void forgedReportsAreRefused() {
        assertRefused(() -> new MetricValue(1, 2, 1, "x"), "ends before");
        assertRefused(() -> new MetricValue(1, 0, Double.NaN, "x"), "two bounds");
        assertRefused(() -> new MetricValue(1, 0, 2, ""), "two bounds");
        assertRefused(() -> ConfusionMatrix.of(List.of("a", "b"), new double[][] {{1, 2}}), "1 rows");
        assertRefused(() -> ConfusionMatrix.of(List.of("a"), new double[][] {{-1}}), "-1.0");
        assertRefused(() -> new Curve("roc", "x", "y", List.of(1.0), List.of(), List.of(), List.of()), "1 x, 0 y");
        assertRefused(() -> new SliceReport("a", "x".repeat(20_000), 1, Map.of()), "20000 characters");
        assertRefused(() -> new Comparison(-1, "", 0.9, Map.of()), "negative");
        assertRefused(() -> new MetricDifference(1, 1, 0, 0, 0, 2, ""), "p-value");
    }
}
