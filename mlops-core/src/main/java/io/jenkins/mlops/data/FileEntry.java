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
        // Whether all characters of the name so far are dots, and how many.
        int dots = 0;
        boolean onlyDots = true;
        for (int i = 0; i <= path.length(); i++) {
            char c = i < path.length() ? path.charAt(i) : '/';
            if (c == '/') {
                if (onlyDots && dots <= 2) {
                    return false; // nothing, . or ..
                }
                dots = 0;
                onlyDots = true;
            } else if (c == '.') {
                dots++;
            } else if (c == '\0') {
                return false;
            } else {
                onlyDots = false;
            }
        }
        return true;
    }
}
