package io.jenkins.mlops.monitor.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.data.DataFormat;
import io.jenkins.mlops.monitor.window.LogSource;
import io.jenkins.mlops.monitor.window.ReadingState;
import io.jenkins.mlops.monitor.window.WatchResult;
import io.jenkins.mlops.monitor.window.WatchTask;
import io.jenkins.mlops.monitor.window.WatchTasks;
import io.jenkins.mlops.monitor.window.WindowResult;
import io.jenkins.mlops.monitor.window.WindowSpec;
import io.jenkins.mlops.s3.ListedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever happens to objects, machines and the store between looks, each row is in one window, and in one only. */
class BucketReadingPropertyTest {
    private static final long HOUR = 3_600_000;
    private static final long T0 = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();

    /** What can happen. */
    enum Event {
        STORED,
        ADDED_TO,
        MOVED,
        LOOKED,
        FAILED,
        OTHER_MACHINE,
        AN_HOUR_LATER
    }

    @Property(tries = 60)
    void eachRowIsInOneWindow(
            @ForAll @Size(min = 1, max = 60) List<Event> events, @ForAll @IntRange(min = 30, max = 60) int most)
            throws Exception {
        Path folder = Files.createTempDirectory("bucket");
        try (ListedServer store = new ListedServer()) {
            new Life(store, folder, new BucketLimits(most, 1 << 20, 2_000, 4)).run(events);
        } finally {
            delete(folder);
        }
    }

    private static final class Life {
        private final ListedServer store;
        private final Path folder;
        private final BucketLimits limits;
        private final WindowSpec windows = WindowSpec.ofMillis(HOUR, HOUR / 2);
        private final TreeMap<String, String> objects = new TreeMap<>();
        private ReadingState state = ReadingState.start(windows);
        private long now = T0;
        private int rows;
        private int machine;
        private long counted;
        private final Set<String> moved = new HashSet<>();
        private final Set<String> changed = new HashSet<>();
        private final List<String> keys = new ArrayList<>();

        Life(ListedServer store, Path folder, BucketLimits limits) {
            this.store = store;
            this.folder = folder;
            this.limits = limits;
        }

        void run(List<Event> events) throws Exception {
            for (Event event : events) {
                now += 60_000;
                switch (event) {
                    case STORED -> store("logs/" + (objects.size() * 7 % 10) + "/" + rows + ".jsonl", row() + row());
                    case ADDED_TO -> {
                        String key = objects.isEmpty() ? "" : objects.lastKey();
                        // What has another key and other content between two looks is another object.
                        if (!key.isEmpty() && !moved.contains(key)) {
                            store(key, objects.get(key) + row());
                            changed.add(key);
                        }
                    }
                    case MOVED -> {
                        if (!objects.isEmpty() && !changed.contains(objects.firstKey())) {
                            String text = objects.firstEntry().getValue();
                            String key = "logs/moved/" + rows++ + "-" + now + ".jsonl";
                            store.remove(objects.pollFirstEntry().getKey());
                            store(key, text);
                            moved.add(key);
                        }
                    }
                    case LOOKED -> look();
                    case FAILED -> failed();
                    case OTHER_MACHINE -> machine++;
                    case AN_HOUR_LATER -> now += HOUR;
                }
            }
            now += 200 * HOUR;
            for (int i = 0; i < 10; i++) {
                look();
            }
            assertThat(counted).isEqualTo(stored);
            assertThat(keys).doesNotHaveDuplicates();
        }

        private long stored;

        /** Rows are written up to a quarter of an hour before they are stored. */
        private String row() {
            stored++;
            return "{\"id\":\"r" + rows + "\",\"time\":" + (now - rows++ % 15 * 60_000L) + "}\n";
        }

        private void store(String key, String text) {
            objects.put(key, text);
            store.put(key, text, now);
        }

        private void failed() throws Exception {
            ReadingState before = state;
            objects.keySet().forEach(key -> store.fail(key, 503));
            try {
                look();
            } catch (IOException expected) {
                assertThat(expected).hasMessageContaining("503");
                assertThat(state).isSameAs(before);
            } finally {
                objects.keySet().forEach(key -> store.fail(key, 0));
            }
        }

        private void look() throws Exception {
            WatchTask task = WatchTasks.counting(new LogSource("**", DataFormat.OTHER, "time", "id"), windows);
            WatchResult result = new BucketLogs(
                            store.bucket(),
                            BucketLocation.of("s3://data/logs"),
                            folder.resolve("m" + machine).resolve("churn"),
                            limits)
                    .look(task, state, now);
            state = result.next();
            moved.clear();
            changed.clear();
            for (WindowResult window : result.windows()) {
                counted += window.rows();
                keys.add(window.key());
            }
            assertThat(result.counts().late()).isZero();
            assertThat(result.counts().doubled()).isZero();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
