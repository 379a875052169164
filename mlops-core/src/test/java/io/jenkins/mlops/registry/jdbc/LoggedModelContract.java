package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.search.Field;
import io.jenkins.mlops.search.Filter;
import io.jenkins.mlops.search.Order;
import io.jenkins.mlops.search.Subject;
import io.jenkins.mlops.tracking.ArtifactPath;
import io.jenkins.mlops.tracking.ArtifactStore;
import io.jenkins.mlops.tracking.LoggedModel;
import io.jenkins.mlops.tracking.LoggedModelQuery;
import io.jenkins.mlops.tracking.LoggedModelQuery.By;
import io.jenkins.mlops.tracking.LoggedModelQuery.Dataset;
import io.jenkins.mlops.tracking.LoggedModelStart;
import io.jenkins.mlops.tracking.LoggedModelStatus;
import io.jenkins.mlops.tracking.LoggedModelStore;
import io.jenkins.mlops.tracking.MetricPoint;
import io.jenkins.mlops.tracking.ModelMetric;
import io.jenkins.mlops.tracking.RunBatch;
import io.jenkins.mlops.tracking.RunModels;
import io.jenkins.mlops.tracking.RunStart;
import io.jenkins.mlops.tracking.RunToken;
import io.jenkins.mlops.tracking.TrackingStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for logged models, artifacts and the tokens of runs on every database. */
abstract class LoggedModelContract {
    private static final String NONE = "m-" + "0".repeat(32);

    private final TestClock clock = new TestClock();
    private RegistryDatabase database;
    private TrackingStore store;
    private LoggedModelStore models;

    @TempDir
    Path files;

    abstract RegistryDatabase openEmpty() throws Exception;

    @BeforeEach
    void open() throws Exception {
        database = openEmpty();
        store = new JdbcTrackingStore(database, clock);
        models = store.loggedModels();
    }

    @AfterEach
    void closeStore() {
        database.close();
    }

    private String run() {
        return store.createRun(new RunStart(null, "0", null, "ann", clock.millis(), Map.of(), Samples.build(3), null))
                .id();
    }

    private LoggedModel model(String name, String run) {
        return models.create(new LoggedModelStart(
                "0", name, "classifier", run, "ann", Map.of("depth", "4"), Map.of("team", "blue")));
    }

    @Test
    void keepsAllOfAModel() {
        String run = run();
        LoggedModel begun = model("tree", run);
        assertThat(begun.status()).isEqualTo(LoggedModelStatus.PENDING);
        assertThat(models.get(begun.id())).isEqualTo(begun);

        models.logParams(begun.id(), Map.of("depth", "4", "leaves", "8"));
        assertThatThrownBy(() -> models.logParams(begun.id(), Map.of("more", "1", "depth", "5")))
                .isInstanceOf(RegistryException.Conflict.class)
                .hasMessageContaining("'4' already");
        models.setTags(begun.id(), Map.of("team", "red", "a/b", "x"));
        models.deleteTag(begun.id(), "a/b");
        assertThatThrownBy(() -> models.deleteTag(begun.id(), "a/b")).isInstanceOf(RegistryException.NotFound.class);
        assertThat(models.finish(begun.id(), LoggedModelStatus.READY).status()).isEqualTo(LoggedModelStatus.READY);

        LoggedModel kept = models.get(begun.id());
        assertThat(kept.params()).isEqualTo(Map.of("depth", "4", "leaves", "8"));
        assertThat(kept.tags()).isEqualTo(Map.of("team", "red"));
        assertThat(kept.sourceRunId()).isEqualTo(run);
        models.setDeleted(begun.id(), true);
        assertThat(models.get(begun.id()).deleted()).isTrue();
        assertThatThrownBy(() -> models.get(NONE)).isInstanceOf(RegistryException.NotFound.class);
        assertThatThrownBy(() -> model("tree", "f".repeat(32))).isInstanceOf(RegistryException.NotFound.class);
    }

