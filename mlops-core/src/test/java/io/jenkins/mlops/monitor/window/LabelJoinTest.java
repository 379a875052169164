package io.jenkins.mlops.monitor.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.data.DataFormat;
import io.jenkins.mlops.evaluation.EvaluationOptions;
import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.evaluation.Evaluator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelJoinTest {
    @TempDir
    Path folder;

    private JoinTask task(long from, long to, int ids) {
        return new JoinTask(
                new LogSource("p*.jsonl", DataFormat.OTHER, "t", "id"),
                new LogSource("l*.csv", DataFormat.OTHER, "", "request"),
                "label",
                List.of("score", "country"),
                from,
                to,
                ids);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    @Test
    void joinsLateDoubledConflictingAndMissingLabels() throws IOException {
        write(
                "p1.jsonl",
                "{\"id\":\"a\",\"t\":1000,\"score\":0.9,\"country\":\"AT, \\\"DE\\\"\"}\n"
                        + "{\"id\":\"b\",\"t\":2000,\"score\":0.1}\n"
                        + "torn {\n"
                        + "{\"t\":2000,\"score\":0.1}\n");
        write("p2.jsonl", "{\"id\":\"a\",\"t\":3000,\"score\":0.5}\n{\"id\":\"c\",\"t\":4000,\"score\":0.7}");
        write("l1.csv", "request,label\nb,0\na,0\nz,1\n");
        write("l2.csv", "request,label\na,1\nb,0\nd\n,1\n");
        Path out = folder.resolve("joined.csv");
        JoinReport report = LabelJoin.join(folder, task(Long.MIN_VALUE, Long.MAX_VALUE, 100), out);

        assertThat(report).isEqualTo(new JoinReport(3, 2, 1, 3, 1, 1, 1, 1, 4, List.of()));
        assertThat(report.coverage()).isEqualTo(2.0 / 3);
        assertThat(out).hasContent("id,label,score,country\na,1,0.9,\"AT, \"\"DE\"\"\"\nb,0,0.1,\n");
    }

    @Test
    void keepsToASpanOfTime() throws IOException {
        write("p.jsonl", "{\"id\":1,\"t\":1e9}\n{\"id\":2,\"t\":2e9}\n{\"id\":3}\n");
        write("l.csv", "request,label\n1,x\n2,y\n3,z\n");
        JoinReport report =
                LabelJoin.join(folder, task(1_500_000_000_000L, 2_000_000_000_001L, 100), folder.resolve("joined.csv"));

        assertThat(report.matched()).isEqualTo(1);
        assertThat(report.orphans()).isEqualTo(2);
    }

    @Test
    void refusesMoreIdsThanItMayHold() throws IOException {
        write("p.jsonl", "{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n");
        write("l.csv", "request,label\n1,x\n2,y\n");
        Path out = folder.resolve("joined.csv");

        assertThatThrownBy(() -> LabelJoin.join(folder, task(Long.MIN_VALUE, Long.MAX_VALUE, 2), out))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("at most 2 ids of predictions");
        assertThat(out).doesNotExist();
    }

    @Test
    void feedsTheEvaluation() throws IOException {
        StringBuilder predictions = new StringBuilder();
        StringBuilder labels = new StringBuilder("request,label\n");
        for (int i = 0; i < 400; i++) {
            predictions
                    .append("{\"id\":\"p")
                    .append(i)
                    .append("\",\"score\":")
                    .append((i % 10) / 10.0)
                    .append("}\n");
            labels.append("p")
                    .append(399 - i)
                    .append(',')
                    .append((399 - i) % 10 >= 5 ? 1 : 0)
                    .append('\n');
        }
        write("p.jsonl", predictions.toString());
        write("l.csv", labels.toString());
        Path out = folder.resolve("joined.csv");
        JoinReport report = LabelJoin.join(folder, task(Long.MIN_VALUE, Long.MAX_VALUE, 1_000), out);
        EvaluationReport evaluation = new Evaluator()
                .evaluate(
                        out,
                        EvaluationOptions.builder()
                                .label("label")
                                .score("score")
                                .build());

        assertThat(report.matched()).isEqualTo(400);
        assertThat(evaluation.metrics().get("roc_auc").value()).isEqualTo(1);
        assertThat(evaluation.metrics().get("accuracy").hasInterval()).isTrue();
    }

    @Test
    void holdsAMillionIds() {
        IdTable table = new IdTable(1_000_000);
        for (int i = 0; i < 1_000_000; i++) {
            assertThat(table.put("id-" + i, i % 7)).isTrue();
        }
        assertThat(table.put("one more", 1)).isFalse();
        assertThat(table.put("id-5", 6)).isTrue();
        assertThat(table.get("id-5")).isEqualTo(6);
        assertThat(table.get("id-999999")).isEqualTo(999_999 % 7);
        assertThat(table.get("nobody")).isEqualTo(-1);
    }
}
