package io.jenkins.mlops.tracking;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Limits;
import java.io.Serializable;
import java.util.Map;

/**
 * What is handed to the store to open a run.
 *
 * @param operationKey opening again with the same key answers with the same run; null makes a new one each time
 * @param experimentId the experiment's id
 * @param name the run's name; null or empty makes one up
 * @param userId id of the user it runs for
 * @param startMillis when it started, in epoch milliseconds
 * @param tags first tags
 * @param build the build it belongs to; null outside one
 * @param environment what it runs in; null when unknown yet
 */
public record RunStart(
        @CheckForNull String operationKey,
        String experimentId,
        @CheckForNull String name,
        String userId,
        long startMillis,
        Map<String, String> tags,
        @CheckForNull BuildRef build,
        @CheckForNull Environment environment)
        implements Serializable {
    public RunStart {
        operationKey = operationKey == null ? null : Limits.line("The operation's key", operationKey, Limits.KEY);
        experimentId = Limits.line("An experiment's id", experimentId, 32);
        name = Limits.optionalLine("A run's name", name, Limits.KEY);
        userId = userId == null ? "" : Limits.optionalLine("A run's user", userId, Limits.LINE);
        tags = Limits.tags("A run's tags", tags);
    }
}
