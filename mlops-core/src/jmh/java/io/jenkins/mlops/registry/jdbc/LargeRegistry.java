package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.search.Condition;
import io.jenkins.mlops.search.Field;
import io.jenkins.mlops.search.Operator;
import io.jenkins.mlops.search.Order;
import io.jenkins.mlops.tracking.RunQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * An embedded registry of a large installation, made once and kept for the next measurement: 500 models with half of
 * the versions evenly over them, one model with the other half, all from 100 jobs, one in twenty without the metric {@code auc}; runs in 200 experiments with three
 * metrics and two parameters each, 10,000 builds of one job with a headline metric. Rows are written in batches as the
 * suite writes them one by one, and the ledger is a real one.
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

    private static final int AT_ONCE = 5_000;
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
            List<Long> models = new ArrayList<>();
            models.add(database.write(
                    tx -> ModelRows.ensure(tx, LARGE, "", "builder", START).id()));
            for (int i = 0; i < MODELS; i++) {
                String name = model(i);
                models.add(database.write(
                        tx -> ModelRows.ensure(tx, name, "", "builder", START).id()));
            }
            for (int from = 0; from < versions; from += AT_ONCE) {
                int first = from;
                int end = Math.min(versions, from + AT_ONCE);
                database.write(tx -> versions(tx, models, first, end));
            }
            database.write(tx -> lists(tx, versions));
            for (int from = 0; from < runs; from += AT_ONCE) {
                int first = from;
                int end = Math.min(runs, from + AT_ONCE);
                database.write(tx -> runs(tx, experiments, first, end));
            }
            database.write(LargeRegistry::builds);
            database.write(tx -> tx.update("ALTER TABLE mlops_run ALTER COLUMN id RESTART WITH " + (runs + 1)));
            search(store);
        }
        Files.createFile(complete);
        return directory;
    }

    /** The first search by a metric makes its rows: once, and too long for every measurement. */
    private static void search(JdbcTrackingStore store) {
        long start = System.nanoTime();
        store.runs(byMetric(store.experimentByName("experiment 7").orElseThrow().id()), Page.Request.first(50));
        System.out.printf("first search by a metric: %.0f ms%n", (System.nanoTime() - start) / 1e6);
    }

    static RunQuery byMetric(String experiment) {
        return new RunQuery(
                List.of(experiment),
                List.of(new Condition(Field.METRIC, "auc", Operator.GT, "0.9")),
                List.of(new Order(Field.METRIC, "auc", true)),
                false);
    }

    private static Void versions(Transaction tx, List<Long> models, int first, int end) throws SQLException {
        List<Object[]> versions = new ArrayList<>();
        List<Object[]> files = new ArrayList<>();
        List<Object[]> data = new ArrayList<>();
        List<Object[]> metrics = new ArrayList<>();
        List<Object[]> tags = new ArrayList<>();
        List<Object[]> texts = new ArrayList<>();
        for (int i = first; i < end; i++) {
            SplittableRandom random = new SplittableRandom(i);
            String key = "version " + i;
            String file = Ledger.sha256(key);
            long id = i + 1;
            long model = models.get(i % 2 == 0 ? 0 : 1 + i / 2 % MODELS);
            int number = number(i);
            Object[] build = tx.build(new BuildRef(job(i % JOBS), i / JOBS + 1, null, null));
            String digest = "sha256:" + Ledger.sha256("model.bin " + file);
            versions.add(new Object[] {
                id,
                model,
                number,
                key,
                digest,
                null,
                null,
                "run-" + i,
                build[0],
                build[1],
                build[2],
                build[3],
                null,
                "",
                "[\"ann\"]",
                "builder",
                START + i,
                "READY"
            });
            files.add(new Object[] {id, 0, "model.bin", 1L << 20, file});
            data.add(new Object[] {id, 0, "sha256:" + Ledger.sha256("data " + i % 100)});
            for (String metric : i % 20 == 0 ? List.of("f1") : List.of("auc", "f1")) {
                metrics.add(new Object[] {id, tx.metricId(metric), model, random.nextDouble()});
            }
            String stage = i % 10 == 0 ? "candidate" : "trial";
            tags.add(new Object[] {id, "stage", stage, Ledger.sha256(stage)});
            texts.add(new Object[] {id, VersionTexts.words("builder", "", List.of(stage))});
            tx.ledger(
                    "version.registered",
                    i % 2 == 0 ? LARGE : model(i / 2 % MODELS),
                    "builder",
                    START + i,
                    Map.of(
                            "version",
                            number,
                            "digest",
                            digest,
                            "files",
                            1,
                            "run",
                            "run-" + i,
                            "authors",
                            List.of("ann")));
        }
        tx.batch(
                "INSERT INTO mlops_version (id, model_id, number, operation_key, digest, source, signature, run_id,"
                        + " job_id, build, build_url, build_ext, commit_json, description, authors_json, created_by,"
                        + " created_millis, status) VALUES (" + Sql.marks(18) + ")",
                versions);
        tx.batch(
                "INSERT INTO mlops_version_file (version_id, position, path, bytes, sha256) VALUES (?, ?, ?, ?, ?)",
                files);
        tx.batch("INSERT INTO mlops_version_data (version_id, position, digest) VALUES (?, ?, ?)", data);
        tx.batch(
                "INSERT INTO mlops_version_metric (version_id, metric_id, model_id, metric_value) VALUES (?, ?, ?, ?)",
                metrics);
        tx.batch(
                "INSERT INTO mlops_version_tag (version_id, tag_key, tag_value, value_hash) VALUES (?, ?, ?, ?)", tags);
        tx.batch("INSERT INTO mlops_version_text (version_id, words) VALUES (?, ?)", texts);
        return null;
    }

    private static int number(int i) {
        return i % 2 == 0 ? i / 2 + 1 : i / 2 / MODELS + 1;
    }

    private static Void lists(Transaction tx, int versions) throws SQLException {
        tx.update("UPDATE mlops_model SET last_number ="
                + " (SELECT MAX(v.number) FROM mlops_version v WHERE v.model_id = mlops_model.id)");
        tx.update("INSERT INTO mlops_alias (model_id, alias, number) SELECT id, 'champion', 1 FROM mlops_model");
        ListedRows.counts(tx);
        tx.update("ALTER TABLE mlops_version ALTER COLUMN id RESTART WITH " + (versions + 1));
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
        List<Object[]> runs = new ArrayList<>();
        List<Object[]> params = new ArrayList<>();
        List<Object[]> segments = new ArrayList<>();
        List<Object[]> latest = new ArrayList<>();
        for (int i = first; i < end; i++) {
            SplittableRandom random = new SplittableRandom(-i);
            long id = i + 1;
            long millis = START + i * 1_000L;
            Object[] build = tx.build(build(i % BUILDS + 1));
            runs.add(new Object[] {
                id,
                JdbcTrackingStore.newId(millis),
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
                build[3]
            });
            params.add(new Object[] {id, "lr", String.valueOf(random.nextInt(10))});
            params.add(new Object[] {id, "depth", String.valueOf(i % 7)});
            List<PackedPoints.Point> points = new ArrayList<>();
            for (String metric : List.of("auc", "loss", "seconds")) {
                points.add(new PackedPoints.Point(tx.metricId(metric), 1, millis, random.nextDouble()));
            }
            points.sort(PackedPoints.Point.BY_METRIC);
            byte[] packed = PackedPoints.pack(points);
            segments.add(new Object[] {id, 0L, 1L, millis, packed});
            latest.add(new Object[] {id, 0, packed});
        }
        tx.batch(
                "INSERT INTO mlops_run (id, run_id, operation_key, experiment_id, name, user_id, status, start_millis,"
                        + " end_millis, environment_json, deleted, job_id, build, build_url, build_ext) VALUES ("
                        + Sql.marks(15) + ")",
                runs);
        tx.batch("INSERT INTO mlops_run_param (run_id, param_key, param_value) VALUES (?, ?, ?)", params);
        tx.batch(
                "INSERT INTO mlops_metric_segment (run_id, metric_id, first_step, first_millis, points)"
                        + " VALUES (?, ?, ?, ?, ?)",
                segments);
        tx.batch("INSERT INTO mlops_run_latest (run_id, chunk, points) VALUES (?, ?, ?)", latest);
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
