package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is handed to the registry to make a new version; the fields are those of {@link ModelVersion}.
 *
 * @param operationKey identifies the operation for good, e.g. the build's id and the flow node's: registering again
 *     with the same key answers with the version that the first time made
 * @param digest null takes {@link ModelVersion#digestOf} of the files
 */
public record Registration(
        String operationKey,
        String model,
        @CheckForNull String digest,
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
        String createdBy)
        implements Serializable {
    public Registration {
        operationKey = Limits.line("The operation's key", operationKey, Limits.KEY);
        if (digest == null) {
            digest = ModelVersion.digestOf(files);
        }
        // The version's own rules hold for everything else, and are stated once, there.
        ModelVersion checked = new ModelVersion(
                model,
                1,
                digest,
                files,
                source,
                signatureJson,
                runId,
                build,
                commit,
                dataDigests,
                metrics,
                tags,
                description,
                authors,
                createdBy,
                0,
                VersionStatus.READY);
        model = checked.model();
        files = checked.files();
        dataDigests = checked.dataDigests();
        metrics = checked.metrics();
        tags = checked.tags();
        description = checked.description();
        authors = checked.authors();
    }

    /** The least that a registration needs; the {@code with...} methods add the rest. */
    public static Registration of(String operationKey, String model, List<VersionFile> files, String createdBy) {
        return new Registration(
                operationKey,
                model,
                null,
                files,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                Map.of(),
                Map.of(),
                "",
                Set.of(),
                createdBy);
    }

    public Registration withBuild(@CheckForNull BuildRef newBuild, @CheckForNull CodeRef newCommit) {
        return new Registration(
                operationKey,
                model,
                digest,
                files,
                source,
                signatureJson,
                runId,
                newBuild,
                newCommit,
                dataDigests,
                metrics,
                tags,
                description,
                authors,
                createdBy);
    }

    public Registration withRun(@CheckForNull String newRunId, List<String> newDataDigests) {
        return new Registration(
                operationKey,
                model,
                digest,
                files,
                source,
                signatureJson,
                newRunId,
                build,
                commit,
                newDataDigests,
                metrics,
                tags,
                description,
                authors,
                createdBy);
    }

    public Registration withMetrics(Map<String, Double> newMetrics) {
        return new Registration(
                operationKey,
                model,
                digest,
                files,
                source,
                signatureJson,
                runId,
                build,
                commit,
                dataDigests,
                newMetrics,
                tags,
                description,
                authors,
                createdBy);
    }

    public Registration withTags(Map<String, String> newTags, String newDescription) {
        return new Registration(
                operationKey,
                model,
                digest,
                files,
                source,
                signatureJson,
                runId,
                build,
                commit,
                dataDigests,
                metrics,
                newTags,
                newDescription,
                authors,
                createdBy);
    }

    public Registration withAuthors(Set<String> newAuthors) {
        return new Registration(
                operationKey,
                model,
                digest,
                files,
                source,
                signatureJson,
                runId,
                build,
                commit,
                dataDigests,
                metrics,
                tags,
                description,
                newAuthors,
                createdBy);
    }

    public Registration withSource(@CheckForNull String newSource, @CheckForNull String newSignatureJson) {
        return new Registration(
                operationKey,
                model,
                digest,
                files,
                newSource,
                newSignatureJson,
                runId,
                build,
                commit,
                dataDigests,
                metrics,
                tags,
                description,
                authors,
                createdBy);
    }
}
