package io.jenkins.mlops.registry.jdbc;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
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

/** What a large registry adds to a controller's start: the first opening in a fresh process, and the heap it keeps. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(5)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class RegistryOpenBenchmark {
    @Param({"100000"})
    int versions;

    @Param({"1000000"})
    int runs;

    private Path directory;
    private RegistryDatabase database;

    @Setup(Level.Trial)
    public void find() throws IOException {
        directory = LargeRegistry.directory(versions, runs);
    }

    @Benchmark
    public RegistryDatabase open() {
        database = RegistryDatabase.openEmbedded(directory);
        return database;
    }

    @TearDown(Level.Trial)
    public void close() {
        System.gc();
        System.out.printf(
                "%nheap after opening: %d MB%n",
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20);
        database.close();
    }
}
