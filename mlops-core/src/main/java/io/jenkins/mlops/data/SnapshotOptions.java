package io.jenkins.mlops.data;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.data.table.TableLimits;
import java.io.Serializable;
import java.util.List;

/**
 * How a snapshot is taken.
 *
 * @param name the dataset's name
 * @param format the format of the tables; null: told by the files' names
 * @param profile whether tables are profiled
 * @param readers how many files are read at a time; 1 to 64
 * @param maxFiles the most files that a folder may have
 * @param excludes globs of paths within the folder that do not belong to the dataset, such as {@code .git} or {@code
 *     **}{@code /*.tmp}; a folder that matches is left out with all that is in it
 * @param limits what a table may take when it is profiled
 */
public record SnapshotOptions(
        String name,
        @CheckForNull DataFormat format,
        boolean profile,
        int readers,
        long maxFiles,
        List<String> excludes,
        TableLimits limits)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Many readers keep a cold disk's queue full; on a warm cache they cost next to nothing. */
    private static final int DEFAULT_READERS = 16;

    private static final long DEFAULT_MAX_FILES = 5_000_000;

    /** Checks presence and ranges. */
    public SnapshotOptions {
        Checks.name(name, "a dataset's name");
        Checks.require(readers >= 1 && readers <= 64, "readers from 1 to 64", readers);
        Checks.require(maxFiles >= 1, "maxFiles of 1 or more", maxFiles);
        excludes = Checks.list(excludes, "excludes", 1000);
        Checks.require(limits != null, "limits", limits);
    }

    /** The defaults: with a profile, of all files. */
    public static SnapshotOptions of(String name) {
        return new SnapshotOptions(
                name, null, true, DEFAULT_READERS, DEFAULT_MAX_FILES, List.of(), TableLimits.DEFAULT);
    }

    public SnapshotOptions withFormat(@CheckForNull DataFormat newFormat) {
        return new SnapshotOptions(name, newFormat, profile, readers, maxFiles, excludes, limits);
    }

    public SnapshotOptions withProfile(boolean newProfile) {
        return new SnapshotOptions(name, format, newProfile, readers, maxFiles, excludes, limits);
    }

    public SnapshotOptions withReaders(int newReaders) {
        return new SnapshotOptions(name, format, profile, newReaders, maxFiles, excludes, limits);
    }

    public SnapshotOptions withMaxFiles(long newMaxFiles) {
        return new SnapshotOptions(name, format, profile, readers, newMaxFiles, excludes, limits);
    }

    public SnapshotOptions withExcludes(List<String> newExcludes) {
        return new SnapshotOptions(name, format, profile, readers, maxFiles, newExcludes, limits);
    }

    public SnapshotOptions withLimits(TableLimits newLimits) {
        return new SnapshotOptions(name, format, profile, readers, maxFiles, excludes, newLimits);
    }
}
