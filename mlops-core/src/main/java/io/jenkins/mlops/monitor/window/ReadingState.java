package io.jenkins.mlops.monitor.window;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a monitor has read: kept between its readings, so that no row is counted twice and none is missed.
 *
 * @param files the files known
 * @param closedUntil all windows of time before this moment (milliseconds since 1970) are closed; {@link Long#MIN_VALUE}
 *     before the first. For windows of rows: how many rows are in closed windows
 * @param lastRowMillis the latest time of a row ever seen; 0 before the first
 * @param bucket which objects were read, for logs in a bucket
 * @param notes what readings noted for people, with its time, the youngest first
 */
public record ReadingState(
        List<LogPosition> files, long closedUntil, long lastRowMillis, BucketState bucket, List<String> notes)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int KEPT_NOTES = 50;

    /** The most files that are remembered at once. */
    public static final int FILES = 10_000;

    public ReadingState {
        files = Expect.list(files, "files", FILES);
        // Absent in what was kept before there were such things.
        bucket = bucket == null ? BucketState.NONE : bucket;
        notes = notes == null ? List.of() : Expect.list(notes, "notes", Expect.NOTES);
    }

    /** How far files of a folder were read. */
    public ReadingState(List<LogPosition> files, long closedUntil, long lastRowMillis) {
        this(files, closedUntil, lastRowMillis, BucketState.NONE, List.of());
    }

    /**
     * The same with what was noted: by this reading, and by those before. What was noted again is kept once.
     *
     * @param time of this reading, for people
     */
    public ReadingState withNotes(String time, List<String> noted, List<String> before) {
        List<String> all = new ArrayList<>();
        noted.forEach(note -> all.add(time + ": " + note));
        for (String old : before) {
            if (noted.stream().noneMatch(note -> old.endsWith(": " + note))) {
                all.add(old);
            }
        }
        return new ReadingState(
                files, closedUntil, lastRowMillis, bucket, all.size() <= KEPT_NOTES ? all : all.subList(0, KEPT_NOTES));
    }

    /** Nothing read yet. */
    public static ReadingState start(WindowSpec spec) {
        return new ReadingState(List.of(), spec.unit() == WindowSpec.Unit.ROWS ? 0 : Long.MIN_VALUE, 0);
    }
}
