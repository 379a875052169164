package io.jenkins.mlops.monitor.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.data.DataFormat;
import io.jenkins.mlops.evaluation.EvaluationOptions;
import io.jenkins.mlops.evaluation.Task;
import io.jenkins.mlops.monitor.window.FeedbackResult;
import io.jenkins.mlops.monitor.window.FeedbackTask;
import io.jenkins.mlops.monitor.window.LabelFile;
import io.jenkins.mlops.monitor.window.LogSource;
import io.jenkins.mlops.monitor.window.PackedLabels;
import io.jenkins.mlops.monitor.window.ReadingState;
import io.jenkins.mlops.monitor.window.WatchResult;
import io.jenkins.mlops.monitor.window.WatchTask;
import io.jenkins.mlops.monitor.window.WatchTasks;
import io.jenkins.mlops.monitor.window.WindowResult;
import io.jenkins.mlops.monitor.window.WindowSpec;
import io.jenkins.mlops.s3.AccessKey;
import io.jenkins.mlops.s3.S3Server;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Looks at a real S3 server that checks signatures, with what logs of all kinds are like. */
class BucketFormatsTest {
    private static final WindowSpec ROWS = WindowSpec.ofRows(2);
    private static S3Server server;

    @TempDir
    Path folder;

    private String prefix;
    private ReadingState state = ReadingState.start(ROWS);

