package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.Map;

/**
 * An evaluation as the registry keeps it: headline metrics to search by, the whole as a document.
 *
 * @param operationKey identifies the evaluation for good; recording it again changes nothing
 * @param model the model's name; null when the candidate isn't registered yet
 * @param version the version's number; 0 when the candidate isn't registered yet
 * @param runId the tracked run of the candidate; null for none
 * @param dataDigest digest of the snapshot it was evaluated on; null when unknown
 * @param metrics headline metrics by name
 * @param json the whole evaluation as a JSON document
 * @param hash digest of {@code json}
 * @param build the build that evaluated; null for none
 * @param createdMillis when, in epoch milliseconds
 */
public record EvaluationRecord(
        String operationKey,
        @CheckForNull String model,
        int version,
        @CheckForNull String runId,
        @CheckForNull String dataDigest,
        Map<String, Double> metrics,
        String json,
        String hash,
        @CheckForNull BuildRef build,
        long createdMillis)
        implements Serializable {
    public EvaluationRecord {
        operationKey = Limits.line("The operation's key", operationKey, Limits.KEY);
        model = model == null ? null : ModelName.check(model);
        version = (int) Limits.range("A version's number", version, model == null ? 0 : 1, Integer.MAX_VALUE);
        runId = Limits.optionalLine("An evaluation's run", runId, Limits.KEY);
        dataDigest = dataDigest == null ? null : Limits.digest("An evaluation's data digest", dataDigest);
        metrics = Limits.metrics("An evaluation's metrics", metrics);
        json = Limits.required("An evaluation", Limits.text("An evaluation", json, Limits.DOCUMENT));
        hash = Limits.digest("An evaluation's hash", hash);
    }
}
