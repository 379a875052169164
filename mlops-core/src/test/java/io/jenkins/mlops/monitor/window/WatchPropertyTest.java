package io.jenkins.mlops.monitor.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.data.DataFormat;
import io.jenkins.mlops.monitor.drift.DriftOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever happens to the logs between looks, every row is counted once. */
class WatchPropertyTest {
    private static final long MINUTE = 60_000;

    @Property(tries = 60)
    void countsEveryRowOnce(@ForAll long seed) throws IOException {
        Path folder = Files.createTempDirectory("watch");
        try {
            run(folder, new SplittableRandom(seed));
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(Comparator.reverseOrder()).forEach(WatchPropertyTest::delete);
            }
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Path folder, SplittableRandom random) throws IOException {
        WatchTask task = new WatchTask(
                new LogSource("p.*", DataFormat.OTHER, "t", "id"),
                WindowSpec.ofMillis(10 * MINUTE, 5 * MINUTE),
                null,
                DriftOptions.DEFAULT,
                List.of(),
                null,
                new ReadingLimits(1 << 20, 100, 1_000, 1 + random.nextInt(4), 1_000, 10_000));
        ReadingState state = ReadingState.start(task.windows());
        long now = 1_700_000_000_000L;
        long written = 0;
        long closed = 0;
        long late = 0;
        long seen = 0;
        int rotations = 0;
        Set<String> keys = new HashSet<>();
        for (int step = 0; step < 60; step++) {
            // At the end the clock runs on until every window is closed.
            boolean ending = step >= 40;
            now += ending ? 60 * MINUTE : random.nextInt(6) == 0 ? -MINUTE : random.nextInt((int) (4 * MINUTE));
            int action = ending ? 9 : random.nextInt(10);
            if (action < 5) {
                StringBuilder rows = new StringBuilder();
                for (int i = random.nextInt(20); i >= 0; i--) {
                    long time = now - random.nextInt((int) (random.nextInt(8) == 0 ? 40 * MINUTE : 6 * MINUTE));
                    rows.append("{\"id\":")
                            .append(written++)
                            .append(",\"t\":")
                            .append(time)
                            .append("}\n");
                }
                Files.writeString(
                        folder.resolve("p.jsonl"), rows, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } else if (action == 5 && Files.exists(folder.resolve("p.jsonl"))) {
                Files.move(folder.resolve("p.jsonl"), folder.resolve("p.jsonl." + ++rotations));
            } else if (action == 6 && Files.exists(folder.resolve("p.jsonl." + rotations))) {
                Path from = folder.resolve("p.jsonl." + rotations);
                try (OutputStream out =
                        new GZIPOutputStream(Files.newOutputStream(folder.resolve("p.jsonl." + rotations + ".gz")))) {
                    Files.copy(from, out);
                }
                Files.delete(from);
            } else {
                WatchResult result = Watch.look(folder, task, state, now);
                // A look that isn't kept, as after a crash, is as if it had not been.
                if (random.nextInt(4) > 0 || ending) {
                    state = result.next();
                    late += result.counts().late();
                    seen += result.counts().rows();
                    for (WindowResult window : result.windows()) {
                        assertThat(keys.add(window.key()))
                                .as("%s closed once", window.key())
                                .isTrue();
                        closed += window.rows();
                    }
                    assertThat(result.counts().doubled()).isZero();
                }
            }
        }
        assertThat(closed + late).isEqualTo(written);
        assertThat(seen).isEqualTo(written);
    }
}
