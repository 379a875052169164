package io.jenkins.mlops.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationTextTest {
    private static EvaluationReport binary() throws IOException {
        return new Evaluator()
                .evaluate(
                        Expected.file("binary.csv"),
                        Expected.file("binary-champion.csv"),
                        EvaluationOptions.builder()
                                .score("score")
                                .id("id")
                                .slices(List.of("region"))
                                .metrics(List.of("accuracy", "recall", "auc", "log_loss", "best_threshold"))
                                .build());
    }

    @Test
    void showsMetricsIntervalsSlicesAndComparison() throws IOException {
        assertThat(EvaluationText.render(binary())).isEqualTo(Files.readString(Expected.file("binary.txt")));
    }

    @Test
    void isTheSameInEveryLocale() throws IOException {
        String expected = EvaluationText.render(binary());
        Locale before = Locale.getDefault();
        try {
            for (Locale locale :
                    List.of(Locale.GERMANY, Locale.forLanguageTag("ar-EG"), Locale.forLanguageTag("tr-TR"))) {
                Locale.setDefault(locale);
                assertThat(EvaluationText.render(binary())).isEqualTo(expected);
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void staysWithinTheConsole() throws IOException {
        EvaluationOptions options = EvaluationOptions.builder()
                .scores(List.of("p_ant", "p_bee", "p_cat", "p_dog"))
                .slices(List.of("pred", "weight"))
                .resamples(20)
                .build();
        EvaluationReport multiclass =
                new Evaluator().evaluate(Expected.file("multiclass.csv"), Expected.file("multiclass.csv"), options);
        for (EvaluationReport report : List.of(binary(), multiclass)) {
            assertThat(EvaluationText.lines(report)).allMatch(line -> line.length() <= TextTable.WIDTH + 4);
            assertThat(EvaluationText.lines(report)).noneMatch(line -> line.endsWith(" "));
        }
    }

    @Test
    void showsGivenMetrics() {
        EvaluationReport report = EvaluationReport.ofGivenMetrics(Map.of("auc", 0.93), 0);
        assertThat(EvaluationText.render(report)).isEqualTo("""
                        Evaluation: metrics as given

                          metric   value  better
                          ----------------------
                          auc     0.9300  higher
                        """);
    }

    @Test
    void foreignTextCannotBreakTheTable() {
        TextTable table =
                new TextTable("name", ">value").row("a\nb\u001b[2J\u202e", "1").row("x".repeat(100), "22");
        assertThat(table.lines()).hasSize(4).allMatch(line -> line.length() == 51);
        assertThat(table.lines().get(2)).startsWith("a?b?[2J? ");
        assertThat(table.lines().get(3)).contains("xxx...");
    }

    @Test
    void numbersForPeople() {
        assertThat(Figures.format(0.95321)).isEqualTo("0.9532");
        assertThat(Figures.format(0.99999)).isEqualTo("0.99999");
        assertThat(Figures.format(1)).isEqualTo("1");
        assertThat(Figures.format(-0.0)).isEqualTo("0");
        assertThat(Figures.format(9.99996)).isEqualTo("10.0000");
        assertThat(Figures.format(12.3456)).isEqualTo("12.346");
        assertThat(Figures.format(48213)).isEqualTo("48213");
        assertThat(Figures.format(48213.27)).isEqualTo("48213.3");
        assertThat(Figures.format(0.0000123)).isEqualTo("1.23e-05");
        assertThat(Figures.format(-1234567890123.0)).isEqualTo("-1.23e+12");
        assertThat(Figures.format(Double.NaN)).isEqualTo("NaN");
    }
}
