package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.Map;

/**
 * What a search for versions asks; every condition given must hold.
 *
 * @param model the model's name; null for all models
 * @param runId the tracked run; null for any
 * @param job the full name of the job that registered it; null for any
 * @param tags tags that must be there with these values
 * @param metric name of a headline metric; then only versions that have it are found, ordered by it. Null: newest first
 * @param atLeast lowest value of the metric; null for any
 * @param atMost highest value of the metric; null for any
 * @param descending whether the highest value of the metric comes first
 */
public record VersionQuery(
        @CheckForNull String model,
        @CheckForNull String runId,
        @CheckForNull String job,
        Map<String, String> tags,
        @CheckForNull String metric,
        @CheckForNull Double atLeast,
        @CheckForNull Double atMost,
        boolean descending)
        implements Serializable {
    public VersionQuery {
        model = model == null ? null : ModelName.check(model);
        runId = Limits.optionalLine("The run", runId, Limits.KEY);
        job = Limits.optionalLine("The job", job, Limits.LINE);
        tags = Limits.tags("The tags", tags);
        metric = Limits.optionalLine("The metric", metric, Limits.KEY);
        if (metric == null && (atLeast != null || atMost != null)) {
            throw new IllegalArgumentException("A bound needs the name of the metric that it is on");
        }
    }

    /** All versions, newest first. */
    public static VersionQuery all() {
        return new VersionQuery(null, null, null, Map.of(), null, null, null, true);
    }

    public VersionQuery ofModel(String newModel) {
        return new VersionQuery(newModel, runId, job, tags, metric, atLeast, atMost, descending);
    }

    public VersionQuery ofRun(String newRunId) {
        return new VersionQuery(model, newRunId, job, tags, metric, atLeast, atMost, descending);
    }

    public VersionQuery ofJob(String newJob) {
        return new VersionQuery(model, runId, newJob, tags, metric, atLeast, atMost, descending);
    }

    public VersionQuery withTags(Map<String, String> newTags) {
        return new VersionQuery(model, runId, job, newTags, metric, atLeast, atMost, descending);
    }

    public VersionQuery byMetric(
            String newMetric, @CheckForNull Double newAtLeast, @CheckForNull Double newAtMost, boolean newDescending) {
        return new VersionQuery(model, runId, job, tags, newMetric, newAtLeast, newAtMost, newDescending);
    }
}
