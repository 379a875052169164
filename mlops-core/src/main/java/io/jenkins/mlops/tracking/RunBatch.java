package io.jenkins.mlops.tracking;

import io.jenkins.mlops.registry.Limits;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What one call logs to a run, under MLflow's bounds: at most 1,000 metric points, 100 parameters, 100 tags and 1,000
 * of all together.
 *
 * @param metrics points of any series, in any order
 * @param params parameters by key
 * @param tags tags by key
 */
public record RunBatch(List<MetricPoint> metrics, Map<String, String> params, Map<String, String> tags)
        implements Serializable {
    /** Most metric points, and most entries altogether. */
    public static final int MAX_ENTRIES = 1_000;
    /** Most parameters, and most tags. */
    public static final int MAX_PARAMS = 100;

    public RunBatch {
        metrics = Limits.list("A batch's metrics", metrics, MAX_ENTRIES);
        params = Limits.params("A batch's parameters", params);
        tags = Limits.tags("A batch's tags", tags);
        Limits.range("The number of parameters in a batch", params.size(), 0, MAX_PARAMS);
        Limits.range("The number of tags in a batch", tags.size(), 0, MAX_PARAMS);
        Limits.range("The number of entries in a batch", metrics.size() + params.size() + tags.size(), 0, MAX_ENTRIES);
    }

    public static RunBatch ofMetrics(List<MetricPoint> metrics) {
        return new RunBatch(metrics, Map.of(), Map.of());
    }

    public static RunBatch ofParams(Map<String, String> params) {
        return new RunBatch(List.of(), params, Map.of());
    }

    public static RunBatch ofTags(Map<String, String> tags) {
        return new RunBatch(List.of(), Map.of(), tags);
    }
}
