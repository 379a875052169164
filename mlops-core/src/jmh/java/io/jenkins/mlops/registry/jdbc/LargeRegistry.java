package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.tracking.MetricPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * An embedded registry of a large installation, made once and kept for the next measurement: 500 models with half of
 * the versions evenly over them, one model with the other half, all from 100 jobs; runs in 200 experiments with three metrics and two parameters each, 10,000 builds of one
 * job with a headline metric.
 *
 * <p>It stands in {@code target/larger-registry-VERSIONS-RUNS} of the module, or where the system property
 * {@code largeRegistry} says. As a program ({@code LargeRegistry VERSIONS RUNS}) it makes it and says how long that
 * took.
 */
public final class LargeRegistry {
    static final int MODELS = 500;
    static final int EXPERIMENTS = 200;
    static final int BUILDS = 10_000;
    static final String JOB = "team/train";
    static final String LARGE = "large";
    static final int JOBS = 100;

    private static final int AT_ONCE = 2_000;
    private static final long START = 1_700_000_000_000L;

    private LargeRegistry() {}

    public static void main(String[] args) throws IOException {
        long start = System.nanoTime();
        Path directory = directory(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
        System.out.printf(
                "%s: %.0f s, %d MB%n",
                directory, (System.nanoTime() - start) / 1e9, Files.size(directory.resolve("registry.mv.db")) >> 20);
    }

    /** The directory of a registry of this size, which is made if it isn't there. */
    static Path directory(int versions, int runs) throws IOException {
        String given = System.getProperty("largeRegistry");
        Path directory = (given == null ? Path.of("target") : Path.of(given))
                .resolve("larger-registry-" + versions + "-" + runs)
                .toAbsolutePath();
        Path complete = directory.resolve("complete");
        if (Files.exists(complete)) {
            return directory;
        }
        if (Files.exists(directory)) {
            throw new IOException("A registry was begun in " + directory + " and not finished; delete it");
        }
        try (RegistryDatabase database = RegistryDatabase.openEmbedded(directory)) {
            JdbcTrackingStore store = new JdbcTrackingStore(database, Clock.systemUTC());
            List<Long> experiments = new ArrayList<>();
            for (int i = 0; i < EXPERIMENTS; i++) {
                experiments.add(
                        Long.parseLong(store.experiment("experiment " + i).id()));
            }
            for (int from = 0; from < versions; from += AT_ONCE) {
                int first = from;
                int end = Math.min(versions, from + AT_ONCE);
                database.write(tx -> versions(tx, first, end));
            }
            for (int from = 0; from < runs; from += AT_ONCE) {
                int first = from;
                int end = Math.min(runs, from + AT_ONCE);
                database.write(tx -> runs(tx, experiments, first, end));
            }
            database.write(LargeRegistry::builds);
        }
        Files.createFile(complete);
        return directory;
    }

    private static Void versions(Transaction tx, int first, int end) throws SQLException {
        for (int i = first; i < end; i++) {
            SplittableRandom random = new SplittableRandom(i);
            String key = "version " + i;
            Registration registration = Registration.of(
                            key,
                            i % 2 == 0 ? LARGE : model(i / 2 % MODELS),
                            List.of(new VersionFile("model.bin", 1L << 20, Ledger.sha256(key))),
                            "builder")
                    .withBuild(new BuildRef(job(i % JOBS), i / JOBS + 1, null, null), null)
                    .withAuthors(Set.of("ann"))
                    .withRun("run-" + i, List.of("sha256:" + Ledger.sha256("data " + i % 100)))
                    .withMetrics(Map.of("auc", random.nextDouble(), "f1", random.nextDouble()))
                    .withTags(Map.of("stage", i % 10 == 0 ? "candidate" : "trial"), "");
            ModelVersion version = VersionChanges.register(tx, registration, START + i);
            if (version.number() == 1) {
                tx.update(
                        "INSERT INTO mlops_alias (model_id, alias, number)"
                                + " SELECT id, 'champion', 1 FROM mlops_model WHERE name = ?",
                        version.model());
            }
        }
        return null;
    }

    static String job(int i) {
        return JOB + "-" + i;
    }

    static String model(int i) {
        return "model-" + String.format("%03d", i);
    }

    private static BuildRef build(int number) {
        return new BuildRef(JOB, number, "https://ci.example/job/team/job/train/" + number + "/", null);
    }

    private static Void runs(Transaction tx, List<Long> experiments, int first, int end) throws SQLException {
        for (int i = first; i < end; i++) {
            SplittableRandom random = new SplittableRandom(-i);
            long millis = START + i * 1_000L;
            Object[] build = tx.build(build(i % BUILDS + 1));
            String runId = JdbcTrackingStore.newId(millis);
            long run = tx.insert(
                    "INSERT INTO mlops_run (run_id, operation_key, experiment_id, name, user_id, status, start_millis,"
                            + " end_millis, environment_json, deleted, job_id, build, build_url, build_ext) VALUES ("
                            + Sql.marks(14) + ")",
                    runId,
                    "large " + i,
                    experiments.get(i % EXPERIMENTS),
                    "run " + i,
                    "ann",
                    i % 50 == 0 ? "FAILED" : "FINISHED",
                    millis,
                    millis + 500,
                    null,
                    false,
                    build[0],
                    build[1],
                    build[2],
                    build[3]);
            RunWrites.params(
                    tx, run, runId, Map.of("lr", String.valueOf(random.nextInt(10)), "depth", String.valueOf(i % 7)));
            MetricRows.log(
                    tx,
                    run,
                    runId,
                    List.of(
                            new MetricPoint("auc", random.nextDouble(), millis, 1),
                            new MetricPoint("loss", random.nextDouble(), millis, 1),
                            new MetricPoint("seconds", random.nextDouble(), millis, 1)));
        }
        return null;
    }

    private static Void builds(Transaction tx) throws SQLException {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 1; i <= BUILDS; i++) {
            EvaluationRows.headline(tx, build(i), Map.of("auc", random.nextDouble()), START + i);
        }
        return null;
    }
}
