package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.VersionQuery;
import io.jenkins.mlops.tracking.MetricPoint;
import io.jenkins.mlops.tracking.RunBatch;
import io.jenkins.mlops.tracking.RunStart;
import io.jenkins.mlops.tracking.RunStatus;
import io.jenkins.mlops.tracking.TrackedRun;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures the embedded registry; started by hand, never by a test. Arguments: an empty directory, threads, jobs,
 * versions to search in.
 */
final class RegistryBenchmark {
    private RegistryBenchmark() {}

    public static void main(String[] args) throws Exception {
        Path directory = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("registry");
        int threads = args.length > 1 ? Integer.parseInt(args[1]) : 16;
        int jobs = args.length > 2 ? Integer.parseInt(args[2]) : 2_000;
        int versions = args.length > 3 ? Integer.parseInt(args[3]) : 10_000;
        Clock clock = Clock.systemUTC();
        long start = System.nanoTime();
        RegistryDatabase database = RegistryDatabase.openEmbedded(directory);
        System.out.printf("open: %.0f ms%n", (System.nanoTime() - start) / 1e6);
        try (JdbcModelRegistry registry = new JdbcModelRegistry(database, clock)) {
            JdbcTrackingStore store = new JdbcTrackingStore(database, clock);
            for (int round = 0; round < 3; round++) {
                jobs(registry, store, threads, jobs, round);
            }
            fill(registry, versions);
            search(registry);
        }
        start = System.nanoTime();
        RegistryDatabase.openEmbedded(directory).close();
        System.out.printf(
                "reopen and close: %.0f ms, %d MB%n",
                (System.nanoTime() - start) / 1e6, Files.size(directory.resolve("registry.mv.db")) >> 20);
    }

    /** A job is a run, 100 metrics, a version, the run's end: four acknowledged writes. */
    private static void jobs(JdbcModelRegistry registry, JdbcTrackingStore store, int threads, int jobs, int round)
            throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        long[] nanos = new long[jobs];
        List<Thread> running = new ArrayList<>();
        long cpu = cpu();
        long start = System.nanoTime();
        for (int t = 0; t < threads; t++) {
            Thread thread = new Thread(() -> {
                for (int i = next.getAndIncrement(); i < jobs; i = next.getAndIncrement()) {
                    long begun = System.nanoTime();
                    String key = round + "-" + i;
                    TrackedRun run = store.createRun(
                            new RunStart(key, "0", "run", "ann", i, Map.of(), Samples.build(i + 1), null));
                    List<MetricPoint> points = new ArrayList<>();
                    for (int m = 0; m < 100; m++) {
                        points.add(new MetricPoint("metric" + m, i + m, i, 0));
                    }
                    store.log(run.id(), RunBatch.ofMetrics(points));
                    registry.register(Samples.registration(key, "model" + i % 10));
                    store.update(run.id(), RunStatus.FINISHED, null, null);
                    nanos[i] = System.nanoTime() - begun;
                }
            });
            running.add(thread);
            thread.start();
        }
        for (Thread thread : running) {
            thread.join();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Arrays.sort(nanos);
        System.out.printf(
                "%d threads: %.0f jobs/s, p50 %.1f ms, p99 %.1f ms, %.2f ms of processor a job%n",
                threads,
                jobs / seconds,
                nanos[jobs / 2] / 1e6,
                nanos[jobs * 99 / 100] / 1e6,
                (cpu() - cpu) / 1e6 / jobs);
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void fill(JdbcModelRegistry registry, int versions) throws InterruptedException {
        Random random = new Random(7);
        AtomicInteger next = new AtomicInteger();
        List<Thread> running = new ArrayList<>();
        for (int t = 0; t < 32; t++) {
            Thread thread = new Thread(() -> {
                for (int i = next.getAndIncrement(); i < versions; i = next.getAndIncrement()) {
                    registry.register(Samples.registration("fill" + i, "big")
                            .withMetrics(Map.of("auc", random.nextDouble(), "f1", random.nextDouble())));
                }
            });
            running.add(thread);
            thread.start();
        }
        for (Thread thread : running) {
            thread.join();
        }
    }

    private static void search(JdbcModelRegistry registry) {
        time(
                "search by metric, best 20 of all",
                () -> registry.versions(VersionQuery.all().byMetric("auc", null, null, true), Page.Request.first(20)));
        time(
                "search by metric, lowest 20 above 0.5 of all",
                () -> registry.versions(VersionQuery.all().byMetric("auc", 0.5, null, false), Page.Request.first(20)));
        time(
                "search by metric, best 20 of a model",
                () -> registry.versions(
                        VersionQuery.all().ofModel("big").byMetric("auc", null, null, true), Page.Request.first(20)));
        time(
                "search by metric and tag",
                () -> registry.versions(
                        VersionQuery.all()
                                .withTags(Map.of("stage", "candidate"))
                                .byMetric("auc", null, null, true),
                        Page.Request.first(20)));
        time(
                "newest 20 of a model",
                () -> registry.versions(VersionQuery.all().ofModel("big"), Page.Request.first(20)));
        time("one version", () -> registry.version("big", 77));
        time("trend of 1,000 builds", () -> registry.headlineMetrics("team/train", "auc", 1, 1_000));
        time("ledger page", () -> registry.ledger("big", Page.Request.first(50)));
        ModelVersion any = registry.version("big", 5);
        time(
                "by a file's digest",
                () -> registry.versionsByDigest(any.files().get(1).sha256()));
    }

    private static void time(String what, Runnable work) {
        double[] millis = new double[30];
        for (int i = 0; i < millis.length; i++) {
            long start = System.nanoTime();
            work.run();
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        System.out.printf("%s: min %.2f ms, median %.2f ms%n", what, millis[0], millis[15]);
    }
}
