package io.jenkins.mlops.data;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** How a digest is made of bytes. */
public enum DigestAlgorithm {
    /** SHA-256 of the bytes, as {@code sha256sum} prints it; for files of up to {@link #PLAIN_LIMIT} bytes. */
    SHA256("sha256"),

    /**
     * For larger files: SHA-256 of the ASCII text {@code mlops-sha256-tree-4m}, a line feed, the file's size in
     * decimal, a line feed, and then the SHA-256 (32 bytes each) of every piece of 4 MiB, in order, the last one
     * shorter. The pieces can be hashed in parallel, which plain SHA-256 does not allow.
     */
    SHA256_TREE_4M("sha256-tree-4m"),

    /** SHA-256 of the text of a {@link Manifest}. */
    MANIFEST_V1("manifest-v1");

    /** The largest size in bytes whose digest is plain SHA-256: 64 MiB. */
    public static final long PLAIN_LIMIT = 64L << 20;

    /** What the digested bytes of a large file start with. */
    static final String SHA256_TREE_4M_HEADER = "mlops-sha256-tree-4m\n";

    private final String id;

    DigestAlgorithm(String id) {
        this.id = id;
    }

    /** The name under which it is stored. */
    public String id() {
        return id;
    }

    /**
     * The algorithm of a stored name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static DigestAlgorithm ofId(@CheckForNull String id) {
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.id.equals(id)) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException(
                "Expected a digest algorithm sha256, sha256-tree-4m or manifest-v1, found " + id + ".");
    }

    /** The algorithm for a file of this size. */
    public static DigestAlgorithm forFileOf(long bytes) {
        return bytes <= PLAIN_LIMIT ? SHA256 : SHA256_TREE_4M;
    }
}
