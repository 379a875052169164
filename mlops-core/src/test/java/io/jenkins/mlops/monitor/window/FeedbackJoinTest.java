package io.jenkins.mlops.monitor.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.data.DataException;
import io.jenkins.mlops.data.DataFormat;
import io.jenkins.mlops.evaluation.EvaluationOptions;
import io.jenkins.mlops.evaluation.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedbackJoinTest {
    private static final long HOUR = 3_600_000;
    private static final long T0 = 1_700_000_000_000L / HOUR * HOUR;
    private static final EvaluationOptions OPTIONS = EvaluationOptions.builder()
            .task(Task.BINARY)
            .label("label")
            .score("score")
            .positive("1")
            .resamples(0)
            .build();

    @TempDir
    Path folder;

    private PackedLabels kept = PackedLabels.NONE;
    private final Map<String, String> known = new HashMap<>();

    private static LogSource source() {
        return new LogSource("p*", DataFormat.OTHER, "t", "id");
    }

    private void append(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String row(String id, double hours, double score) {
        return "{\"id\":\"" + id + "\",\"t\":" + (T0 + (long) (hours * HOUR)) + ",\"score\":" + score + "}\n";
    }

    private ReadingState read(WindowSpec spec, double hours) throws IOException {
        WatchTask task = WatchTasks.counting(source(), spec);
        return Watch.look(folder, task, ReadingState.start(spec), T0 + (long) (hours * HOUR))
                .next();
    }

    private LabelFile.Content labels(String text, String time) throws IOException {
        Path file = folder.resolve("labels.csv");
        Files.writeString(file, text);
        return new LabelFile("request", "truth", time, LabelFile.LABELS).read(file);
    }

    private FeedbackResult join(WindowSpec spec, double hours, PackedLabels added, int most) throws IOException {
        FeedbackResult result = FeedbackJoin.join(
                folder, new FeedbackTask(source(), spec, read(spec, hours), kept, added, OPTIONS, known, most));
        kept = result.labels();
        result.windows().forEach(window -> known.put(window.key(), window.digest()));
        return result;
    }

    private FeedbackResult record(double hours, String text) throws IOException {
        return join(WindowSpec.ofMillis(HOUR, 0), hours, labels(text, "").labels(), LabelFile.LABELS);
    }

    @Test
    void labelsOfClosedWindowsAreEvaluatedOnce() throws IOException {
        append("p.jsonl", row("a", 0.1, 0.9) + row("b", 0.2, 0.2) + row("c", 0.3, 0.8) + row("d", 1.1, 0.9));
        FeedbackResult first = record(1, "request,truth\nb,0\na,1\nd,1\nz,1\n");

        assertThat(first.windows()).hasSize(1);
        WindowQuality quality = first.windows().get(0);
        assertThat(quality.predictions()).isEqualTo(3);
        assertThat(quality.labelled()).isEqualTo(2);
        assertThat(quality.metrics().get("accuracy").value()).isEqualTo(1);
        assertThat(quality.metrics().get("accuracy").hasInterval()).isTrue();
        assertThat(first.counts()).isEqualTo(new FeedbackCounts(4, 0, 0, 0, 4, 3, 1, 0, 0, 0));

        FeedbackResult again = record(1, "request,truth\nb,0\na,1\nd,1\nz,1\n");
        assertThat(again.windows()).as("the same file changes nothing").isEmpty();
        assertThat(again.labels()).isEqualTo(first.labels());
        assertThat(again.counts().repeated()).isEqualTo(4);
    }

    @Test
    void correctedLabelsReplaceAndUnknownOnesWaitForTheirPrediction() throws IOException {
        append("p.jsonl", row("a", 0.1, 0.9) + row("b", 0.2, 0.2));
        record(1, "request,truth\na,1\nb,0\nlate,1\n");
        FeedbackResult corrected = record(1, "request,truth\na,0\n");
        assertThat(corrected.counts().corrected()).isEqualTo(1);
        assertThat(corrected.windows().get(0).metrics().get("accuracy").value()).isEqualTo(0.5);

        append("p.jsonl", row("late", 0.5, 0.7) + row("late", 0.6, 0.1));
        FeedbackResult met = record(1, "request,truth\n");
        assertThat(met.counts().unknown()).isZero();
        assertThat(met.counts().doubledPredictions())
                .as("the first prediction counts")
                .isEqualTo(1);
        assertThat(met.windows().get(0).labelled()).isEqualTo(3);
    }

    @Test
    void theYoungestLabelCountsWhereTheyHaveTimes() throws IOException {
        append("p.jsonl", row("a", 0.1, 0.9));
        WindowSpec hours = WindowSpec.ofMillis(HOUR, 0);
        String text = "request,truth,at\na,1,2026-11-03\na,0,2026-11-02\na,1,never\n";
        LabelFile.Content content = labels(text, "at");
        assertThat(content.broken()).isEqualTo(1);
        join(hours, 1, content.labels(), 10);
        FeedbackResult older = join(
                hours, 1, labels("request,truth,at\na,0,2026-11-01\n", "at").labels(), 10);
        assertThat(older.counts().older()).isEqualTo(1);
        assertThat(older.windows()).isEmpty();
    }

    @Test
    void moreLabelsThanMayBeKeptLetTheOldestGo() throws IOException {
        StringBuilder text = new StringBuilder("request,truth\n");
        for (int i = 0; i < 25; i++) {
            text.append("id").append(i).append(",1\n");
        }
        append("p.jsonl", row("id0", 0.1, 0.9) + row("id24", 0.2, 0.9));
        FeedbackResult result = join(
                WindowSpec.ofMillis(HOUR, 0), 1, labels(text.toString(), "").labels(), 20);
        assertThat(result.counts().labels()).isLessThanOrEqualTo(20);
        assertThat(result.counts().dropped()).isEqualTo(25 - result.counts().labels());
        assertThat(result.counts().matched()).as("id0 went, id24 is there").isEqualTo(1);
    }

    @Test
    void windowsOfRowsAreThoseOfTheMonitorThoughAnOldFileHasGone() throws IOException {
        WindowSpec rows = WindowSpec.ofRows(2);
        append("p1.jsonl", row("a", 0, 0.9) + row("b", 0, 0.9));
        append("p2.jsonl", row("c", 0, 0.2) + row("d", 0, 0.8) + row("e", 0, 0.8));
        Files.setLastModifiedTime(folder.resolve("p1.jsonl"), java.nio.file.attribute.FileTime.fromMillis(T0));
        ReadingState state = read(rows, 1);
        PackedLabels labels = labels("request,truth\na,1\nc,0\nd,1\ne,1\n", "").labels();
        Files.delete(folder.resolve("p1.jsonl"));
        FeedbackResult result = FeedbackJoin.join(
                folder,
                new FeedbackTask(
                        source(), rows, state, PackedLabels.NONE, labels, OPTIONS, Map.of(), LabelFile.LABELS));
        assertThat(result.windows()).extracting(WindowQuality::key).containsExactly("rows 2-3");
        assertThat(result.windows().get(0).labelled()).isEqualTo(2);
        assertThat(result.counts().unknown()).isEqualTo(1);
    }

    @Test
    void brokenAndInfiniteRowsAreSaidAndDoNoHarm() throws IOException {
        append(
                "p.jsonl",
                "torn {\n" + row("a", 0.1, Double.NaN) + row("b", 0.2, Double.POSITIVE_INFINITY) + "{\"other\":1}\n"
                        + row("c", 1.2, 0.9));
        append("p.csv", "id,t,points\nx," + T0 + ",3\n");
        FeedbackResult result = record(2, "request,truth\na,1\nb,0\nc,1\nx,1\n,1\nd\n");
        assertThat(result.counts().brokenPredictions()).isEqualTo(1);
        assertThat(result.windows()).hasSize(2);
        assertThat(result.windows().get(0).labelled()).isEqualTo(3);
        assertThat(result.windows().get(0).notes()).isNotEmpty();
        assertThat(result.windows().get(1).metrics().get("accuracy").value()).isEqualTo(1);
    }

    @Test
    void damagedLabelsAndForeignFilesAreRefused() throws IOException {
        append("p.jsonl", row("a", 0.1, 0.9));
        byte[] bytes = labels("request,truth\na,1\n", "").labels().bytes();
        for (int cut = 1; cut < bytes.length; cut++) {
            PackedLabels torn = new PackedLabels(java.util.Arrays.copyOf(bytes, cut));
            assertThatThrownBy(() -> Labels.of(torn, 10)).as("%s bytes", torn).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> labels("id,label\na,1\n", ""))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a column 'request'")
                .hasMessageContaining("[id, label]");
        Path other = Files.writeString(folder.resolve("labels.txt"), "a 1\n");
        assertThatThrownBy(() -> new LabelFile("id", "label", "", 10).read(other))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("CSV with a header, JSON Lines or Parquet");
    }
}
