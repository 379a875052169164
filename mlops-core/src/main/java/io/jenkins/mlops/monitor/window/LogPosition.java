package io.jenkins.mlops.monitor.window;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;

/**
 * How far one log file has been read. A file is known by its content's beginning, so that it is found again under the
 * name that a rotation gave it.
 *
 * <p>Rows from {@code from} to {@code seen} have been seen but belong, some of them, to a window that is still open: they
 * are read again when it closes; those of closed windows among them are passed over then.
 *
 * @param path the file's path below the folder when it was last read, with {@code /}
 * @param headDigest SHA-256 of the first {@code headBytes} bytes of the (unpacked) content
 * @param headBytes how many bytes the digest is of; up to {@value #HEAD}
 * @param from where the next reading begins, in bytes of the (unpacked) content; in rows for Parquet
 * @param seen where the last reading ended
 */
public record LogPosition(String path, String headDigest, int headBytes, long from, long seen) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Up to so many bytes of a file's beginning tell it from others. */
    public static final int HEAD = 4_096;

    public LogPosition {
        Expect.name(path, "a path");
        Expect.text(headDigest, "a digest", 64);
        Expect.that(headBytes >= 0 && headBytes <= HEAD, "0 to " + HEAD + " bytes", headBytes);
        Expect.that(from >= 0 && seen >= from, "positions in order", from + ", " + seen);
    }
}
