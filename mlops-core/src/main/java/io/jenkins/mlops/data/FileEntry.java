package io.jenkins.mlops.data;

import java.io.Serializable;

/**
 * One file of a {@link Manifest}.
 *
 * @param path the file's path within the dataset, with {@code /} between the names, neither absolute nor with an
 *     empty, {@code .} or {@code ..} name
 * @param bytes the size in bytes
 * @param algorithm {@link DigestAlgorithm#SHA256} or {@link DigestAlgorithm#SHA256_TREE_4M}, as the size decides
 * @param digest {@code sha256:<64 hex digits>}
 */
public record FileEntry(String path, long bytes, DigestAlgorithm algorithm, String digest) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Checks path, size and digest. */
    public FileEntry {
        Checks.name(path, "a path");
        Checks.require(isPlain(path), "a relative path without empty, . and .. names", path);
        Checks.require(bytes >= 0, "a size of 0 or more", bytes);
        Checks.require(algorithm == DigestAlgorithm.forFileOf(bytes), "the digest algorithm of the size", algorithm);
        Checks.sha256(digest);
    }

    /** The digest's 64 hexadecimal digits. */
    public String hex() {
        return digest.substring("sha256:".length());
    }

    private static boolean isPlain(String path) {
        int start = 0;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            int length = end - start;
            boolean dots = length <= 2 && path.regionMatches(start, "..", 0, length);
            if (dots) {
                return false; // nothing, . or ..
            }
            start = end + 1;
        }
        return path.indexOf('\0') < 0;
    }
}
