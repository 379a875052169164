package io.jenkins.mlops.monitor.window;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;
import java.time.Instant;

/**
 * How the stream of rows is cut into windows.
 *
 * @param unit by time or by rows
 * @param size milliseconds of a window of time, at least a second; or rows of a window, at least 1. Windows of time begin
 *     at multiples of the size since 1970-01-01T00:00Z, so that a day is a day of UTC
 * @param latenessMillis a window of time is closed so long after its end: what comes later is counted as late and not
 *     compared
 */
public record WindowSpec(Unit unit, long size, long latenessMillis) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What a window is measured in. */
    public enum Unit {
        TIME,
        ROWS
    }

    public WindowSpec {
        Expect.that(unit != null, "a unit", null);
        Expect.that(unit == Unit.ROWS ? size >= 1 : size >= 1_000, "a window of 1 row or 1000 ms at least", size);
        Expect.notNegative(latenessMillis, "an allowed lateness in milliseconds");
    }

    /** Windows of so many milliseconds. */
    public static WindowSpec ofMillis(long millis, long latenessMillis) {
        return new WindowSpec(Unit.TIME, millis, latenessMillis);
    }

    /** Windows of so many rows, in the order in which they are read. */
    public static WindowSpec ofRows(long rows) {
        return new WindowSpec(Unit.ROWS, rows, 0);
    }

    /** The beginning of the window of time that a moment is in. */
    public long start(long millis) {
        return Math.floorDiv(millis, size) * size;
    }

    /** The key of a window of time, such as {@code 2026-11-29T00:00:00Z/86400s}. */
    public String timeKey(long startMillis) {
        return Instant.ofEpochMilli(startMillis) + "/" + size / 1_000 + "s";
    }

    /** The key of a window of rows, by its number from 0, such as {@code rows 2000-2999}. */
    public String rowsKey(long number) {
        return "rows " + number * size + "-" + ((number + 1) * size - 1);
    }
}
