package io.jenkins.mlops.monitor.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.data.DataFormat;
import io.jenkins.mlops.evaluation.EvaluationOptions;
import io.jenkins.mlops.evaluation.Task;
import io.jenkins.mlops.monitor.window.FeedbackResult;
import io.jenkins.mlops.monitor.window.FeedbackTask;
import io.jenkins.mlops.monitor.window.LogSource;
import io.jenkins.mlops.monitor.window.PackedLabels;
import io.jenkins.mlops.monitor.window.ReadObject;
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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at a store whose clock the test holds; {@link BucketFormatsTest} looks at a real one. */
class BucketLogsTest {
    private static final long HOUR = 3_600_000;
    private static final long T0 = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();
    private static final WindowSpec HOURS = WindowSpec.ofMillis(HOUR, 60_000);

    @TempDir
    Path folder;

    private ListedServer store;
    private BucketLimits limits = BucketLimits.DEFAULT;
    private WindowSpec windows = HOURS;
    private ReadingState state = ReadingState.start(HOURS);
    private int machine;
    private final List<WindowResult> closed = new ArrayList<>();
    private long late;

    @BeforeEach
    void start() throws IOException {
        store = new ListedServer();
    }

    @AfterEach
    void stop() {
        store.close();
    }

    private static long at(double hours) {
        return T0 + (long) (hours * HOUR);
    }

    private static String row(int id, double hours) {
        return "{\"id\":\"r" + id + "\",\"time\":" + at(hours) + ",\"x\":" + id + "}\n";
    }

    private Path cache() {
        return folder.resolve("machine" + machine).resolve("churn");
    }

    private WatchResult look(double hours) throws Exception {
        WatchTask task = WatchTasks.counting(new LogSource("**", DataFormat.OTHER, "time", "id"), windows);
        WatchResult result = new BucketLogs(store.bucket(), BucketLocation.of("s3://data/logs"), cache(), limits)
                .look(task, state, at(hours));
        state = result.next();
        closed.addAll(result.windows());
        late += result.counts().late();
        return result;
    }

    private List<Long> rowsOfWindows() {
        return closed.stream().map(WindowResult::rows).toList();
    }

    @Test
    void readsEachObjectUntilItsWindowsAreClosed() throws Exception {
        store.put("logs/day/1.jsonl", row(1, 0.1) + row(2, 0.5), at(0.6));
        store.put("logs/day/2.jsonl", row(3, 0.9) + row(4, 1.1), at(1.2));
        store.put("logs-of-others/1.jsonl", row(9, 0.5), at(0.6));

        assertThat(look(0.7).windows()).isEmpty();
        assertThat(store.fetched()).containsExactly("logs/day/1.jsonl", "logs/day/2.jsonl");
        look(1.3);
        assertThat(rowsOfWindows()).containsExactly(3L);
        assertThat(store.fetched()).as("both are still on the machine").isEmpty();
        store.put("logs/day/3.jsonl", row(5, 1.9), at(1.95));
        look(2.1);
        assertThat(rowsOfWindows()).containsExactly(3L, 2L);
        assertThat(store.fetched()).containsExactly("logs/day/3.jsonl");
        assertThat(late).isZero();
        assertThat(look(2.2).counts().rows()).isZero();
    }

    @Test
    void anotherMachineGoesOnWhereOneLeftOff() throws Exception {
        store.put("logs/1.jsonl", row(1, 0.1), at(0.2));
        store.put("logs/2.jsonl", row(2, 0.9) + row(3, 1.1), at(1.2));
        look(1.3);
        store.fetched();
        machine++;
        look(2.1);

        assertThat(store.fetched()).as("what was read is not fetched again").containsExactly("logs/2.jsonl");
        assertThat(rowsOfWindows()).containsExactly(2L, 1L);
        assertThat(late).isZero();
    }

    @Test
    void rowsThatWereAddedAreReadAndOthersNotAgain() throws Exception {
        store.put("logs/1.jsonl", row(1, 0.1), at(0.2));
        look(1.1);
        store.put("logs/1.jsonl", row(1, 0.1) + row(2, 1.2), at(1.3));
        look(2.1);
        assertThat(rowsOfWindows()).containsExactly(1L, 1L);

        store.put("logs/1.jsonl", row(7, 2.2), at(2.3));
        WatchResult written = look(3.1);
        assertThat(rowsOfWindows()).containsExactly(1L, 1L, 1L);
        assertThat(written.notes()).anyMatch(note -> note.contains("written anew"));
        assertThat(late).isZero();
    }

