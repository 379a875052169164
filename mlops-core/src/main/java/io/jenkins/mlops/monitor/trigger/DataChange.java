package io.jenkins.mlops.monitor.trigger;

import java.util.Locale;

/**
 * A change of watched data that a build is to be started for.
 *
 * @param id tells changes apart, over restarts: what was once told under it is not told again
 * @param source what is watched, for people
 * @param from the state that the last build was started for, or the first that was seen
 * @param to the state now
 * @param seenMillis when it was seen, in milliseconds since 1970
 */
public record DataChange(String id, String source, DataState from, DataState to, long seenMillis) {
    public DataChange {
        if (id == null || id.isBlank() || source == null || from == null || to == null) {
            throw new IllegalArgumentException("expected an id, a source and two states of a change");
        }
    }

    /**
     * How many rows are new; -1 if rows are not counted. Where there are fewer than before, the table was written anew,
     * and all of them are.
     */
    public long newRows() {
        return newRows(from, to);
    }

    static long newRows(DataState from, DataState to) {
        if (from.rows() < 0 || to.rows() < 0) {
            return -1;
        }
        return to.rows() >= from.rows() ? to.rows() - from.rows() : to.rows();
    }

    /** What changed, on one line: digests from and to, rows, files and bytes where they are counted. */
    public String text() {
        StringBuilder text = new StringBuilder(source)
                .append(" changed: ")
                .append(from.shortDigest())
                .append(" -> ")
                .append(to.shortDigest());
        count(text, "rows", from.rows(), to.rows());
        count(text, "files", from.files(), to.files());
        count(text, "bytes", from.bytes(), to.bytes());
        return text.toString();
    }

    private static void count(StringBuilder text, String what, long from, long to) {
        if (to < 0) {
            return;
        }
        text.append(", ").append(what).append(' ');
        if (from < 0 || from == to) {
            text.append(to);
        } else {
            text.append(String.format(Locale.ROOT, "%d -> %d (%+d)", from, to, to - from));
        }
    }
}
