package io.jenkins.mlops.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.evaluation.ComparedChampion;
import io.jenkins.mlops.evaluation.Comparison;
import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.evaluation.MetricDifference;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.evaluation.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationMarkdownTest {
    private static EvaluationReport report(Map<String, MetricValue> metrics, Comparison comparison) {
        return new EvaluationReport(
                Task.BINARY,
                "binary, label 'y'",
                200,
                0.95,
                metrics,
                null,
                List.of(),
                List.of(),
                comparison,
                List.of());
    }

    private static GateReport gates(Verdict verdict, String rule, String why) {
        return GateReport.of(List.of(new GateResult(rule, verdict, why, Map.of())));
    }

    @Test
    void comparesWithTheChampionOnTheSameRows() {
        Comparison comparison = new Comparison(
                        200,
                        "row order",
                        0.95,
                        Map.of("roc_auc", new MetricDifference(0.91, 0.9, 0.01, 0.002, 0.018, 0.01, "delong, paired")))
                .against(new ComparedChampion("champion", 3, "sha256:x"));
        EvaluationReport report = report(Map.of("roc_auc", new MetricValue(0.91, 0.88, 0.94, "delong")), comparison);
        GateReport gates = gates(Verdict.PASS, "noWorseThan(alias: 'champion', metric: 'auc')", "it is not");

        assertThat(EvaluationMarkdown.title(gates)).isEqualTo("Gates: PASS (1 passed)");
        assertThat(EvaluationMarkdown.summary(report))
                .isEqualTo(
                        "`binary, label 'y'`, 200 rows; compared with the champion (`champion`, version 3) on the same"
                                + " 200 rows.");
        assertThat(EvaluationMarkdown.text(report, gates, Map.of())).isEqualTo("""
                | metric | candidate | champion | difference | 95 % interval | outcome |
                |---|---:|---:|---:|---|---|
                | `roc_auc` | 0.9100 | 0.9000 | 0.0100 | 0.0020 to 0.0180 | better |

                | verdict | gate | why |
                |---|---|---|
                | PASS | `noWorseThan(alias: 'champion', metric: 'auc')` | `it is not` |

                """);
    }

    @Test
    void showsWhatTheChampionWasRegisteredWith() {
        EvaluationReport report = report(
                Map.of("roc_auc", new MetricValue(0.91, 0.88, 0.94, "delong"), "f1", MetricValue.of(Double.NaN)), null);

        String text = EvaluationMarkdown.text(report, GateReport.of(List.of()), Map.of("roc_auc", 0.8));

        assertThat(text)
                .contains("| `roc_auc` | 0.9100 | 0.8800 to 0.9400 | 0.8000 |")
                .contains("| `f1` | undefined |  |  |")
                .contains("perhaps on other rows")
                .contains("No gates are set.");
        assertThat(EvaluationMarkdown.text(report, GateReport.of(List.of()), Map.of()))
                .doesNotContain("champion");
    }

    @Test
    void namesAreNoMarkUp() {
        String name = "a|b`c`\n@team <img src=x> [l](javascript:x) \u202e";
        EvaluationReport report = report(Map.of(name, MetricValue.of(1)), null);

        String text = EvaluationMarkdown.text(report, gates(Verdict.FAIL, name, name), Map.of(name, 2.0));

        String safe = "`a\\|b'c' @team <img src=x> [l](javascript:x)  `";
        assertThat(text).contains("| " + safe + " | 1 |  | 2 |").contains("| FAIL | " + safe + " | " + safe + " |");
    }

    @Test
    void isCutWhereTheHostOfTheCodeWouldRefuseIt() {
        Map<String, MetricValue> many = new LinkedHashMap<>();
        for (int i = 0; i < 900; i++) {
            many.put(i + "x".repeat(90), MetricValue.of(i));
        }

        String text = EvaluationMarkdown.text(report(many, null), GateReport.of(List.of()), Map.of());

        assertThat(text.length()).isBetween(59_000, 61_000);
        assertThat(text).endsWith("more lines, on the build's page\n");
    }
}
