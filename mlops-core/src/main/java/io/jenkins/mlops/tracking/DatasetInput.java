package io.jenkins.mlops.tracking;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Limits;
import java.io.Serializable;

/**
 * A dataset that a run used, in MLflow's terms.
 *
 * @param name the dataset's name
 * @param digest digest of its content
 * @param context what it was used for, e.g. {@code training} or {@code validation}; empty for unsaid
 * @param sourceType kind of the source, e.g. {@code local}, {@code http}, {@code s3}
 * @param source where it came from, a JSON document in MLflow's own kinds
 * @param schema the schema as a JSON document; null for none
 * @param profile the profile as a JSON document; null for none
 */
public record DatasetInput(
        String name,
        String digest,
        String context,
        String sourceType,
        String source,
        @CheckForNull String schema,
        @CheckForNull String profile)
        implements Serializable {
    public DatasetInput {
        name = Limits.line("A dataset's name", name, 500);
        digest = Limits.line("A dataset's digest", digest, 200);
        context = context == null ? "" : Limits.optionalLine("A dataset's context", context, Limits.KEY);
        sourceType = Limits.line("A dataset's source type", sourceType, Limits.KEY);
        source = Limits.required("A dataset's source", Limits.text("A dataset's source", source, 65_535));
        schema = Limits.text("A dataset's schema", schema, 1_048_576);
        profile = Limits.text("A dataset's profile", profile, Limits.DOCUMENT);
    }
}
