package io.jenkins.mlops.tracking;

import io.jenkins.mlops.registry.Limits;
import java.io.Serializable;
import java.util.Map;

/**
 * A named set of runs.
 *
 * @param id a decimal number as text, as in MLflow; {@code 0} is the experiment {@code Default}
 * @param name unique
 * @param createdMillis when, in epoch milliseconds
 * @param updatedMillis when it was last renamed, tagged, deleted or restored, in epoch milliseconds
 * @param tags tags by key
 * @param deleted whether it is marked as deleted
 */
public record Experiment(
        String id, String name, long createdMillis, long updatedMillis, Map<String, String> tags, boolean deleted)
        implements Serializable {
    public Experiment {
        id = Limits.line("An experiment's id", id, 32);
        name = Limits.line("An experiment's name", name, 500);
        tags = Limits.tags("An experiment's tags", tags);
    }
}
