package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.EvaluationRecord;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.RegisteredModel;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.TrendPoint;
import io.jenkins.mlops.registry.VersionQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for models and versions on every database. */
abstract class RegistryContract {
    final TestClock clock = new TestClock();
    RegistryDatabase database;
    JdbcModelRegistry registry;

    /** An open database without any data. */
    abstract RegistryDatabase openEmpty() throws Exception;

    @BeforeEach
    void open() throws Exception {
        database = openEmpty();
        registry = new JdbcModelRegistry(database, clock);
    }

    @AfterEach
    void closeRegistry() {
        registry.close();
    }

    @Test
    void keepsAllOfAVersion() {
        Registration registration = Samples.registration("a", "Iris classifier").withSource(null, "{\"in\":1}");
        ModelVersion version = registry.register(registration);

        assertThat(version.number()).isEqualTo(1);
        assertThat(version.digest()).isEqualTo(ModelVersion.digestOf(registration.files()));
        assertThat(registry.version("Iris classifier", 1)).isEqualTo(version);
        assertThat(registry.model("Iris classifier").latestVersion()).isEqualTo(1);
        assertThat(registry.hasVersionsOf(version.build().job(), version.build().number()))
                .isTrue();
        assertThat(registry.hasVersionsOf(version.build().job(), 99_999)).isFalse();
        assertThat(registry.versionsByDigest(version.files().get(1).sha256())).containsExactly(version);
        assertThat(registry.versionsByDigest(version.digest())).containsExactly(version);
        assertThat(registry.versionsByData(version.dataDigests().get(0))).containsExactly(version);
        assertThat(registry.verifyLedger().explanation()).isEqualTo("2 entries fit together");
    }

    @Test
    void answersTheSameOperationWithTheSameVersion() {
        ModelVersion first = registry.register(Samples.registration("once", "m"));
        assertThat(registry.register(Samples.registration("once", "m"))).isEqualTo(first);
        assertThat(registry.model("m").latestVersion()).isEqualTo(1);
        assertThatThrownBy(() -> registry.register(Samples.registration("once", "other")))
                .isInstanceOf(RegistryException.Conflict.class)
                .hasMessageContaining("another version needs another key");
    }

