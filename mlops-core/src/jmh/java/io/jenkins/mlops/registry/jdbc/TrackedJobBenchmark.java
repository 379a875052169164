package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.tracking.MetricPoint;
import io.jenkins.mlops.tracking.RunBatch;
import io.jenkins.mlops.tracking.RunStart;
import io.jenkins.mlops.tracking.RunStatus;
import io.jenkins.mlops.tracking.TrackedRun;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Tracked jobs from many threads on an embedded registry: a run with 100 metrics, a version, the run's end, four writes
 * that are each on disk when they return. Prints the processor time of a job, too.
 *
 * <p>The file is made under the temporary directory: with {@code -jvmArgs -Djava.io.tmpdir=...} on the disk to measure.
 */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.Throughput, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(16)
@Fork(1)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 5, time = 5)
public class TrackedJobBenchmark {
    private final AtomicInteger next = new AtomicInteger();
    private Path directory;
    private RegistryDatabase database;
    private JdbcModelRegistry registry;
    private JdbcTrackingStore store;
    private long processor;
    private int jobs;

    @Setup(Level.Trial)
    public void open() throws IOException {
        directory = Files.createTempDirectory("registry");
        database = RegistryDatabase.openEmbedded(directory);
        registry = new JdbcModelRegistry(database, Clock.systemUTC());
        store = new JdbcTrackingStore(database, Clock.systemUTC());
    }

    @Setup(Level.Iteration)
    public void begin() {
        processor = processor();
        jobs = next.get();
    }

    @TearDown(Level.Iteration)
    public void end() {
        System.out.printf("(%.2f ms of processor a job) ", (processor() - processor) / 1e6 / (next.get() - jobs));
    }

    private static long processor() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        database.close();
        BenchmarkFolder.delete(directory);
    }

    @Benchmark
    public ModelVersion job() {
        int job = next.incrementAndGet();
        String key = "job " + job;
        BuildRef build = new BuildRef("team/train", job, "https://ci.example/job/team/job/train/" + job + "/", null);
        TrackedRun run = store.createRun(new RunStart(key, "0", "run", "ann", job, Map.of(), build, null));
        List<MetricPoint> points = new ArrayList<>();
        for (int metric = 0; metric < 100; metric++) {
            points.add(new MetricPoint("metric" + metric, job + metric, job, 0));
        }
        store.log(run.id(), RunBatch.ofMetrics(points));
        ModelVersion version = registry.register(Registration.of(
                        key,
                        "model" + job % 10,
                        List.of(new VersionFile("model.bin", 1 << 20, Ledger.sha256(key))),
                        "builder")
                .withBuild(build, null)
                .withRun(run.id(), List.of())
                .withMetrics(Map.of("auc", 0.9, "loss", 0.1)));
        store.update(run.id(), RunStatus.FINISHED, null, null);
        return version;
    }
}
