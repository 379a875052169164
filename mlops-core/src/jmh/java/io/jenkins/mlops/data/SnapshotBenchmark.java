package io.jenkins.mlops.data;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Random;
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

/** Snapshots of many small files and of a large one, on a warm cache of the system, against {@code sha256sum}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 1)
@Measurement(iterations = 5)
public class SnapshotBenchmark {
    private static final SnapshotOptions OPTIONS = SnapshotOptions.of("files").withProfile(false);

    @Param({"100000"})
    int files;

    @Param({"2048"})
    int largeMebibytes;

    private Path root;
    private Path many;
    private Path large;
    private Path cache;
    private boolean sha256sum;

    @Setup(Level.Trial)
    public void write() throws Exception {
        sha256sum = PeerProcess.present("sha256sum", "--version");
        root = Files.createTempDirectory("snapshot");
        many = root.resolve("many");
        cache = root.resolve("cache");
        Random random = new Random(1);
        byte[] content = new byte[8180];
        for (int i = 0; i < files; i++) {
            Path folder = many.resolve("d" + i / 1000);
            if (i % 1000 == 0) {
                Files.createDirectories(folder);
            }
            random.nextBytes(content);
            Path file = Files.write(folder.resolve("f" + i + ".bin"), content);
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        }
        large = root.resolve("large.bin");
        byte[] block = new byte[1 << 20];
        try (var out = Files.newOutputStream(large)) {
            for (int i = 0; i < largeMebibytes; i++) {
                random.nextBytes(block);
                out.write(block);
            }
        }
        new Snapshotter(cache).snapshot(many, OPTIONS);
    }

    @TearDown(Level.Trial)
    public void delete() throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException error) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Benchmark
    public SnapshotResult manyFiles() throws IOException {
        return new Snapshotter().snapshot(many, OPTIONS);
    }

    @Benchmark
    public SnapshotResult manyFilesUnchanged() throws IOException {
        return new Snapshotter(cache).snapshot(many, OPTIONS);
    }

    @Benchmark
    public void manyFilesBySha256sum() throws Exception {
        PeerProcess.measure(
                sha256sum,
                "sha256sum",
                "sh",
                "-c",
                "find \"$1\" -type f -print0 | xargs -0 sha256sum",
                "sh",
                many.toString());
    }

    @Benchmark
    public SnapshotResult largeFile() throws IOException {
        return new Snapshotter().snapshot(large, OPTIONS);
    }

    @Benchmark
    public void largeFileBySha256sum() throws Exception {
        PeerProcess.measure(sha256sum, "sha256sum", "sha256sum", large.toString());
    }
}
