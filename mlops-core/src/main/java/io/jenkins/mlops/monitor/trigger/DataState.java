package io.jenkins.mlops.monitor.trigger;

import java.io.Serializable;

/**
 * What was seen of watched data at one look.
 *
 * @param digest tells states apart: algorithm first, such as {@code sha256:...}, {@code etag:...} or {@code
 *     watermark:...}
 * @param files how many files or objects; -1 where nobody counts them
 * @param bytes their size together; -1 where it is not known
 * @param rows how many rows of tables; -1 where nobody counts them
 * @param tag what lets the next look be a cheap one, such as a commit or the files' times; empty for none. It says nothing
 *     about the content
 */
public record DataState(String digest, long files, long bytes, long rows, String tag) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MAX_TEXT = 2_000;

    public DataState {
        if (digest == null || digest.isBlank() || digest.length() > MAX_TEXT) {
            throw new IllegalArgumentException("expected a digest of at most " + MAX_TEXT + " characters");
        }
        if (files < -1 || bytes < -1 || rows < -1) {
            throw new IllegalArgumentException(
                    "expected counts from 0, or -1 for unknown, found " + files + ", " + bytes + " and " + rows);
        }
        if (tag == null || tag.length() > MAX_TEXT) {
            throw new IllegalArgumentException("expected a tag of at most " + MAX_TEXT + " characters");
        }
    }

    /** Whether this is the same content. */
    public boolean same(DataState other) {
        return digest.equals(other.digest);
    }

    /** The same content, found by another cheap mark. */
    public DataState withTag(String newTag) {
        return new DataState(digest, files, bytes, rows, newTag);
    }

    /** The first characters of the digest, for people. */
    public String shortDigest() {
        int colon = digest.indexOf(':');
        int end = Math.min(digest.length(), colon + 1 + 12);
        return digest.substring(0, end) + (end < digest.length() ? "..." : "");
    }
}
