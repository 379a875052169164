package io.jenkins.mlops.monitor.window;

import static org.assertj.core.api.Assertions.assertThat;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.data.DataFormat;
import io.jenkins.mlops.monitor.Expect;
import io.jenkins.mlops.monitor.drift.ColumnDrift;
import io.jenkins.mlops.monitor.drift.DriftOptions;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs as they should not be: too wide, too many values, in disorder, rewritten, not finite. */
class WatchFaultsTest {
    private static final long MINUTE = 60_000;
    private static final long NOW = 1_700_000_000_000L;

    @TempDir
    Path folder;

    private static WatchTask task(WindowSpec windows, @CheckForNull Path reference, ReadingLimits limits) {
        return new WatchTask(
                new LogSource("p*", DataFormat.OTHER, windows.unit() == WindowSpec.Unit.ROWS ? "" : "t", "id"),
                windows,
                reference == null ? null : Reference.rows(reference.toString()),
                DriftOptions.DEFAULT,
                List.of(),
                null,
                limits);
    }

    private static WatchResult look(Path folder, WatchTask task, @CheckForNull ReadingState state) throws IOException {
        return Watch.look(folder, task, state == null ? ReadingState.start(task.windows()) : state, NOW);
    }

    private static ColumnDrift column(WatchResult result, String name) {
        return result.windows().get(0).drift().columns().stream()
                .filter(column -> column.column().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void moreThanTenThousandColumnsAreSaidAndTheFirstOnesCompared() throws IOException {
        int rows = 40;
        int columns = Expect.COLUMNS + 500;
        Path reference = folder.resolve("reference.csv");
        try (BufferedWriter csv = Files.newBufferedWriter(reference);
                BufferedWriter json = Files.newBufferedWriter(folder.resolve("p.jsonl"))) {
            for (int row = -1; row < rows; row++) {
                StringBuilder cells = new StringBuilder();
                StringBuilder members = new StringBuilder("{");
                for (int column = 0; column < columns; column++) {
                    if (column < Expect.COLUMNS) {
                        cells.append(column == 0 ? "" : ",").append(row < 0 ? "c" + column : (row + column) % 7);
                    }
                    members.append("\"c")
                            .append(column)
                            .append("\":")
                            .append((row + column) % 7)
                            .append(',');
                }
                csv.write(cells + "\n");
                if (row >= 0) {
                    // The id stands behind them all.
                    json.write(members + "\"id\":" + row % 39 + "}\n");
                }
            }
        }
        WatchResult result = look(folder, task(WindowSpec.ofRows(rows), reference, ReadingLimits.DEFAULT), null);

        assertThat(result.counts().doubled()).isEqualTo(1);
        assertThat(result.notes()).anyMatch(note -> note.startsWith("The logs have more than 10000 columns"));
        assertThat(result.windows().get(0).drift().columns()).hasSize(Expect.COLUMNS);
        assertThat(result.windows().get(0).drift().driftedColumns()).isZero();
    }

    @Test
    void rowsThatEachHaveColumnsOfTheirOwnFillNoMemory() throws IOException {
        try (BufferedWriter log = Files.newBufferedWriter(folder.resolve("p.jsonl"))) {
            for (int row = 0; row < 200; row++) {
                log.write("{\"x\":1,\"own" + row + "\":1,\"" + "long".repeat(300) + row + "\":2}\n");
            }
        }
        WatchTask narrow = task(WindowSpec.ofRows(200), null, new ReadingLimits(10_000, 50, 1_000, 5, 1_000, 1_000));
        WatchResult result = look(folder, narrow, null);

        assertThat(result.windows())
                .singleElement()
                .extracting(WindowResult::rows)
                .isEqualTo(200L);
        assertThat(result.notes())
                .singleElement()
                .asString()
                .contains("more than 50 columns")
                .hasSizeLessThan(300);
    }

    @Test
    void moreValuesThanAreCountedExactlyAreCompared() throws IOException {
        int rows = 200_000;
        Path reference = folder.resolve("reference.csv");
        try (BufferedWriter before = Files.newBufferedWriter(reference);
                BufferedWriter log = Files.newBufferedWriter(folder.resolve("p.csv"))) {
            before.write("user,kind\n");
            log.write("user,kind\n");
            for (int row = 0; row < rows; row++) {
                if (row < 50_000) {
                    before.write(row % 2 == 0 ? "common,a\n" : "old" + row + ",b\n");
                }
                log.write(row % 2 == 0 ? "common,a\n" : "new" + row + ",b\n");
            }
        }
        WatchResult result = look(folder, task(WindowSpec.ofRows(rows), reference, ReadingLimits.DEFAULT), null);

        assertThat(result.windows())
                .singleElement()
                .extracting(WindowResult::rows)
                .isEqualTo((long) rows);
        assertThat(column(result, "kind").drifted()).isFalse();
        assertThat(column(result, "user").statistic()).isBetween(0.0, Double.MAX_VALUE);
    }

    @Test
    void aConstantAColumnThatVanishedAndWhatIsNotFinite() throws IOException {
        Path reference = folder.resolve("reference.csv");
        StringBuilder before = new StringBuilder("constant,gone,wild,moved\n");
        StringBuilder log = new StringBuilder();
        for (int row = 0; row < 100; row++) {
            before.append("7,").append(row).append(',').append(row).append(",1\n");
            String wild = List.of("NaN", "Infinity", "-Infinity", "1e999", "-1e999", "null")
                    .get(row % 6);
            log.append("{\"constant\":7,\"wild\":")
                    .append(row % 2 == 0 ? row : wild)
                    .append(",\"moved\":2}\n");
        }
        Files.writeString(reference, before);
        Files.writeString(folder.resolve("p.jsonl"), log);
        WatchResult result = look(folder, task(WindowSpec.ofRows(100), reference, ReadingLimits.DEFAULT), null);

        assertThat(result.windows().get(0).rows() + result.counts().broken()).isEqualTo(100);
        assertThat(column(result, "constant").drifted()).isFalse();
        assertThat(column(result, "moved").drifted()).isTrue();
        assertThat(column(result, "gone").drifted()).isTrue();
        assertThat(column(result, "gone").notes().get(0)).contains("vanished");
        assertThat(column(result, "wild").statistic()).isBetween(0.0, Double.MAX_VALUE);
        assertThat(column(result, "wild").notes()).isNotEmpty();
    }

    /** The rows of a window are a set: neither their order nor doubles of them change what is found. */
    @Property(tries = 25)
    void disorderAndDoublesChangeNothing(@ForAll long seed) throws IOException {
        Path home = Files.createTempDirectory("watch");
        try {
            Random random = new Random(seed);
            Path reference = home.resolve("reference.csv");
            StringBuilder before = new StringBuilder("x,c\n");
            List<String> rows = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                before.append(random.nextGaussian())
                        .append(",")
                        .append(random.nextInt(3))
                        .append('\n');
                long time = NOW - 30 * MINUTE + random.nextInt((int) (10 * MINUTE));
                rows.add("{\"id\":\"r" + i + "\",\"t\":" + time + ",\"x\":" + random.nextGaussian() + ",\"c\":"
                        + random.nextInt(4) + "}");
            }
            Files.writeString(reference, before);
            WatchTask task = task(WindowSpec.ofMillis(10 * MINUTE, 0), reference, ReadingLimits.DEFAULT);
            Path ordered = Files.createDirectory(home.resolve("ordered"));
            Files.write(ordered.resolve("p.jsonl"), rows);
            WatchResult expected = look(ordered, task, null);
            int doubles = random.nextInt(40);
            for (int i = 0; i < doubles; i++) {
                rows.add(rows.get(random.nextInt(120)));
            }
            Collections.shuffle(rows, random);
            int cut = random.nextInt(rows.size());
            Path other = Files.createDirectory(home.resolve("other"));
            Files.write(other.resolve("p1.jsonl"), rows.subList(0, cut));
            Files.write(other.resolve("p2.jsonl"), rows.subList(cut, rows.size()));
            WatchResult found = look(other, task, null);

            assertThat(found.counts().doubled()).isEqualTo(doubles);
            assertThat(found.windows()).hasSameSizeAs(expected.windows());
            for (int i = 0; i < expected.windows().size(); i++) {
                WindowResult window = found.windows().get(i);
                assertThat(window.key()).isEqualTo(expected.windows().get(i).key());
                assertThat(window.rows()).isEqualTo(expected.windows().get(i).rows());
                assertThat(statistics(window))
                        .isEqualTo(statistics(expected.windows().get(i)));
            }
        } finally {
            delete(home);
        }
    }

    private static List<Double> statistics(WindowResult window) {
        return window.drift() == null
                ? List.of()
                : window.drift().columns().stream()
                        .map(column -> Math.round(column.statistic() * 1e12) / 1e12)
                        .toList();
    }

    /** Whoever rewrites logs loses rows, but makes no window close twice and no look fail. */
    @Property(tries = 40)
    void aRewrittenLogClosesNothingTwice(@ForAll long seed) throws IOException {
        Path home = Files.createTempDirectory("watch");
        try {
            SplittableRandom random = new SplittableRandom(seed);
            WatchTask task = task(
                    WindowSpec.ofMillis(10 * MINUTE, MINUTE),
                    null,
                    new ReadingLimits(1 << 16, 100, 1_000, 5, 100, 100));
            ReadingState state = ReadingState.start(task.windows());
            Set<String> keys = new HashSet<>();
            long now = NOW;
            for (int step = 0; step < 40; step++) {
                now += random.nextInt((int) (5 * MINUTE));
                Path file = home.resolve("p" + random.nextInt(3) + (random.nextInt(4) == 0 ? ".csv" : ".jsonl"));
                StringBuilder text = new StringBuilder(file.toString().endsWith(".csv") ? "id,t\n" : "");
                for (int row = random.nextInt(12); row > 0; row--) {
                    long time = now - random.nextInt((int) (20 * MINUTE));
                    text.append(
                            random.nextInt(9) == 0
                                    ? "\u0000\u00ff{\"broken\n"
                                    : text.length() > 0 && text.charAt(0) == 'i'
                                            ? row + "," + time + "\n"
                                            : "{\"id\":" + row + ",\"t\":" + time + "}\n");
                }
                switch (random.nextInt(4)) {
                    case 0 -> Files.writeString(file, text);
                    case 1 -> Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                    case 2 -> Files.deleteIfExists(file);
                    default -> {
                        if (Files.exists(file)) {
                            byte[] bytes = Files.readAllBytes(file);
                            Files.write(
                                    file,
                                    java.util.Arrays.copyOf(
                                            bytes, bytes.length == 0 ? 0 : random.nextInt(bytes.length)));
                        }
                    }
                }
                WatchResult result = Watch.look(home, task, state, now);
                state = result.next();
                for (WindowResult window : result.windows()) {
                    assertThat(keys.add(window.key()))
                            .as(window.key() + " closed once")
                            .isTrue();
                }
            }
        } finally {
            delete(home);
        }
    }

    private static void delete(Path home) throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