    @Test
    void theLastValueOfEachMetricIsThatOfTheHighestStep() {
        String run = run();
        LoggedModel model = model("tree", run);
        List<MetricPoint> points = List.of(
                new MetricPoint("loss", 0.5, 10, 2),
                new MetricPoint("loss", 0.9, 20, 1),
                new MetricPoint("odd", Double.NaN, 1, 0));
        store.log(
                run,
                RunBatch.ofMetrics(points),
                points.stream()
                        .map(point -> new ModelMetric(model.id(), run, point, "iris", "abc"))
                        .toList());
        MetricPoint elsewhere = new MetricPoint("loss", 0.1, 30, 9);
        store.log(
                run,
                RunBatch.ofMetrics(List.of(elsewhere)),
                List.of(new ModelMetric(model.id(), run, elsewhere, "", "")));
        assertThat(models.get(model.id()).metrics())
                .extracting(
                        metric -> metric.point().key(), metric -> metric.point().value(), ModelMetric::datasetName)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("loss", 0.5, "iris"),
                        org.assertj.core.groups.Tuple.tuple("loss", 0.1, ""),
                        org.assertj.core.groups.Tuple.tuple("odd", Double.NaN, "iris"));
        assertThatThrownBy(() -> store.log(
                        run,
                        RunBatch.ofMetrics(List.of(new MetricPoint("late", 1, 1, 1))),
                        List.of(new ModelMetric(NONE, run, elsewhere, "", ""))))
                .isInstanceOf(RegistryException.NotFound.class);
        assertThat(store.run(run).metrics()).as("all of the batch or nothing").doesNotContainKey("late");
    }

    @Test
    void searches() {
        String run = run();
        for (int i = 0; i < 5; i++) {
            clock.advance(1_000);
            LoggedModel model = model("tree-" + i, i % 2 == 0 ? run : null);
            MetricPoint point = new MetricPoint("auc", i / 10.0, 1, 1);
            store.log(
                    run,
                    RunBatch.ofMetrics(List.of(point)),
                    List.of(new ModelMetric(model.id(), run, point, "set-" + i % 2, "d")));
            models.setTags(model.id(), Map.of("n", "" + i));
        }
        models.setDeleted(model("tree-gone", run).id(), true);
        assertThat(found("name LIKE 'tree-%' AND tags.n != '4'", List.of()))
                .containsExactly("tree-3", "tree-2", "tree-1", "tree-0");
        assertThat(found("metrics.auc >= 0.2 AND params.depth = '4'", List.of()))
                .containsExactly("tree-4", "tree-3", "tree-2");
        assertThat(found("metrics.auc >= 0.2", List.of(new Dataset("set-1", "d"))))
                .containsExactly("tree-3");
        assertThat(found("", List.of(new Dataset("set-1", null)))).containsExactly("tree-3", "tree-1");
        assertThat(found("", List.of(new Dataset("set-1", "other")))).isEmpty();
        assertThat(found("tags.n IN ('1', '2') AND status = 'PENDING' AND source_run_id = '" + run + "'", List.of()))
                .containsExactly("tree-2");
        assertThat(found("tags.missing IS NULL AND params.depth IS NOT NULL AND tags.n IS NOT NULL", List.of()))
                .hasSize(5);
        assertThat(found("tags.n IS NULL", List.of())).isEmpty();
        By rising = new By(new Order(Field.METRIC, "auc", false), null);
        Page<LoggedModel> first = all("", List.of(), List.of(rising), 2);
        assertThat(first.items()).extracting(LoggedModel::name).containsExactly("tree-0", "tree-1");
        assertThat(models.search(query("", List.of(), List.of(rising)), new Page.Request(2, first.nextToken()))
                        .items())
                .extracting(LoggedModel::name)
                .containsExactly("tree-2", "tree-3");
        By ofSet = new By(new Order(Field.METRIC, "auc", true), new Dataset("set-1", null));
        assertThat(all("", List.of(), List.of(ofSet), 10).items())
                .extracting(LoggedModel::name)
                .containsExactly("tree-3", "tree-1", "tree-4", "tree-2", "tree-0");
        assertThat(found("tags.n = 'x'' OR 1=1 --'", List.of())).isEmpty();
    }

    private static LoggedModelQuery query(String filter, List<Dataset> datasets, List<By> order) {
        return new LoggedModelQuery(List.of("0"), Filter.parse(filter, Subject.LOGGED_MODEL), datasets, order);
    }

    private Page<LoggedModel> all(String filter, List<Dataset> datasets, List<By> order, int limit) {
        return models.search(query(filter, datasets, order), Page.Request.first(limit));
    }

    private List<String> found(String filter, List<Dataset> datasets) {
        return all(filter, datasets, List.of(), 10).items().stream()
                .map(LoggedModel::name)
                .toList();
    }

    @Test
    void runsNameTheModelsThatTheyReadAndMade() {
        String run = run();
        String made = model("made", run).id();
        String read = model("read", null).id();
        models.logInputs(run, List.of(read, read));
        models.logOutputs(run, List.of(new RunModels.Output(made, 1)));
        models.logOutputs(run, List.of(new RunModels.Output(made, 7)));
        assertThat(models.ofRuns(List.of(run, run())))
                .isEqualTo(Map.of(run, new RunModels(List.of(read), List.of(new RunModels.Output(made, 7)))));
        assertThatThrownBy(() -> models.logInputs(run, List.of(NONE))).isInstanceOf(RegistryException.NotFound.class);
    }

    @Test
    void filesAreTheirOwners() throws IOException {
        ArtifactStore artifacts = new ArtifactStore(files, store);
        String run = run();
        String model = model("tree", run).id();
        artifacts.put(run, ArtifactPath.of("model/a.txt"), bytes("run"), 3);
        artifacts.put(model, ArtifactPath.of("model/a.txt"), bytes("model"), 5);
        artifacts.put(model, ArtifactPath.of("model/a.txt"), bytes("again"), 5);
        artifacts.put(model, ArtifactPath.of("model_b%_/a!.txt"), bytes("x"), -1);
        assertThat(artifacts.files(run, ArtifactPath.ROOT)).containsExactly(Samples.file("model/a.txt", "run"));
        assertThat(artifacts.files(model, ArtifactPath.of("model")))
                .containsExactly(Samples.file("model/a.txt", "again"));
        assertThat(artifacts.files(model, ArtifactPath.of("model_b%_")))
                .containsExactly(Samples.file("model_b%_/a!.txt", "x"));
        try (InputStream in = artifacts.open(model, Samples.file("model/a.txt", "again"), 2)) {
            assertThat(in.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("ain");
        }
        assertThat(artifacts.delete(model, ArtifactPath.ROOT)).isEqualTo(2);
        assertThat(artifacts.find(run, ArtifactPath.of("model/a.txt"))).isPresent();
        assertThatThrownBy(() -> artifacts.files("../x", ArtifactPath.ROOT))
                .isInstanceOf(RegistryException.NotFound.class);
    }

    @Test
    void whatWasCutOffIsNotThere() throws IOException {
        ArtifactStore artifacts = new ArtifactStore(files, store);
        String run = run();
        artifacts.put(run, ArtifactPath.of("m"), bytes("before"), 6);
        assertThatThrownBy(() -> artifacts.put(run, ArtifactPath.of("m"), bytes("half"), 1_000))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("broke off after 4 of 1000 bytes");
        assertThatThrownBy(() -> artifacts.put(run, ArtifactPath.of("n"), broken(), -1))
                .isInstanceOf(IOException.class);
        assertThat(artifacts.files(run, ArtifactPath.ROOT)).containsExactly(Samples.file("m", "before"));
        try (Stream<Path> left = Files.walk(files)) {
            assertThat(left.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @Test
    void aFileOfAnySizePassesThroughASmallBuffer() throws IOException {
        ArtifactStore artifacts = new ArtifactStore(files, store);
        Metered upload = new Metered(files.resolve("incoming"), 8_000_000);
        artifacts.put(run(), ArtifactPath.of("big"), upload, -1);
        assertThat(upload.mostAskedFor).isLessThanOrEqualTo(64 * 1024);
        assertThat(upload.mostInMemory).as("bytes taken and not yet written").isLessThanOrEqualTo(64 * 1024);
    }

    /** A stream that looks, at each read, how much of what it gave has come to the disk. */
    private static final class Metered extends InputStream {
        private final Path folder;
        private final int size;
        private int given;
        private int mostAskedFor;
        private long mostInMemory;

        Metered(Path folder, int size) {
            this.folder = folder;
            this.size = size;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("one byte at a time");
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            try (Stream<Path> incoming = Files.list(folder)) {
                long onDisk = Files.size(incoming.findFirst().orElseThrow());
                mostInMemory = Math.max(mostInMemory, given - onDisk);
            }
            mostAskedFor = Math.max(mostAskedFor, length);
            int n = Math.min(length, size - given);
            given += n;
            return n == 0 ? -1 : n;
        }
    }

    private static InputStream broken() {
        return new InputStream() {
            private int left = 100_000;

            @Override
            public int read() throws IOException {
                if (left-- <= 0) {
                    throw new IOException("the connection was reset");
                }
                return 'x';
            }
        };
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void tokensAreKeptAsHashesAndEnd() {
        String run = run();
        String hash = Ledger.sha256("secret");
        store.keepToken(hash, run, "ann", true, false);
        RunToken token = store.token(hash).orElseThrow();
        assertThat(token.run().id()).isEqualTo(run);
        assertThat(token.user()).isEqualTo("ann");
        assertThat(token.mayRegister()).isTrue();
        assertThat(token.mayRequestPromotion()).isFalse();
        assertThat(store.token(Ledger.sha256("other"))).isEmpty();
        store.revokeTokens(run);
        assertThat(store.token(hash)).isEmpty();
    }
}
