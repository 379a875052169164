package io.jenkins.mlops.tracking;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Limits;
import java.io.Serializable;
import java.util.Map;

/**
 * What is handed to the store to begin a logged model.
 *
 * @param experimentId the experiment's id
 * @param name the model's name; null or empty makes one up
 * @param modelType what kind of model it is; null for unsaid
 * @param sourceRunId the run that makes it; null for none
 * @param userId id of the user who logs it
 * @param params first parameters
 * @param tags first tags
 */
public record LoggedModelStart(
        String experimentId,
        @CheckForNull String name,
        @CheckForNull String modelType,
        @CheckForNull String sourceRunId,
        String userId,
        Map<String, String> params,
        Map<String, String> tags)
        implements Serializable {
    private static final int NAME = 500;

    public LoggedModelStart {
        experimentId = Limits.line("An experiment's id", experimentId, 32);
        name = name == null || name.isEmpty() ? null : checkName(name);
        modelType = modelType == null || modelType.isEmpty() ? null : Limits.line("A model's type", modelType, NAME);
        sourceRunId =
                sourceRunId == null || sourceRunId.isEmpty() ? null : Limits.line("A model's run", sourceRunId, 64);
        userId = userId == null ? "" : Limits.optionalLine("A model's user", userId, Limits.LINE);
        params = Limits.params("A model's parameters", params);
        tags = Limits.tags("A model's tags", tags);
    }

    /** Names end up in addresses such as {@code models:/NAME}, so some characters are refused, as MLflow does. */
    private static String checkName(String name) {
        String line = Limits.line("A model's name", name, NAME);
        for (char c : "/:.%\"'".toCharArray()) {
            if (line.indexOf(c) >= 0) {
                throw new IllegalArgumentException("Invalid model name ('" + line + "') provided. Model name must be a"
                        + " non-empty string and cannot contain the following characters: ('/', ':', '.', '%', '\"',"
                        + " \"'\")");
            }
        }
        return line;
    }
}
