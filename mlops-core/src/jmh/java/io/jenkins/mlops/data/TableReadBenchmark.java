package io.jenkins.mlops.data;

import io.jenkins.mlops.data.table.ColumnRequest;
import io.jenkins.mlops.data.table.Table;
import io.jenkins.mlops.data.table.TableReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
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

/** Reading and profiling of a label and a score, 10 million rows, against pandas on the same file. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 5, jvmArgs = "-Xmx512m")
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class TableReadBenchmark {
    private static final String PYTHON = "/usr/bin/python3";

    @Param({"10000000"})
    int rows;

    @Param({"csv", "jsonl"})
    String format;

    private Path file;
    private boolean pandas;

    @Setup(Level.Trial)
    public void write() throws Exception {
        pandas = PeerProcess.present(PYTHON, "-c", "import pandas");
        file = Files.createTempFile("scores", "." + format);
        SplittableRandom random = new SplittableRandom(1);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(format.equals("csv") ? "label,score\n" : "");
            for (int i = 0; i < rows; i++) {
                int label = random.nextInt(3) / 2;
                double score = random.nextDouble();
                out.write(
                        format.equals("csv")
                                ? label + "," + score + "\n"
                                : "{\"label\": " + label + ", \"score\": " + score + "}\n");
            }
        }
    }

    @TearDown(Level.Trial)
    public void delete() throws IOException {
        Files.delete(file);
    }

    @Benchmark
    public Table read() throws IOException {
        return TableReader.read(file, List.of(ColumnRequest.numeric("label"), ColumnRequest.numeric("score")));
    }

    @Benchmark
    public SnapshotResult snapshotWithProfile() throws IOException {
        return new Snapshotter().snapshot(file, SnapshotOptions.of("scores"));
    }

    @Benchmark
    public void readWithPandas() throws Exception {
        String call = format.equals("csv") ? "read_csv('%s')" : "read_json('%s', lines=True)";
        PeerProcess.measure(pandas, "pandas", PYTHON, "-c", "import pandas; pandas." + String.format(call, file));
    }
}