    @Test
    void aKeyThatChangesIsFollowed() throws Exception {
        store.put("logs/1.jsonl", row(1, 0.1), at(0.2));
        store.put("logs/2.jsonl", row(2, 0.9) + row(3, 1.1), at(1.2));
        look(1.3);
        store.remove("logs/1.jsonl");
        store.remove("logs/2.jsonl");
        store.put("logs/old/1.jsonl", row(1, 0.1), at(1.4));
        store.put("logs/old/2.jsonl", row(2, 0.9) + row(3, 1.1), at(1.4));
        WatchResult moved = look(2.1);

        assertThat(rowsOfWindows()).containsExactly(2L, 1L);
        assertThat(late).isZero();
        assertThat(moved.notes())
                .containsExactly("Objects that have another key than before, and are not read twice: 2.");
        assertThat(state.bucket().objects())
                .extracting(ReadObject::path)
                .containsExactlyInAnyOrder("old/1.jsonl", "old/2.jsonl");
    }

    @Test
    void whatIsDeletedIsSaidWhenRowsOfItWereStillWanted() throws Exception {
        store.put("logs/1.jsonl", row(1, 0.1), at(0.2));
        store.put("logs/2.jsonl", row(2, 1.1), at(1.2));
        look(1.3);
        store.remove("logs/1.jsonl");
        assertThat(look(1.4).notes()).as("all of it is counted").isEmpty();
        store.remove("logs/2.jsonl");
        assertThat(look(2.1).notes())
                .containsExactly("The file 2.jsonl has vanished; rows of windows that were still open went with it.");
        assertThat(state.bucket().objects()).isEmpty();
        assertThat(state.files()).isEmpty();
    }

    @Test
    void changesWhileItLooksAreSeenByTheNextLook() throws Exception {
        store.put("logs/1.jsonl", row(1, 0.1), at(0.2));
        store.put("logs/2.jsonl", row(2, 0.3), at(0.4));
        store.put("logs/3.jsonl", row(3, 0.5), at(0.6));
        store.afterListing(() -> {
            store.put("logs/1.jsonl", row(1, 0.1) + row(4, 0.15), at(0.7));
            store.remove("logs/2.jsonl");
        });
        WatchResult first = look(1.1);
        assertThat(first.windows())
                .as("an object is left that may be of the window")
                .isEmpty();
        assertThat(first.notes()).contains("The object 2.jsonl was deleted before it was fetched.");
        look(1.2);
        assertThat(rowsOfWindows()).containsExactly(3L);
        assertThat(late).isZero();
    }

    @Test
    void aBacklogIsReadInTurnsAndNoRowComesLate() throws Exception {
        limits = new BucketLimits(12, 1 << 20, 0, 5_000);
        for (int i = 0; i < 40; i++) {
            store.put("logs/" + (99 - i) + ".jsonl", row(i, i / 4.0), at(i / 4.0 + 0.1));
        }
        long last = Long.MIN_VALUE;
        int looks = 0;
        while (state.files().size() < 40 || closed.size() < 10) {
            WatchResult result = look(100);
            assertThat(store.fetched()).hasSizeLessThanOrEqualTo(12);
            assertThat(++looks).isLessThan(60);
            assertThat(state.closedUntil()).isGreaterThanOrEqualTo(last);
            last = state.closedUntil();
            assertThat(result.counts().late()).isZero();
        }
        assertThat(rowsOfWindows().stream().mapToLong(Long::longValue).sum()).isEqualTo(40);
    }

    @Test
    void aStandstillIsRefused() throws Exception {
        limits = new BucketLimits(3, 1 << 20, 0, 5_000);
        for (int i = 0; i < 5; i++) {
            store.put("logs/" + i + ".jsonl", row(i, 0.1), at(0.2));
        }
        look(0.5);
        ReadingState before = state;
        assertThatThrownBy(() -> look(0.6))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Expected at most 3 objects")
                .hasMessageContaining("shorter windows");
        assertThat(state).isSameAs(before);
    }

