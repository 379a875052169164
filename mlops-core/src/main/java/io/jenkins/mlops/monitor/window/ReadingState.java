package io.jenkins.mlops.monitor.window;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;
import java.util.List;

/**
 * How far a monitor has read: kept between its readings, so that no row is counted twice and none is missed.
 *
 * @param files the files known
 * @param closedUntil all windows of time before this moment (milliseconds since 1970) are closed; {@link Long#MIN_VALUE}
 *     before the first. For windows of rows: how many rows are in closed windows
 * @param lastRowMillis the latest time of a row ever seen; 0 before the first
 * @param bucket which objects were read, for logs in a bucket
 */
public record ReadingState(List<LogPosition> files, long closedUntil, long lastRowMillis, BucketState bucket)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The most files that are remembered at once. */
    public static final int FILES = 10_000;

    public ReadingState {
        files = Expect.list(files, "files", FILES);
        // Absent in what was kept before there were buckets.
        bucket = bucket == null ? BucketState.NONE : bucket;
    }

    /** How far files of a folder were read. */
    public ReadingState(List<LogPosition> files, long closedUntil, long lastRowMillis) {
        this(files, closedUntil, lastRowMillis, BucketState.NONE);
    }

    /** Nothing read yet. */
    public static ReadingState start(WindowSpec spec) {
        return new ReadingState(List.of(), spec.unit() == WindowSpec.Unit.ROWS ? 0 : Long.MIN_VALUE, 0);
    }
}