    @Test
    void numbersStayDenseWhenManyRegisterAtOnce() throws Exception {
        int threads = 64;
        int each = 10;
        CountDownLatch go = new CountDownLatch(1);
        ConcurrentLinkedQueue<ModelVersion> made = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Throwable> failed = new ConcurrentLinkedQueue<>();
        List<Thread> running = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int thread = t;
            running.add(new Thread(() -> {
                try {
                    go.await();
                    for (int i = 0; i < each; i++) {
                        made.add(registry.register(Samples.registration("k" + thread + "-" + i, "m" + thread % 2)));
                    }
                } catch (Throwable e) {
                    failed.add(e);
                }
            }));
        }
        running.forEach(Thread::start);
        go.countDown();
        for (Thread thread : running) {
            thread.join();
        }
        assertThat(failed).isEmpty();
        for (String model : List.of("m0", "m1")) {
            Set<Integer> numbers = new TreeSet<>();
            made.stream().filter(v -> v.model().equals(model)).forEach(v -> numbers.add(v.number()));
            assertThat(numbers).hasSize(threads * each / 2).first().isEqualTo(1);
            assertThat(registry.model(model).latestVersion()).isEqualTo(threads * each / 2);
        }
        assertThat(registry.verifyLedger().intact()).isTrue();
    }

    @Test
    void aRefusedWriteLeavesNoTraceBesideOthers() throws Exception {
        registry.register(Samples.registration("first", "m"));
        long before = registry.verifyLedger().entries();
        List<Thread> running = new ArrayList<>();
        ConcurrentLinkedQueue<Throwable> refused = new ConcurrentLinkedQueue<>();
        for (int t = 0; t < 16; t++) {
            int thread = t;
            running.add(new Thread(() -> {
                if (thread % 2 == 0) {
                    registry.register(Samples.registration("ok" + thread, "m"));
                } else {
                    try {
                        registry.setTag("m", 1_000 + thread, "k", "v", "ann");
                    } catch (RegistryException.NotFound e) {
                        refused.add(e);
                    }
                }
            }));
        }
        running.forEach(Thread::start);
        for (Thread thread : running) {
            thread.join();
        }
        assertThat(refused).hasSize(8);
        assertThat(registry.model("m").latestVersion()).isEqualTo(9);
        assertThat(registry.verifyLedger().entries()).isEqualTo(before + 8);
        assertThat(registry.verifyLedger().intact()).isTrue();
    }

    @Test
    void findsModelsByTextAndPage() {
        for (String name : List.of("alpha", "beta 100%", "Beta_2", "gamma")) {
            registry.createModel(name, "about " + name, "ann");
        }
        assertThat(registry.models("BETA", Page.Request.first(10)).items())
                .extracting(RegisteredModel::name)
                .containsExactlyInAnyOrder("beta 100%", "Beta_2");
        assertThat(registry.models("100%", Page.Request.first(10)).items()).hasSize(1);
        assertThat(registry.models("_", Page.Request.first(10)).items()).hasSize(1);
        List<String> walked = new ArrayList<>();
        String token = null;
        do {
            Page<RegisteredModel> page = registry.models(null, new Page.Request(3, token));
            page.items().forEach(model -> walked.add(model.name()));
            token = page.nextToken();
        } while (token != null);
        assertThat(walked).containsExactlyInAnyOrder("alpha", "beta 100%", "Beta_2", "gamma");
        assertThat(registry.createModel("alpha", "again", "bob").description()).isEqualTo("about alpha");
    }

    @Test
    void findsVersionsByTheirProperties() {
        for (int i = 1; i <= 7; i++) {
            registry.register(Samples.registration("k" + i, i % 2 == 0 ? "even" : "odd")
                    .withMetrics(i == 7 ? Map.of("auc", Double.NaN) : Map.of("auc", i / 10.0))
                    .withTags(Map.of("third", String.valueOf(i % 3)), ""));
        }
        assertThat(values(VersionQuery.all().byMetric("auc", null, null, true)))
                .containsExactly(0.6, 0.5, 0.4, 0.3, 0.2, 0.1);
        assertThat(values(VersionQuery.all().byMetric("auc", 0.2, 0.5, false))).containsExactly(0.2, 0.3, 0.4, 0.5);
        assertThat(values(VersionQuery.all().ofModel("odd").byMetric("auc", null, null, true)))
                .containsExactly(0.5, 0.3, 0.1);
        assertThat(values(VersionQuery.all().withTags(Map.of("third", "1")).byMetric("auc", null, null, false)))
                .containsExactly(0.1, 0.4);
        assertThat(registry.versions(VersionQuery.all().ofRun("run-k3"), Page.Request.first(5))
                        .items())
                .extracting(ModelVersion::number)
                .containsExactly(2);
        assertThat(registry.versions(VersionQuery.all().ofModel("none"), Page.Request.first(5))
                        .items())
                .isEmpty();
        assertThat(walk(VersionQuery.all().ofModel("odd"))).hasSize(4);
    }

    private List<Double> values(VersionQuery query) {
        return walk(query).stream().map(version -> version.metrics().get("auc")).toList();
    }

    private List<ModelVersion> walk(VersionQuery query) {
        List<ModelVersion> walked = new ArrayList<>();
        String token = null;
        do {
            Page<ModelVersion> page = registry.versions(query, new Page.Request(2, token));
            walked.addAll(page.items());
            token = page.nextToken();
        } while (token != null);
        return walked;
    }

    @Test
    void tagsAndDescriptionsChange() {
        registry.register(Samples.registration("a", "m"));
        registry.setTag("m", 1, "stage", "best", "ann");
        registry.setTag("m", 1, "note", "x", "ann");
        registry.setTag("m", 1, "note", null, "ann");
        registry.setModelTag("m", "team", "vision", "ann");
        registry.describeModel("m", "A model", "ann");
        registry.describeVersion("m", 1, "A version", "ann");
        assertThat(registry.version("m", 1).tags()).isEqualTo(Map.of("stage", "best"));
        assertThat(registry.version("m", 1).description()).isEqualTo("A version");
        assertThat(registry.model("m").tags()).isEqualTo(Map.of("team", "vision"));
        assertThat(registry.model("m").description()).isEqualTo("A model");
        assertThat(registry.ledger("m", Page.Request.first(3)).items().get(0).kind())
                .isEqualTo("version.described");
        assertThat(registry.verifyLedger().intact()).isTrue();
    }

    @Test
    void aDeletedVersionKeepsItsNumber() {
        registry.register(Samples.registration("a", "m"));
        registry.register(Samples.registration("b", "m"));
        registry.deleteVersion("m", 2, "ann");
        assertThatThrownBy(() -> registry.version("m", 2))
                .isInstanceOf(RegistryException.NotFound.class)
                .hasMessageContaining("was deleted");
        assertThat(registry.register(Samples.registration("c", "m")).number()).isEqualTo(3);
        assertThat(walk(VersionQuery.all().ofModel("m")))
                .extracting(ModelVersion::number)
                .containsExactly(3, 1);
        assertThat(registry.verifyLedger().intact()).isTrue();
    }

    @Test
    void putsALostVersionBackUnderItsNumber() {
        registry.register(Samples.registration("a", "m"));

        ModelVersion third = registry.restore(Samples.registration("c", "m"), 3, 5_000);
        ModelVersion second = registry.restore(Samples.registration("b", "m"), 2, 4_000);

        assertThat(third.number()).isEqualTo(3);
        assertThat(third.createdMillis()).isEqualTo(5_000);
        assertThat(registry.version("m", 2)).isEqualTo(second);
        assertThat(registry.restore(Samples.registration("b", "m"), 2, 9_000)).isEqualTo(second);
        assertThat(registry.register(Samples.registration("d", "m")).number()).isEqualTo(4);
        assertThatThrownBy(() -> registry.restore(Samples.registration("e", "m"), 2, 0))
                .isInstanceOf(RegistryException.Conflict.class)
                .hasMessageContaining("another one");
        registry.deleteVersion("m", 2, "ann");
        assertThatThrownBy(() -> registry.restore(Samples.registration("b", "m"), 2, 0))
                .isInstanceOf(RegistryException.Conflict.class)
                .hasMessageContaining("was deleted");
        assertThat(registry.verifyLedger().explanation()).contains("fit together");
    }

    @Test
    void readsATrendWithoutBuilds() {
        IntStream.rangeClosed(1, 30)
                .forEach(build -> registry.recordEvaluation(evaluation("e" + build, build, build / 100.0)));
        registry.recordEvaluation(evaluation("e30-again", 30, 0.99));
        assertThat(registry.headlineMetrics("team/train", "auc", 28, 100))
                .extracting(TrendPoint::value)
                .containsExactly(0.28, 0.29, 0.99);
        assertThat(registry.headlineMetrics("team/train", "auc", 1, 5))
                .extracting(TrendPoint::build)
                .containsExactly(26, 27, 28, 29, 30);
        assertThat(registry.headlineMetricNames("team/train")).containsExactly("auc");
        assertThat(registry.headlineMetrics("other", "auc", 1, 5)).isEmpty();
    }

    @Test
    void evaluationsBelongToTheVersionOrItsRun() {
        registry.register(Samples.registration("a", "m"));
        EvaluationRecord ofVersion = new EvaluationRecord(
                "v",
                "m",
                1,
                null,
                null,
                Map.of("auc", 0.5),
                "{\"whole\":true}",
                "sha256:" + Ledger.sha256("v"),
                null,
                7);
        EvaluationRecord ofRun = new EvaluationRecord(
                "r",
                null,
                0,
                "run-a",
                null,
                Map.of("auc", Double.POSITIVE_INFINITY, "f1", Double.NaN),
                "{}",
                "sha256:" + Ledger.sha256("r"),
                Samples.build(3),
                8);
        registry.recordEvaluation(ofVersion);
        registry.recordEvaluation(ofRun);
        registry.recordEvaluation(ofRun);
        assertThat(registry.evaluations("m", 1)).containsExactly(ofRun, ofVersion);
    }

    @Test
    void followsJobsAndBuilds() {
        ModelVersion version = registry.register(Samples.registration("a", "m"));
        int build = version.build().number();
        registry.jobMoved("team", "squad", "ann");
        assertThat(registry.version("m", 1).build())
                .isEqualTo(new BuildRef(
                        "squad/train",
                        build,
                        version.build().url().replace("/job/team/", "/job/squad/"),
                        "squad/train#" + build));
        assertThat(registry.buildsWithVersions("squad/train")).containsExactly(build);
        assertThat(registry.buildsWithVersions("team/train")).isEmpty();
        assertThat(registry.versionsOf("squad/train", build)).hasSize(1);
        assertThat(registry.headlineMetricNames("squad/train")).containsExactly("auc", "loss");

        registry.register(Samples.registration("b", "m"));
        registry.jobMoved("team/train", "squad/train", "ann");
        assertThat(registry.version("m", 1).build().job()).startsWith("squad/train (until ");
        assertThat(registry.version("m", 2).build().job()).isEqualTo("squad/train");

        assertThat(registry.isBuildDeleted("squad/train", 5)).isFalse();
        registry.buildDeleted(new BuildRef("squad/train", 5, null, null));
        registry.buildDeleted(new BuildRef("squad/train", 5, null, null));
        assertThat(registry.isBuildDeleted("squad/train", 5)).isTrue();
    }

    @Test
    void namesWhatIsMissing() {
        assertThatThrownBy(() -> registry.model("nobody"))
                .isInstanceOf(RegistryException.NotFound.class)
                .hasMessageContaining("'nobody'");
        registry.register(Samples.registration("a", "m"));
        assertThatThrownBy(() -> registry.version("m", 9)).hasMessageContaining("its newest is 1");
        assertThatThrownBy(() -> registry.setTag("m", 9, "k", "v", "ann"))
                .isInstanceOf(RegistryException.NotFound.class);
    }

    private static EvaluationRecord evaluation(String key, int build, double auc) {
        return new EvaluationRecord(
                key,
                null,
                0,
                null,
                null,
                Map.of("auc", auc),
                "{}",
                "sha256:" + Ledger.sha256(key),
                Samples.build(build),
                1_700_000_000_000L + build);
    }
}
