package io.jenkins.mlops.registry;

import java.io.Serializable;

/**
 * One file of a model version.
 *
 * @param path relative path with {@code /} between its parts, without {@code .} and {@code ..}
 * @param bytes size in bytes
 * @param sha256 SHA-256 of the content, 64 lower-case hexadecimal digits
 */
public record VersionFile(String path, long bytes, String sha256) implements Serializable {
    public VersionFile {
        path = Limits.line("A file's path", path, Limits.LINE);
        if (path.startsWith("/") || path.contains("\\") || path.matches("[A-Za-z]:.*")) {
            throw new IllegalArgumentException(
                    "A version's file is named by a relative path with '/', found " + Limits.shown(path));
        }
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw new IllegalArgumentException(
                        "A file's path must not have empty parts, '.' or '..', found " + Limits.shown(path));
            }
        }
        bytes = Limits.range("The size of " + path, bytes, 0, Long.MAX_VALUE);
        if (sha256 == null || !sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "The SHA-256 of " + path + " must be 64 lower-case hexadecimal digits, found " + sha256);
        }
    }
}
