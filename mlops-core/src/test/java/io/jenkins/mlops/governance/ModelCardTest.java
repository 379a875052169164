package io.jenkins.mlops.governance;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.comparison.VersionFacts;
import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.evaluation.SliceReport;
import io.jenkins.mlops.evaluation.Task;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.RegisteredModel;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.registry.VersionStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelCardTest {
    private static final String HOSTILE = "<script>x</script> [a](javascript:b) | `c` *d* &amp;";

    private static ModelVersion version(String description) {
        return new ModelVersion(
                "churn",
                3,
                "sha256:" + "a".repeat(64),
                List.of(new VersionFile("model.bin", 12, "b".repeat(64))),
                null,
                "{\"inputs\": []}",
                null,
                null,
                new CodeRef("https://git.example/churn.git", "main", "0123456789abcdef", true, null),
                List.of("sha256:" + "c".repeat(64)),
                Map.of("auc", 0.9),
                Map.of("team", HOSTILE),
                description,
                Set.of("ann"),
                "ann",
                1_700_000_000_000L,
                VersionStatus.READY);
    }

    private static ModelCard card(String description, EvaluationReport report) {
        RegisteredModel model = new RegisteredModel(
                "churn", "Who leaves?\n\nNot for prices.", 0, 3, Map.of("champion", 3, "b", 2), Map.of());
        return new ModelCard(model, new VersionFacts(version(description), report, null), List.of(), List.of());
    }

    @Test
    void saysWhatIsKnownUnderThePapersHeadings() {
        EvaluationReport report = new EvaluationReport(
                Task.BINARY,
                "held-out customers",
                1_000,
                0.95,
                Map.of("roc_auc", new MetricValue(0.93, 0.91, 0.945, "delong")),
                null,
                List.of(),
                List.of(new SliceReport("region", "south", 400, Map.of("roc_auc", MetricValue.of(0.88)))),
                null,
                List.of("12 rows had no label"));
        assertThat(card("Third try", report).markdown())
                .startsWith("# churn version 3\n\nWho leaves?\n\nNot for prices.\n\nThird try\n\n## Model details\n")
                .contains("- **Aliases**: champion\n")
                .contains("- **Commit**: 0123456789abcdef with local changes\n")
                .contains("- **Data: data**: sha256:" + "c".repeat(64) + "\n")
                .contains(
                        "| Metric | Value | 95 % interval |\n| --- | --- | --- |\n| roc\\_auc | 0.93 | 0.91 \u2013 0.945 (delong) |\n")
                .contains("| region = south | 400 | roc\\_auc | 0.88 |  |\n")
                .contains("## Caveats\n\n- 12 rows had no label\n")
                .contains("## Promotions\n\nNone.\n");
    }

    @Test
    void letsNoTextBecomeMarkup() {
        String markdown = card(HOSTILE, null).markdown();
        assertThat(markdown)
                .contains("&lt;script&gt;x&lt;/script&gt; \\[a\\](javascript:b) \\| \\`c\\` \\*d\\* &amp;amp;")
                .doesNotContain("<script", "[a](");
    }

    @Test
    void letsNoLineOfADescriptionBeAHeadingOrAList() {
        assertThat(card("# Not a title\n- no item\n1. none\n> no quote", null).markdown())
                .contains("\\# Not a title\\\n\\- no item\\\n1\\. none\\\n&gt; no quote\n");
    }

    @Test
    void goesIntoJson() {
        assertThat(Json.tree(Json.write(card("", null).document()))
                        .at("/version/number")
                        .asInt())
                .isEqualTo(3);
    }
}