    @Test
    void manyObjectsAreForgottenAndStillNotReadAgain() throws Exception {
        limits = new BucketLimits(1_000, 1 << 20, 1 << 20, 5);
        for (int i = 0; i < 60; i++) {
            store.put("logs/" + i + ".jsonl", row(i, i), at(i + 0.5));
        }
        look(60.1);
        assertThat(closed).hasSize(50);
        look(60.1);
        assertThat(closed).hasSize(60);
        store.fetched();
        machine++;
        assertThat(look(60.5).counts().rows()).isZero();
        assertThat(store.fetched()).isEmpty();
        assertThat(state.bucket().objects()).hasSizeBetween(5, 30);
        assertThat(state.files()).hasSameSizeAs(state.bucket().objects());
        store.put("logs/new.jsonl", row(100, 60.6), at(60.7));
        assertThat(look(61.1).counts().rows()).isEqualTo(1);
        assertThat(store.fetched()).containsExactly("logs/new.jsonl");
        assertThat(late).isZero();
    }

    @Test
    void aStoreThatFailsLosesNothing() throws Exception {
        store.put("logs/1.jsonl", row(1, 0.1), at(0.2));
        store.put("logs/2.jsonl", row(2, 0.3), at(0.4));
        store.fail("logs/2.jsonl", 503);
        ReadingState before = state;
        assertThatThrownBy(() -> look(1.1)).isInstanceOf(IOException.class).hasMessageContaining("answered 503");
        assertThat(state).isSameAs(before);
        store.fail("logs/2.jsonl", 0);
        assertThat(store.fetched()).containsExactly("logs/1.jsonl");
        look(1.2);
        assertThat(store.fetched()).as("the other one is here already").containsExactly("logs/2.jsonl");
        assertThat(rowsOfWindows()).containsExactly(2L);
    }

    @Test
    void archivedAndOversizedObjectsAreSaidNotFetched() throws Exception {
        limits = new BucketLimits(10, 200, 0, 10);
        store.put("logs/1.jsonl", row(1, 0.1), at(0.2), "GLACIER");
        store.put("logs/2.jsonl", row(2, 0.3) + " ".repeat(300), at(0.4));
        store.put("logs/3.jsonl", row(3, 0.3), at(0.4));
        WatchResult result = look(1.1);
        assertThat(store.fetched()).containsExactly("logs/3.jsonl");
        assertThat(result.notes())
                .anyMatch(note -> note.contains("are archived, to be restored before they can be read: 1."))
                .anyMatch(note -> note.contains("2.jsonl has") && note.contains("more than 200 are passed over"));
    }

    @Test
    void whatIsArchivedLaterHoldsNothingUp() throws Exception {
        store.put("logs/1.jsonl", row(1, 0.1), at(0.2));
        store.put("logs/2.jsonl", row(2, 1.1), at(1.2));
        look(1.3);
        store.put("logs/1.jsonl", row(1, 0.1), at(0.2), "DEEP_ARCHIVE");
        store.put("logs/2.jsonl", row(2, 1.1), at(1.2), "DEEP_ARCHIVE");
        store.fail("logs/1.jsonl", 403);
        store.fail("logs/2.jsonl", 403);
        machine++;
        assertThat(look(2.1).notes()).anyMatch(note -> note.endsWith("before they can be read: 1."));
        FeedbackTask labels = new FeedbackTask(
                new LogSource("**", DataFormat.OTHER, "time", "id"),
                windows,
                state,
                PackedLabels.NONE,
                PackedLabels.NONE,
                EvaluationOptions.builder()
                        .task(Task.BINARY)
                        .label("y")
                        .score("x")
                        .positive("1")
                        .build(),
                Map.of(),
                10);
        FeedbackResult joined =
                new BucketLogs(store.bucket(), BucketLocation.of("s3://data/logs"), cache(), limits).join(labels);
        assertThat(joined.notes()).contains("Objects that are not joined, as they are archived: 2.");
    }

    @Test
    void theRoomOnTheMachineIsBounded() throws Exception {
        windows = WindowSpec.ofMillis(HOUR, 0);
        int bytes = row(10, 0.1).length();
        limits = new BucketLimits(100, 1 << 20, 3L * bytes, 100);
        for (int i = 10; i < 20; i++) {
            store.put("logs/" + i + ".jsonl", row(i, 0.1), at(0.2));
        }
        Path gone = Files.createDirectories(cache().resolveSibling("gone"));
        Files.writeString(gone.resolve("object"), "of a monitor that is no more");
        Files.setLastModifiedTime(
                gone, java.nio.file.attribute.FileTime.from(Instant.now().minusSeconds(40 * 86_400)));
        look(0.5);
        assertThat(names(cache())).as("all rows are of a window that is open").hasSize(10);
        look(1.5);
        assertThat(names(cache())).hasSize(3);
        assertThat(gone).doesNotExist();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
