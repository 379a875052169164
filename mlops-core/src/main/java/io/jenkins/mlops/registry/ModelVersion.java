package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One version of a registered model: what it is, what made it, and how good it was.
 *
 * @param model the model's name
 * @param number 1 for the first, dense and unique within the model, never given twice
 * @param digest digest of the whole version; see {@link #digestOf}
 * @param files its files, sorted by path
 * @param source where the files are, e.g. an artifact URL; null when they are the build's artifacts
 * @param signatureJson input and output schema as a JSON document; null when unknown
 * @param runId the tracked run that produced it; null when there was none
 * @param build the build that registered it; null when it came from outside a build
 * @param commit the code; null when unknown
 * @param dataDigests digests of the dataset snapshots it was made from
 * @param metrics headline metrics by name
 * @param tags tags by key
 * @param description free text, may be empty
 * @param authors ids of the people who made it: they can't approve it under separation of duties
 * @param createdBy id of the user it was registered for
 * @param createdMillis when, in epoch milliseconds
 * @param status see {@link VersionStatus}
 */
public record ModelVersion(
        String model,
        int number,
        String digest,
        List<VersionFile> files,
        @CheckForNull String source,
        @CheckForNull String signatureJson,
        @CheckForNull String runId,
        @CheckForNull BuildRef build,
        @CheckForNull CodeRef commit,
        List<String> dataDigests,
        Map<String, Double> metrics,
        Map<String, String> tags,
        String description,
        Set<String> authors,
        String createdBy,
        long createdMillis,
        VersionStatus status)
        implements Serializable {
    public ModelVersion {
        model = ModelName.check(model);
        number = (int) Limits.range("A version's number", number, 1, Integer.MAX_VALUE);
        digest = Limits.digest("A version's digest", digest);
        files = sorted(files);
        source = Limits.optionalLine("A version's source", source, Limits.LINE);
        signatureJson = Limits.text("A version's signature", signatureJson, Limits.DOCUMENT);
        runId = Limits.optionalLine("A version's run", runId, Limits.KEY);
        dataDigests = Limits.list("A version's data digests", dataDigests, Limits.ENTRIES);
        dataDigests.forEach(data -> Limits.digest("A version's data digest", data));
        metrics = Limits.metrics("A version's metrics", metrics);
        tags = Limits.tags("A version's tags", tags);
        description = description == null ? "" : Limits.text("A version's description", description, Limits.TEXT);
        authors = Limits.lines("A version's authors", authors, Limits.ENTRIES);
        createdBy = Limits.line("A version's creator", createdBy, Limits.LINE);
        status = Limits.required("A version's status", status);
    }

    static List<VersionFile> sorted(@CheckForNull Collection<VersionFile> files) {
        List<VersionFile> copy = new ArrayList<>(Limits.list("A version's files", files, Limits.FILES));
        copy.sort(Comparator.comparing(VersionFile::path));
        for (int i = 1; i < copy.size(); i++) {
            if (copy.get(i).path().equals(copy.get(i - 1).path())) {
                throw new IllegalArgumentException("A version names the file "
                        + Limits.shown(copy.get(i).path()) + " twice; each path may stand once");
            }
        }
        return Limits.list("A version's files", copy, Limits.FILES);
    }

    /**
     * The digest of a version's files: {@code sha256:} and the SHA-256 over one line
     * {@code <sha256>  <bytes>  <path>\n} for each file in the order of their paths, in UTF-8. It depends on names and
     * contents only, so the same files have the same digest on every machine.
     *
     * @throws IllegalArgumentException when there is no file, or a path stands twice
     */
    public static String digestOf(Collection<VersionFile> files) {
        List<VersionFile> sorted = sorted(files);
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("A version needs at least one file to have a digest; found none");
        }
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (VersionFile file : sorted) {
                String line = file.sha256() + "  " + file.bytes() + "  " + file.path() + "\n";
                sha256.update(line.getBytes(StandardCharsets.UTF_8));
            }
            return "sha256:" + HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The sum of the files' sizes, in bytes. */
    public long bytes() {
        return files.stream().mapToLong(VersionFile::bytes).sum();
    }
}
