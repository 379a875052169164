package io.jenkins.mlops.data;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.List;

/**
 * One content-addressed state of a named dataset.
 *
 * @param name the dataset's name
 * @param digest {@code sha256:<64 hex digits>}: of the file itself for a single file, of the {@link Manifest}'s text
 *     for a folder
 * @param algorithm what the digest was made with, a {@link DigestAlgorithm#id()}: {@code sha256} (comparable with
 *     {@code sha256sum}), {@code sha256-tree-4m} for one large file, or {@code manifest-v1} for a folder
 * @param files how many files there are; 1 for a single file
 * @param bytes how many bytes they have together
 * @param format the format of the tables: the only one that occurs, {@link DataFormat#OTHER} when none or several do
 * @param profile what the tables hold; null when there is no table or no profile was asked for
 * @param externalDigests digests that other tools recorded for the same data
 */
public record DatasetSnapshot(
        String name,
        String digest,
        String algorithm,
        long files,
        long bytes,
        DataFormat format,
        @CheckForNull DataProfile profile,
        List<ExternalDigest> externalDigests)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The most digests of other tools that a snapshot holds. */
    public static final int MAX_EXTERNAL_DIGESTS = 1000;

    /** Checks presence, forms, ranges and sizes. */
    public DatasetSnapshot {
        Checks.name(name, "a dataset's name");
        Checks.sha256(digest);
        DigestAlgorithm.ofId(algorithm);
        Checks.require(files >= 0, "a number of files of 0 or more", files);
        Checks.require(bytes >= 0, "a number of bytes of 0 or more", bytes);
        Checks.require(format != null, "a format", format);
        externalDigests = Checks.list(externalDigests, "digests of other tools", MAX_EXTERNAL_DIGESTS);
    }
}