    @BeforeAll
    static void start() throws Exception {
        server = new S3Server();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void own(TestInfo test) {
        prefix = test.getTestMethod().orElseThrow().getName() + "/";
    }

    private BucketLogs logs(AccessKey key) {
        return new BucketLogs(
                server.bucket(key, "data"),
                BucketLocation.of("s3://data/" + prefix),
                folder.resolve("fetched/churn"),
                BucketLimits.DEFAULT);
    }

    private static LogSource source(String pattern) {
        return new LogSource(pattern, DataFormat.OTHER, "", "id");
    }

    private WatchResult look(String pattern) throws Exception {
        WatchTask task = WatchTasks.counting(source(pattern), ROWS);
        WatchResult result = logs(S3Server.KEY).look(task, state, System.currentTimeMillis());
        state = result.next();
        return result;
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void aLastLineWithoutAnEndIsOne() throws Exception {
        server.put(prefix + "a.csv", "id,x\n1,1\n2,2");
        server.put(prefix + "b.jsonl", "{\"id\":\"3\",\"x\":3}\n{\"id\":\"4\",\"x\":4}");
        server.put(prefix + "day/c.jsonl.gz", packed("{\"id\":\"5\",\"x\":5}\n{\"id\":\"6\",\"x\":6}"));
        WatchResult result = look("**");
        assertThat(result.windows()).extracting(WindowResult::rows).containsExactly(2L, 2L, 2L);
        assertThat(result.notes()).isEmpty();
        assertThat(look("**").counts().rows()).isZero();
    }

    @Test
    void whatIsNoLogIsSaidAndPassedOver() throws Exception {
        server.put(prefix + "_SUCCESS", "done");
        server.put(prefix + "day/", "");
        server.put(prefix + "empty.csv", "");
        byte[] whole = packed("{\"id\":\"1\"}\n".repeat(50));
        server.put(prefix + "cut.jsonl.gz", Arrays.copyOf(whole, 12));
        server.put(prefix + "no.jsonl.gz", "not packed");
        server.put(prefix + "no.parquet", "PAR1 no PAR1");
        server.put(prefix + "good.jsonl", "{\"id\":\"1\"}\nno row\n{\"id\":\"2\"}\n");
        WatchResult result = look("**");
        assertThat(result.windows()).extracting(WindowResult::rows).containsExactly(2L);
        assertThat(result.counts().broken()).isEqualTo(1);
        assertThat(result.notes())
                .anyMatch(note -> note.endsWith("by their names: 1."))
                .anyMatch(note -> note.contains("no.jsonl.gz"))
                .anyMatch(note -> note.contains("cut.jsonl.gz"));
        assertThat(look("**").notes()).as("what is damaged is said once").hasSize(1);
    }

    @Test
    void noKeyNamesAFile() throws Exception {
        Path outside = folder.resolve("x.jsonl");
        List<String> keys = List.of(
                "../../x.jsonl",
                "/../../../x.jsonl",
                "..",
                "a",
                "a/b.jsonl",
                "a/b.jsonl/c.jsonl",
                "C:\\x.jsonl",
                "x".repeat(250) + "/" + "y".repeat(250) + ".jsonl");
        int logs = 0;
        for (String key : keys) {
            server.put(prefix + key, "{\"id\":\"" + logs + "\"}\n");
            logs += key.endsWith(".jsonl") ? 1 : 0;
        }
        WatchResult result = look("**");
        assertThat(result.counts().rows()).isEqualTo(logs);
        assertThat(outside).doesNotExist();
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile))
                    .hasSize(logs)
                    .allMatch(file -> file.getParent().endsWith("fetched/churn"))
                    .allMatch(file -> file.getFileName().toString().matches("[0-9a-f]{64}"));
        }
    }

    @Test
    void aPatternThatFindsNothingSaysSo() throws Exception {
        server.put(prefix + "day/a.jsonl", "{\"id\":\"1\"}\n");
        assertThat(look("*").notes())
                .containsExactly("Of 1 objects under s3://data/" + prefix
                        + " none is called like *; ** stands for names with / in them.");
        assertThat(look("*/a.jsonl").counts().rows()).isEqualTo(1);
    }

    @Test
    void whoMayNotReadIsTold() {
        WatchTask task = WatchTasks.counting(source("**"), ROWS);
        assertThatThrownBy(() -> logs(new AccessKey("reader", "wrong")).look(task, state, 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("403");
    }

    @Test
    void labelsAreJoinedThoughNothingIsOnTheMachine() throws Exception {
        server.put(prefix + "a.csv", "id,label,p\n1,,0.9\n2,,0.2\n");
        server.put(prefix + "b.csv", "id,label,p\n3,,0.8\n4,,0.1\n");
        look("**");
        try (Stream<Path> files = Files.list(folder.resolve("fetched/churn"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        List<String> lines = new ArrayList<>(List.of("id,y"));
        lines.addAll(List.of("1,1", "2,0", "3,0", "4,0", "9,1"));
        Path labels = Files.write(folder.resolve("labels.csv"), lines);
        FeedbackTask task = new FeedbackTask(
                source("**"),
                ROWS,
                state,
                PackedLabels.NONE,
                new LabelFile("id", "y", "", LabelFile.LABELS).read(labels).labels(),
                EvaluationOptions.builder()
                        .task(Task.BINARY)
                        .label("y")
                        .score("p")
                        .positive("1")
                        .resamples(0)
                        .build(),
                Map.of(),
                1_000);
        FeedbackResult result = logs(S3Server.KEY).join(task);
        assertThat(result.counts().matched()).isEqualTo(4);
        assertThat(result.windows()).hasSize(2);
        assertThat(result.windows().get(0).metrics().get("accuracy").value()).isEqualTo(1.0);
        assertThat(result.windows().get(1).metrics().get("accuracy").value()).isEqualTo(0.5);
    }

    @Test
    void placesAreReadAsPeopleWriteThem() {
        assertThat(BucketLocation.of("s3://data")).isEqualTo(new BucketLocation("data", ""));
        assertThat(BucketLocation.of("s3://data/")).isEqualTo(new BucketLocation("data", ""));
        assertThat(BucketLocation.of("s3://data/a/b")).isEqualTo(new BucketLocation("data", "a/b/"));
        assertThat(BucketLocation.is("/data/s3")).isFalse();
        for (String text : List.of("s3://", "s3:///logs", "s3://-x/logs", "S3://data", "s3://da ta/x")) {
            assertThat(BucketLocation.is(text)).isTrue();
            assertThatThrownBy(() -> BucketLocation.of(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected s3://bucket/prefix");
        }
        for (String endpoint : List.of("minio:9000", "ftp://minio", "https://who:secret@minio")) {
            assertThatThrownBy(() -> new BucketAccess(endpoint, "eu-central-1", ""))
                    .as(endpoint)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(new BucketAccess("", "eu-central-1", "").address())
                .isEqualTo("https://s3.eu-central-1.amazonaws.com");
    }
}
