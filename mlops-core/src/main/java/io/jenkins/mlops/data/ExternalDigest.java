package io.jenkins.mlops.data;

import java.io.Serializable;

/**
 * A digest that another tool recorded for the same data.
 *
 * @param source the tool, such as {@code dvc}
 * @param path the file or folder it stands for, relative to the folder of the tool's file, with {@code /}
 * @param digest the digest as {@code <algorithm>:<value>}, such as {@code md5:22a1a2931c8370d3aeedd7183606fd7f} or,
 *     for a folder in DVC, {@code md5:<value>.dir}
 * @param bytes the size that the tool recorded in bytes, -1 when it recorded none
 */
public record ExternalDigest(String source, String path, String digest, long bytes) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Checks presence and lengths. */
    public ExternalDigest {
        Checks.name(source, "the name of a tool");
        Checks.name(path, "a path");
        Checks.name(digest, "a digest");
        Checks.require(digest.indexOf(':') > 0, "a digest <algorithm>:<value>", digest);
        Checks.require(bytes >= -1, "a size of -1 or more", bytes);
    }
}
