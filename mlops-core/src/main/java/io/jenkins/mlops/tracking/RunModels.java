package io.jenkins.mlops.tracking;

import io.jenkins.mlops.registry.Limits;
import java.io.Serializable;
import java.util.List;

/**
 * The logged models of a run.
 *
 * @param inputs ids of those that it read
 * @param outputs those that it made
 */
public record RunModels(List<String> inputs, List<Output> outputs) implements Serializable {
    /** Most models that a run reads, and most that it makes. */
    public static final int MOST = 1_000;

    /** A run without logged models. */
    public static final RunModels NONE = new RunModels(List.of(), List.of());

    public RunModels {
        inputs = Limits.list("A run's input models", inputs, MOST);
        inputs.forEach(LoggedModel::checkId);
        outputs = Limits.list("A run's output models", outputs, MOST);
    }

    /**
     * A model that a run made.
     *
     * @param modelId the model's id
     * @param step the training step after which it was logged
     */
    public record Output(String modelId, long step) implements Serializable {
        public Output {
            modelId = LoggedModel.checkId(modelId);
        }
    }
}
