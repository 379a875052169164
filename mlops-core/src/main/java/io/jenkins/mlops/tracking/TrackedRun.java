package io.jenkins.mlops.tracking;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Limits;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * One tracked execution.
 *
 * @param id 32 lower-case hexadecimal digits, as in MLflow
 * @param experimentId the experiment's id
 * @param experiment the experiment's name
 * @param name the run's name
 * @param userId id of the user it runs for; may be empty
 * @param status see {@link RunStatus}
 * @param startMillis when it started, in epoch milliseconds
 * @param endMillis when it ended, in epoch milliseconds; 0 while it runs
 * @param params parameters by key, written once
 * @param metrics the last value of each series, see {@link TrackingStore#log}
 * @param tags tags by key
 * @param inputs the datasets it used
 * @param environment what it ran in; null when unknown
 * @param build the build it belongs to; null outside one
 * @param deleted whether it is marked as deleted
 */
public record TrackedRun(
        String id,
        String experimentId,
        String experiment,
        String name,
        String userId,
        RunStatus status,
        long startMillis,
        long endMillis,
        Map<String, String> params,
        Map<String, MetricPoint> metrics,
        Map<String, String> tags,
        List<DatasetInput> inputs,
        @CheckForNull Environment environment,
        @CheckForNull BuildRef build,
        boolean deleted)
        implements Serializable {
    public TrackedRun {
        id = Limits.line("A run's id", id, 64);
        name = Limits.line("A run's name", name, Limits.KEY);
        status = Limits.required("A run's status", status);
        params = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(params));
        metrics = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(metrics));
        tags = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(tags));
        inputs = Limits.list("A run's inputs", inputs, Limits.ENTRIES);
    }

    /** The same run with these lists. */
    public TrackedRun with(
            Map<String, String> newParams,
            Map<String, MetricPoint> newMetrics,
            Map<String, String> newTags,
            List<DatasetInput> newInputs) {
        return new TrackedRun(
                id,
                experimentId,
                experiment,
                name,
                userId,
                status,
                startMillis,
                endMillis,
                newParams,
                newMetrics,
                newTags,
                newInputs,
                environment,
                build,
                deleted);
    }
}
