package io.jenkins.mlops.data;

import java.io.Serializable;
import java.util.List;

/**
 * A snapshot together with what it was made of and what making it took.
 *
 * @param snapshot the snapshot
 * @param manifest the files; for a single file, that one under its own name
 * @param filesRead how many files were read to digest them
 * @param filesReused how many files' digests came from the cache
 * @param bytesRead how many bytes were read, to digest and to profile
 * @param warnings what the user should know, such as a DVC file that was not recognised
 */
public record SnapshotResult(
        DatasetSnapshot snapshot,
        Manifest manifest,
        long filesRead,
        long filesReused,
        long bytesRead,
        List<String> warnings)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int MAX_WARNING_LENGTH = 20_000;

    /** Checks presence and sizes. */
    public SnapshotResult {
        Checks.require(snapshot != null, "a snapshot", snapshot);
        Checks.require(manifest != null, "a manifest", manifest);
        Checks.require(filesRead >= 0 && filesReused >= 0 && bytesRead >= 0, "counts of 0 or more", "a negative one");
        warnings = Checks.list(warnings, "warnings", 10_000);
        warnings.forEach(warning -> Checks.text(warning, "a warning", MAX_WARNING_LENGTH));
    }
}
