package io.jenkins.mlops.tracking;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Limits;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A model that was logged, as MLflow 3 knows it: a thing of its own, which a run may have made, with files of its own.
 * It is no version of the registry until it is registered.
 *
 * @param id {@code m-} and 32 lower-case hexadecimal digits
 * @param experimentId the experiment's id
 * @param name its name, which others may have, too
 * @param modelType what kind of model its maker says it is; null for unsaid
 * @param sourceRunId the run that made it; null for none
 * @param status how far it is
 * @param userId id of the user who logged it
 * @param createdMillis when, in epoch milliseconds
 * @param updatedMillis when it was last tagged, finished or deleted, in epoch milliseconds
 * @param params parameters by key, written once
 * @param tags tags by key
 * @param metrics the last value of each metric, by run and dataset
 * @param deleted whether it is marked as deleted
 */
public record LoggedModel(
        String id,
        String experimentId,
        String name,
        @CheckForNull String modelType,
        @CheckForNull String sourceRunId,
        LoggedModelStatus status,
        String userId,
        long createdMillis,
        long updatedMillis,
        Map<String, String> params,
        Map<String, String> tags,
        List<ModelMetric> metrics,
        boolean deleted)
        implements Serializable {
    private static final Pattern ID = Pattern.compile("m-[0-9a-f]{32}");
    /** Most parameters, tags and metrics of one model. */
    public static final int MAX_ENTRIES = 10_000;

    public LoggedModel {
        id = checkId(id);
        status = Limits.required("A logged model's status", status);
        params = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(params));
        tags = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(tags));
        metrics = Limits.list("A logged model's metrics", metrics, MAX_ENTRIES);
    }

    /** Whether a text has the form of a logged model's id. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** The id, if it has the form of one. */
    public static String checkId(@CheckForNull String id) {
        if (id == null || !isId(id)) {
            throw new IllegalArgumentException(
                    "A logged model's id is m- and 32 lower-case hexadecimal digits, found '" + id + "'");
        }
        return id;
    }
}
