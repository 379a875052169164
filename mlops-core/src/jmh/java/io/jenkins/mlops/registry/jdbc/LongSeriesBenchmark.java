package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.tracking.MetricPoint;
import io.jenkins.mlops.tracking.RunBatch;
import io.jenkins.mlops.tracking.RunStart;
import io.jenkins.mlops.tracking.TrackedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
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

/** A metric logged step by step, a thousand points a call, and what a chart and a client read of it; heap 512 MB. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgs = "-Xmx512m")
@Warmup(iterations = 1, time = 2)
@Measurement(iterations = 3, time = 2)
public class LongSeriesBenchmark {
    private static final int AT_ONCE = 1_000;

    @Param({"10000000"})
    int points;

    private Path directory;
    private RegistryDatabase database;
    private JdbcTrackingStore store;
    private String run;
    private long step;

    @Setup(Level.Trial)
    public void log() throws IOException {
        directory = Files.createTempDirectory("series");
        database = RegistryDatabase.openEmbedded(directory);
        store = new JdbcTrackingStore(database, Clock.systemUTC());
        run = store.createRun(new RunStart("long", "0", "run", "ann", 1, Map.of(), null, null))
                .id();
        long start = System.nanoTime();
        while (step < points) {
            batch();
        }
        System.out.printf(
                "%n%d points: %.0f s, %d MB%n",
                points, (System.nanoTime() - start) / 1e9, Files.size(directory.resolve("registry.mv.db")) >> 20);
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        database.close();
        BenchmarkFolder.delete(directory);
    }

    /** The next thousand points. */
    @Benchmark
    public void batch() {
        long from = step;
        step += AT_ONCE;
        store.log(
                run,
                RunBatch.ofMetrics(LongStream.range(from, step)
                        .mapToObj(i -> new MetricPoint("loss", 1.0 / (i + 1), i, i))
                        .toList()));
    }

    @Benchmark
    public Page<MetricPoint> firstPage() {
        return store.metricHistory(run, "loss", Page.Request.first(1_000));
    }

    /** What a chart shows of the whole. */
    @Benchmark
    public List<MetricPoint> chart() {
        return store.metricSeries(run, "loss", 1_000);
    }

    /** What a chart shows of a hundredth, zoomed into. */
    @Benchmark
    public List<MetricPoint> zoomed() {
        return store.metricSeries(run, "loss", 1_000, points / 2, points / 2 + points / 100);
    }

    @Benchmark
    public TrackedRun info() {
        return store.run(run);
    }
}
