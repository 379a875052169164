package io.jenkins.mlops.monitor.trigger;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * How the watch over one source stands; a value that is kept on disk after every step.
 *
 * <p>A change is told in two steps: it becomes {@link #pending}, on disk, before a build is asked for, and it is settled
 * once a build with its id was seen. Whatever ends the process in between, the change is neither lost nor told twice:
 * the next look finds it pending, and looks for its id among the builds before asking again.
 *
 * @param source what is watched, for people
 * @param told the state that builds know: that of the last settled change, or the first that was seen; null before it
 * @param seen the state at the last look that succeeded; null before it
 * @param pending a change whose build was not seen yet; null for none
 * @param lookedMillis when it was looked at last, in milliseconds since 1970; 0 for never
 * @param failures how many looks failed since the last that succeeded
 * @param retryMillis not to be looked at before, in milliseconds since 1970
 * @param problem what the last look said when it failed; null if it succeeded
 */
public record Watch(
        String source,
        @CheckForNull DataState told,
        @CheckForNull DataState seen,
        @CheckForNull DataChange pending,
        long lookedMillis,
        int failures,
        long retryMillis,
        @CheckForNull String problem) {
    private static final long FIRST_PAUSE = 60_000;
    private static final long LONGEST_PAUSE = 6 * 3_600_000L;
    private static final int MAX_PROBLEM = 2_000;
    /** A pause that is in the future by more than this comes of a clock that was put back. */
    private static final long CLOCK_TOLERANCE = 2 * LONGEST_PAUSE;

    public Watch {
        if (source == null || failures < 0) {
            throw new IllegalArgumentException("expected a source and a count of failures from 0, found " + failures);
        }
    }

    /** A watch that has seen nothing yet. */
    public static Watch of(String source) {
        return new Watch(source, null, null, null, 0, 0, 0, null);
    }

    /** Whether it may be looked at now; not while it backs off from failures. */
    public boolean isDue(long nowMillis) {
        return nowMillis >= retryMillis || retryMillis - nowMillis > CLOCK_TOLERANCE;
    }

    /**
     * The watch after a look that succeeded.
     *
     * <p>The first state that is ever seen is no change. A change with fewer new rows than wanted waits, and counts from
     * where builds know the data, until there are enough. While a change is pending nothing else becomes one: the look
     * after it compares with what its build was told.
     *
     * @param now what was seen
     * @param minimumNewRows how many new rows make a change; 0 for any change. Where rows are not counted, any change does
     * @param id the id of the change, if there is one
     * @param nowMillis when, in milliseconds since 1970
     */
    public Watch saw(DataState now, long minimumNewRows, String id, long nowMillis) {
        if (told == null) {
            return new Watch(source, now, now, null, nowMillis, 0, 0, null);
        }
        DataChange change = pending;
        if (change == null && !now.same(told) && enough(now, minimumNewRows)) {
            change = new DataChange(id, source, told, now, nowMillis);
        }
        // The same content under another cheap mark: builds know it already.
        DataState known = now.same(told) ? now : told;
        return new Watch(source, known, now, change, nowMillis, 0, 0, null);
    }

    private boolean enough(DataState now, long minimumNewRows) {
        long rows = told == null ? -1 : DataChange.newRows(told, now);
        return minimumNewRows <= 0 || rows < 0 || rows >= minimumNewRows;
    }

    /** The watch after the pending change was told. */
    public Watch settled() {
        return pending == null
                ? this
                : new Watch(source, pending.to(), seen, null, lookedMillis, failures, retryMillis, problem);
    }

    /**
     * The watch after a look that failed: the next comes after a minute, then two, four, up to six hours.
     *
     * @param why what went wrong
     */
    public Watch failed(String why, long nowMillis) {
        int count = failures == Integer.MAX_VALUE ? failures : failures + 1;
        long pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(count - 1, 12));
        String text = why.length() > MAX_PROBLEM ? why.substring(0, MAX_PROBLEM) : why;
        return new Watch(source, told, seen, pending, nowMillis, count, nowMillis + pause, text);
    }
}
