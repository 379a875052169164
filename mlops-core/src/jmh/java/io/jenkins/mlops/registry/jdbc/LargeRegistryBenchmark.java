package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.registry.Decision;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelCatalog;
import io.jenkins.mlops.registry.ModelListing;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionRequest;
import io.jenkins.mlops.registry.RegisteredModel;
import io.jenkins.mlops.registry.TrendPoint;
import io.jenkins.mlops.registry.VersionListing;
import io.jenkins.mlops.registry.VersionQuery;
import io.jenkins.mlops.registry.retention.RetentionQuery;
import io.jenkins.mlops.search.Condition;
import io.jenkins.mlops.search.Field;
import io.jenkins.mlops.search.Operator;
import io.jenkins.mlops.search.Order;
import io.jenkins.mlops.tracking.RunQuery;
import io.jenkins.mlops.tracking.TrackedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What pages, searches and promotions ask of a registry of a large installation, on a heap of 512 MB. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgs = "-Xmx512m")
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class LargeRegistryBenchmark {
    private static final String EVIDENCE = "sha256:" + "0".repeat(64);
    private static final Page.Request FIRST = Page.Request.first(50);

    @Param({"100000"})
    int versions;

    @Param({"1000000"})
    int runs;

    private Path directory;
    private RegistryDatabase database;
    private JdbcModelRegistry registry;
    private JdbcTrackingStore store;
    private JdbcRetentionStore retention;
    private String experiment;
    private Page.Request deepModels;
    private Page.Request deepVersions;
    private String deepRun;
    private int next = 1;

    /** Works on a copy, because promotions write. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        Path made = LargeRegistry.directory(versions, runs);
        directory = Files.createTempDirectory(made.getParent(), "measured");
        for (String file : List.of("registry.mv.db", "registry.format")) {
            Files.copy(made.resolve(file), directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        database = RegistryDatabase.openEmbedded(directory);
        // H2 would give the last answer again where nobody has written since: no measure of a registry in use.
        database.write(tx -> tx.update("SET OPTIMIZE_REUSE_RESULTS 0"));
        registry = new JdbcModelRegistry(database, Clock.systemUTC());
        store = new JdbcTrackingStore(database, Clock.systemUTC());
        retention = new JdbcRetentionStore(database, Clock.systemUTC());
        experiment = store.experimentByName("experiment 7").orElseThrow().id();
        deepModels = new Page.Request(50, LargeRegistry.model(LargeRegistry.MODELS - 60));
        deepVersions = new Page.Request(50, "60");
        deepRun = store.runs(RunQuery.of(experiment), Page.Request.first(1))
                .items()
                .get(0)
                .id();
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        database.close();
        BenchmarkFolder.delete(directory);
    }

    @Benchmark
    public Page<RegisteredModel> models() {
        return registry.models(null, FIRST);
    }

    @Benchmark
    public Page<RegisteredModel> modelsDeep() {
        return registry.models(null, deepModels);
    }

    @Benchmark
    public Page<RegisteredModel> modelsByName() {
        return registry.models("L-24", FIRST);
    }

    @Benchmark
    public Page<ModelVersion> versionsOfModel() {
        return registry.versions(VersionQuery.all().ofModel(LargeRegistry.model(7)), FIRST);
    }

    @Benchmark
    public Page<ModelVersion> versionsNewest() {
        return registry.versions(VersionQuery.all(), FIRST);
    }

    @Benchmark
    public Page<ModelVersion> versionsOldest() {
        return registry.versions(VersionQuery.all(), deepVersions);
    }

    @Benchmark
    public Page<ModelVersion> versionsByMetric() {
        return registry.versions(VersionQuery.all().byMetric("auc", 0.5, null, true), FIRST);
    }

    @Benchmark
    public Page<ModelVersion> versionsOfModelByMetric() {
        return registry.versions(
                VersionQuery.all().ofModel(LargeRegistry.model(7)).byMetric("auc", null, null, true), FIRST);
    }

    @Benchmark
    public Page<ModelVersion> versionsByTagAndMetric() {
        return registry.versions(
                VersionQuery.all().withTags(Map.of("stage", "candidate")).byMetric("auc", null, null, true), FIRST);
    }

    // What pages list, for a reader of everything and for one of three jobs

    private static final Set<String> THREE = Set.of(LargeRegistry.job(1), LargeRegistry.job(2), LargeRegistry.job(3));

    @Benchmark
    public Object listedModels() {
        return registry.catalog().models(ModelListing.first(50));
    }

    @Benchmark
    public Object listedModelsOfThreeJobs() {
        return registry.catalog().models(ModelListing.first(50).visibleBy(THREE));
    }

    @Benchmark
    public Object listedModelsByNewest() {
        return registry.catalog().models(new ModelListing("l-2", null, ModelListing.Order.NEWEST, true, 0, 50));
    }

    /** With all else that the page of models asks. */
    @Benchmark
    public Object pageOfModels() {
        ModelCatalog catalog = registry.catalog();
        Map<String, String> metrics = new HashMap<>();
        catalog.models(ModelListing.first(50)).items().forEach(model -> metrics.put(model.name(), "auc"));
        return List.of(
                catalog.serving(metrics.keySet(), null),
                catalog.policies(metrics.keySet()),
                catalog.trends(metrics, null, 20));
    }

    private Object listed(
            @CheckForNull Set<String> jobs, @CheckForNull String search, @CheckForNull String metric, int offset) {
        return registry.catalog()
                .versions(new VersionListing(LargeRegistry.LARGE, jobs, search, metric, true, offset, 25));
    }

    @Benchmark
    public Object listedVersions() {
        return listed(null, null, null, 0);
    }

    @Benchmark
    public Object listedVersionsOfThreeJobs() {
        return listed(THREE, null, null, 0);
    }

    @Benchmark
    public Object listedVersionsDeep() {
        return listed(null, null, null, versions / 2 - 100);
    }

    @Benchmark
    public Object listedVersionsByMetric() {
        return listed(null, null, "auc", 0);
    }

    @Benchmark
    public Object listedVersionsByMetricOfThreeJobs() {
        return listed(THREE, null, "auc", 0);
    }

    @Benchmark
    public Object listedVersionsByMetricDeep() {
        return listed(null, null, "auc", versions / 2 - 100);
    }

    @Benchmark
    public Object listedVersionsBySearch() {
        return listed(null, "candidate", null, 0);
    }

    /** Of the largest model: those past the newest hundred go. */
    @Benchmark
    public Object retention() {
        RetentionQuery query =
                new RetentionQuery(LargeRegistry.LARGE, null, 100, System.currentTimeMillis(), Set.of("keep"));
        return List.of(retention.total(query), retention.expendable(query, 0, 25));
    }

    /** Of the largest model, where a tag keeps nearly all. */
    @Benchmark
    public Object retentionOfLittle() {
        RetentionQuery query =
                new RetentionQuery(LargeRegistry.LARGE, null, 100, System.currentTimeMillis(), Set.of("stage"));
        return List.of(retention.total(query), retention.expendable(query, 0, 25));
    }

    @Benchmark
    public Object downstream() {
        return registry.catalog().downstream("sha256:" + Ledger.sha256("data 7"), null, 200);
    }

    /** What a version's page asks. */
    @Benchmark
    public Object versionPage() {
        String model = LargeRegistry.model(7);
        ModelVersion version = registry.version(model, 42);
        return List.of(
                registry.model(model),
                registry.evaluations(model, 42),
                registry.promotionsOf(model, FIRST),
                registry.policy(model),
                registry.endpointsOf(model),
                registry.versionsByDigest(version.files().get(0).sha256()),
                registry.ledger(model, FIRST));
    }

    @Benchmark
    public Promotion promotionRequestedAndDecided() {
        int number = next++ % (versions / 2 / LargeRegistry.MODELS) + 1;
        ModelVersion version = registry.version(LargeRegistry.model(next % LargeRegistry.MODELS), number);
        Promotion promotion = registry.requestPromotion(new PromotionRequest(
                UUID.randomUUID().toString(),
                version.model(),
                version.number(),
                "champion",
                "requester",
                version.digest(),
                registry.policy(version.model()).revision(),
                Verdict.PASS,
                EVIDENCE,
                "{\"gates\":[]}",
                version.build(),
                "please"));
        return promotion.state().name().equals("AWAITING_APPROVAL")
                ? registry.decide(new Decision(
                        promotion.id(),
                        true,
                        "approver",
                        Set.of(),
                        "seen",
                        promotion.revision(),
                        promotion.versionDigest(),
                        promotion.evidenceHash()))
                : promotion;
    }

    @Benchmark
    public Page<TrackedRun> runsNewest() {
        return store.runs(RunQuery.of(experiment), FIRST);
    }

    @Benchmark
    public Page<TrackedRun> runsByMetric() {
        return store.runs(LargeRegistry.byMetric(experiment), FIRST);
    }

    @Benchmark
    public Page<TrackedRun> runsByParam() {
        return store.runs(
                new RunQuery(
                        List.of(experiment),
                        List.of(new Condition(Field.PARAM, "depth", Operator.EQ, "3")),
                        List.of(),
                        false),
                FIRST);
    }

    /** Over the runs of every experiment, as a table of the best. */
    @Benchmark
    public Page<TrackedRun> runsOfAllByMetric() {
        return store.runs(
                new RunQuery(List.of(), List.of(), List.of(new Order(Field.METRIC, "auc", false)), false), FIRST);
    }

    @Benchmark
    public TrackedRun oneRun() {
        return store.run(deepRun);
    }

    @Benchmark
    public List<TrendPoint> trend() {
        return registry.headlineMetrics(LargeRegistry.JOB, "auc", 1, LargeRegistry.BUILDS);
    }
}
