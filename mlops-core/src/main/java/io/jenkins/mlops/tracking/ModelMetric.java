package io.jenkins.mlops.tracking;

import io.jenkins.mlops.registry.Limits;
import java.io.Serializable;

/**
 * A metric of a logged model: a point that a run logged, said to be of that model.
 *
 * @param modelId the model's id
 * @param runId the run that logged it
 * @param point the value
 * @param datasetName name of the dataset that it is of; empty for none
 * @param datasetDigest the dataset's digest; empty for none
 */
public record ModelMetric(String modelId, String runId, MetricPoint point, String datasetName, String datasetDigest)
        implements Serializable {
    public ModelMetric {
        modelId = LoggedModel.checkId(modelId);
        runId = Limits.line("A metric's run", runId, 64);
        point = Limits.required("A model's metric", point);
        datasetName = datasetName == null ? "" : Limits.optionalLine("A dataset's name", datasetName, 500);
        datasetDigest = datasetDigest == null ? "" : Limits.optionalLine("A dataset's digest", datasetDigest, 200);
    }
}
