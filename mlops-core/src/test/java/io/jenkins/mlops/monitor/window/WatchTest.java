package io.jenkins.mlops.monitor.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.data.ColumnType;
import io.jenkins.mlops.data.DataFormat;
import io.jenkins.mlops.monitor.Severity;
import io.jenkins.mlops.monitor.drift.DriftOptions;
import io.jenkins.mlops.monitor.quality.EstimateOptions;
import io.jenkins.mlops.monitor.quality.Expectation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
    private static final long HOUR = 3_600_000;
    private static final long T0 = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();
    private static final WindowSpec HOURS = WindowSpec.ofMillis(HOUR, 60_000);

    @TempDir
    Path folder;

    private ReadingState state = ReadingState.start(HOURS);
    private final List<WindowResult> closed = new ArrayList<>();

    private static WatchTask task(WindowSpec spec, Reference reference) {
        return new WatchTask(
                new LogSource("log*", DataFormat.OTHER, "time", "id"),
                spec,
                reference,
                DriftOptions.DEFAULT,
                List.of(),
                null,
                ReadingLimits.DEFAULT);
    }

    private WatchResult look(WatchTask task, double hours) throws IOException {
        WatchResult result = Watch.look(folder, task, state, T0 + (long) (hours * HOUR));
        state = result.next();
        closed.addAll(result.windows());
        return result;
    }

    private WatchResult look(double hours) throws IOException {
        return look(task(HOURS, null), hours);
    }

    private static String row(int id, double hours, double x) {
        return "{\"id\":\"r" + id + "\",\"time\":" + (T0 + (long) (hours * HOUR)) + ",\"x\":" + x + "}\n";
    }

    private void append(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private List<Long> rowsOfWindows() {
        return closed.stream().map(WindowResult::rows).toList();
    }

    @Test
    void closesAWindowOnceWhenItIsOver() throws IOException {
        append("log.jsonl", row(1, 0.1, 1) + row(2, 0.9, 2) + row(3, 1.2, 3));

        assertThat(look(1.0).windows()).as("late rows may still come").isEmpty();
        assertThat(look(1.1).windows()).hasSize(1);
        assertThat(closed.get(0).key()).isEqualTo("2026-11-01T00:00:00Z/3600s");
        assertThat(closed.get(0).rows()).isEqualTo(2);
        assertThat(look(1.5).windows()).isEmpty();
        append("log.jsonl", row(4, 0.5, 4) + row(5, 1.9, 5));
        WatchResult last = look(2.1);

        assertThat(rowsOfWindows()).containsExactly(2L, 2L);
        assertThat(last.counts().late()).isEqualTo(1);
        assertThat(last.counts().rows()).as("rows met for the first time").isEqualTo(2);
    }

    @Test
    void isTheSameFromTheSameState() throws IOException {
        append("log.jsonl", row(1, 0.1, 1) + row(2, 1.1, 2));
        ReadingState before = state;
        WatchResult first = Watch.look(folder, task(HOURS, null), before, T0 + 2 * HOUR);

        assertThat(Watch.look(folder, task(HOURS, null), before, T0 + 2 * HOUR)).isEqualTo(first);
    }

    @Test
    void followsRotatedAndPackedFiles() throws IOException {
        append("log.jsonl", row(1, 0.1, 1) + row(2, 1.1, 2));
        look(1.1);
        Files.move(folder.resolve("log.jsonl"), folder.resolve("log.jsonl.1"));
        append("log.jsonl", row(3, 1.2, 3));
        look(1.2);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("log.jsonl.2.gz")))) {
            Files.copy(folder.resolve("log.jsonl.1"), out);
        }
        Files.delete(folder.resolve("log.jsonl.1"));
        WatchResult last = look(2.1);

        assertThat(rowsOfWindows()).containsExactly(1L, 2L);
        assertThat(last.counts().late()).isZero();
        assertThat(last.next().files()).extracting(LogPosition::path).contains("log.jsonl.2.gz", "log.jsonl");
    }

    @Test
    void survivesACopyThatTruncates() throws IOException {
        append("log.jsonl", row(1, 0.1, 1) + row(2, 0.2, 2));
        look(0.5);
        Files.copy(folder.resolve("log.jsonl"), folder.resolve("log.jsonl.1"));
        Files.writeString(folder.resolve("log.jsonl"), row(3, 0.6, 3));
        look(1.1);

        assertThat(rowsOfWindows()).containsExactly(3L);
    }

    @Test
    void saysThatAFileWasWrittenAnewCutOrVanished() throws IOException {
        append("log1.jsonl", row(1, 0.1, 1) + row(2, 1.2, 2));
        append("log2.jsonl", row(3, 0.1, 1) + row(4, 1.3, 2));
        append("log3.jsonl", row(5, 0.1, 1) + row(6, 1.4, 2));
        look(1.1);
        Files.writeString(folder.resolve("log1.jsonl"), row(7, 1.5, 2));
        Files.delete(folder.resolve("log2.jsonl"));
        String kept = row(5, 0.1, 1);
        Files.writeString(folder.resolve("log3.jsonl"), kept);
        List<String> notes = look(1.2).notes();

        assertThat(notes).anyMatch(note -> note.contains("log1.jsonl was written anew"));
        assertThat(notes).anyMatch(note -> note.contains("log2.jsonl has vanished; rows of windows"));
        assertThat(look(2.1).windows()).hasSize(1);
        assertThat(rowsOfWindows()).containsExactly(3L, 1L);
    }

    @Test
    void countsDoubledBrokenUntimedAndAheadRows() throws IOException {
        append(
                "log.jsonl",
                row(1, 0.1, 1)
                        + row(1, 0.1, 1)
                        + "{\"id\":\"r2\",\"time\":\n"
                        + "not json\n\n"
                        + "{\"id\":\"r3\",\"x\":1}\n"
                        + "{\"id\":\"r4\",\"time\":\"yesterday\"}\n"
                        + row(5, 100, 1)
                        + "{\"id\":\"r6\",\"time\":\"2026-11-01T00:30:00+00:00\",\"x\":NaN}\n"
                        + row(7, 0.2, 1).stripTrailing());
        WatchResult result = look(1.1);

        assertThat(result.counts()).isEqualTo(new ReadingCounts(6, 0, 1, 2, 2, 1, 0));
        assertThat(rowsOfWindows())
                .as("the line without an end is left to its writer")
                .containsExactly(2L);
        append("log.jsonl", "\n");
        assertThat(look(1.2).counts().late()).isEqualTo(1);
    }

    @Test
    void takesALastLineWithoutAnEndWhenNobodyWritesAnyMore() throws IOException {
        append("log.jsonl", row(1, 0.1, 1).stripTrailing());
        Files.setLastModifiedTime(folder.resolve("log.jsonl"), FileTime.fromMillis(T0));
        look(1.1);

        assertThat(rowsOfWindows()).containsExactly(1L);
    }

    @Test
    void showsASilentWeek() throws IOException {
        append("log.jsonl", row(1, 0.1, 1));
        look(1.1);
        WatchResult week = look(24 * 7);

        assertThat(week.windows()).hasSize(25).allMatch(window -> window.rows() == 0);
        assertThat(week.notes()).anyMatch(note -> note.contains("166 windows without a row"));
        append("log.jsonl", row(2, 24 * 7 + 0.5, 1));
        look(24 * 7 + 1.1);
        assertThat(closed.get(closed.size() - 1).rows()).isEqualTo(1);
    }

    @Test
    void closesNothingTwiceWhenTheClockIsSetBack() throws IOException {
        append("log.jsonl", row(1, 0.1, 1) + row(2, 1.1, 1) + row(3, 2.1, 1));
        look(2.1);
        assertThat(look(0.5).windows()).isEmpty();
        look(3.1);

        assertThat(rowsOfWindows()).containsExactly(1L, 1L, 1L);
    }

    @Test
    void catchesUpABacklogInSteps() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 119; i >= 0; i--) {
            text.append(row(i, i + 0.5, 1));
        }
        append("log.jsonl", text.toString());
        int looks = 0;
        while (closed.size() < 120 && looks++ < 10) {
            look(200);
        }

        assertThat(looks).isEqualTo(3);
        assertThat(rowsOfWindows().subList(0, 120)).containsOnly(1L);
        assertThat(closed.stream().map(WindowResult::key).distinct()).hasSameSizeAs(closed);
    }

    @Test
    void cutsWindowsByRowsAcrossFiles() throws IOException {
        WindowSpec spec = WindowSpec.ofRows(3);
        WatchTask task = task(spec, null);
        state = ReadingState.start(spec);
        append("log1.jsonl", row(1, 0, 1) + row(2, 0, 2) + row(3, 0, 3) + row(4, 0, 4));
        append("log2.jsonl", row(5, 0, 5));
        look(task, 1);
        append("log1.jsonl", row(6, 0, 6));
        look(task, 2);
        append("log2.jsonl", row(7, 0, 7));
        look(task, 3);

        assertThat(closed).extracting(WindowResult::key).containsExactly("rows 0-2", "rows 3-5");
        assertThat(rowsOfWindows()).containsExactly(3L, 3L);
        assertThat(state.closedUntil()).isEqualTo(6);
    }

    @Test
    void comparesEstimatesAndChecks() throws IOException {
        StringBuilder reference = new StringBuilder("id,time,x,label\n");
        StringBuilder live = new StringBuilder("id;time;x;score\r\n");
        for (int i = 0; i < 200; i++) {
            reference.append(i).append(",0,").append(i % 50).append(",a\n");
            live.append("l")
                    .append(i)
                    .append(";2026-11-01 00:10:00;")
                    .append(i % 50 + 30)
                    .append(";0.9\r\n");
        }
        Path rows = folder.resolve("reference.csv");
        Files.writeString(rows, reference);
        append("log.csv", live.toString());
        WatchTask task = new WatchTask(
                new LogSource("log*.csv", DataFormat.OTHER, "time", "id"),
                HOURS,
                Reference.rows(rows.toString()),
                DriftOptions.DEFAULT.withColumns(List.of("x", "label"), List.of()),
                List.of(
                        new Expectation(
                                "x", true, List.of(ColumnType.INTEGER), 0, 0, 60, List.of(), 0.1, Severity.WARNING),
                        Expectation.present("y")),
                EstimateOptions.of("score"),
                ReadingLimits.DEFAULT);
        WindowResult window = look(task, 1.1).windows().get(0);

        assertThat(window.rows()).isEqualTo(200);
        assertThat(window.drift().columns()).extracting("column").containsExactly("x", "label");
        assertThat(window.drift().columns()).allMatch(column -> column.drifted());
        assertThat(window.drift().columns().get(1).notes().get(0)).contains("vanished");
        assertThat(window.findings()).extracting("what").containsExactly("range", "presence");
        assertThat(window.estimate().metrics().get("accuracy").value()).isCloseTo(0.9, within(1e-12));
    }

    private static org.assertj.core.data.Offset<Double> within(double offset) {
        return org.assertj.core.data.Offset.offset(offset);
    }

    @Test
    void passesOverWhatIsNoLog() throws IOException {
        append("log.txt", "hello\n");
        append("log.csv", "a,a\n1,2\n");
        append("log.jsonl.gz", "not packed");
        Files.createDirectory(folder.resolve("log.d"));
        Files.createSymbolicLink(
                folder.resolve("log-link.jsonl"), Files.writeString(folder.resolve("elsewhere.txt"), "secret"));
        WatchResult result = look(1.1);

        assertThat(result.windows()).isEmpty();
        assertThat(result.counts()).isEqualTo(ReadingCounts.NONE);
        assertThat(result.notes()).hasSize(3);
    }

    @Test
    void keepsToItsLimits() throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("{\"id\":1,\"time\":")
                .append(T0)
                .append(",\"long\":\"")
                .append("x".repeat(500))
                .append("\"}\n");
        for (int i = 2; i < 12; i++) {
            text.append(row(i, 0.1, i));
        }
        append("log.jsonl", text.toString());
        append("log.csv", "id,time,a,b,c\n1,\"" + "y".repeat(2_000) + "\n5," + T0 + ",1,2,3\n");
        WatchTask task = new WatchTask(
                new LogSource("log*", DataFormat.OTHER, "time", "id"),
                HOURS,
                null,
                DriftOptions.DEFAULT,
                List.of(),
                null,
                new ReadingLimits(200, 3, 4, 10, 2, 3));
        WatchResult result = look(task, 1.1);

        assertThat(result.counts().broken()).as("lines that are too long").isEqualTo(2);
        assertThat(result.counts().rows()).isEqualTo(11);
        assertThat(rowsOfWindows()).containsExactly(4L);
        assertThat(result.counts().beyond()).isEqualTo(7);
        assertThat(result.windows().get(0).notes()).containsExactly("Compared are the first 4 rows; 7 more came.");
        // Which of the files comes first is by their times, and so is whether a wide row is compared.
        assertThat(result.notes())
                .anyMatch(note -> note.startsWith("More than 3 ids"))
                .allMatch(note -> note.startsWith("More than 3 ids")
                        || note.startsWith("The logs have more than 3 columns")
                        || note.equals("Lines that are no row: 2.")
                        || note.equals("Rows beyond the most that a window compares: 7."));
    }

    @Test
    void readsNestedMembersAndArrays() {
        LogRow row = new LogRow();

        assertThat(JsonLine.read("{\"a\":{\"b\":[1,2.5,\"x\\u0041\"]},\"c\":null,\"d\":-Infinity}", row, 100))
                .isTrue();
        assertThat(row.text("a.b[0]")).isEqualTo("1");
        assertThat(row.text("a.b[2]")).isEqualTo("xA");
        assertThat(row.text("c")).isNull();
        assertThat(row.text("d")).isEqualTo("-Infinity");
    }

    @Test
    void refusesBrokenLines() {
        String line = "{\"a\":{\"b\":[1,2.5,\"x\\u0041\"]},\"c\":null}";
        for (int cut = 0; cut < line.length(); cut++) {
            assertThat(JsonLine.read(line.substring(0, cut), new LogRow(), 100)).isFalse();
        }
        assertThat(JsonLine.read(line + "x", new LogRow(), 100)).isFalse();
        assertThat(JsonLine.read("[1]", new LogRow(), 100)).isFalse();
        assertThat(JsonLine.read("{\"a\":" + "[".repeat(100_000), new LogRow(), 100))
                .isFalse();
    }

    @Test
    void whatIsInNoWindowIsSaid() throws IOException {
        append("log.jsonl", row(1, 0.1, 1) + row(1, 0.2, 1) + "no row\n" + row(2, 99, 1));
        WatchResult first = look(1.1);
        assertThat(first.notes())
                .containsExactly(
                        "Rows with an id that another row of their window has, and not counted again: 1.",
                        "Lines that are no row: 1.",
                        "Rows that are more than a day ahead of the clock, and in no window: 1.");
        append("log.jsonl", row(3, 0.3, 1));
        assertThat(look(1.2).notes())
                .containsExactly("Rows that came after their window was closed, and are in none: 1.");
    }

    @Test
    void notesAreKeptWithTheirTimeAndOnce() {
        ReadingState one = state.withNotes("10:00", List.of("a", "b"), List.of());
        assertThat(one.notes()).containsExactly("10:00: a", "10:00: b");
        assertThat(state.withNotes("10:15", List.of("b"), one.notes()).notes()).containsExactly("10:15: b", "10:00: a");
        assertThat(state.withNotes("10:15", List.of(), one.notes()).notes()).isEqualTo(one.notes());
    }

    @Test
    void aReferenceOfJsonHasTheColumnsOfTheLogs() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            text.append("{\"id\":\"r")
                    .append(i)
                    .append("\",\"time\":")
                    .append(T0)
                    .append(",\"in\":{\"x\":")
                    .append(i)
                    .append("},\"v\":[1,")
                    .append(i % 7)
                    .append("]}\n");
        }
        append("log.jsonl", text.toString());
        Path reference = folder.resolve("train.jsonl");
        Files.writeString(reference, text);
        WatchResult result = look(task(HOURS, Reference.rows(reference.toString())), 1.1);
        assertThat(result.windows().get(0).drift().columns())
                .extracting(column -> column.column())
                .contains("in.x", "v[0]", "v[1]");
        assertThat(result.windows().get(0).drift().drifted()).isFalse();

        state = ReadingState.start(HOURS);
        Files.writeString(reference, text + "no row\n");
        assertThatThrownBy(() -> look(task(HOURS, Reference.rows(reference.toString())), 1.1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("found none in the line at byte " + text.length());
    }
}
