package io.jenkins.mlops.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A model version as an MLflow server has it.
 *
 * @param model the registered model's name
 * @param number its number there
 * @param source where its files are
 * @param runId the run there that it came from; empty for none
 * @param user who registered it; empty where the server doesn't say
 * @param createdMillis when, in epoch milliseconds
 * @param stage its stage, {@code None} where stages are not used
 * @param status {@code READY}, {@code PENDING_REGISTRATION} or {@code FAILED_REGISTRATION}
 * @param description its description; empty for none
 * @param tags tags by key
 */
public record RemoteVersion(
        String model,
        int number,
        String source,
        String runId,
        String user,
        long createdMillis,
        String stage,
        String status,
        String description,
        Map<String, String> tags) {
    static RemoteVersion read(JsonNode node) throws RemoteException {
        return new RemoteVersion(
                WireText.text(node, "name"),
                WireText.number(node, "version"),
                node.path("source").asText(),
                node.path("run_id").asText(),
                node.path("user_id").asText(),
                node.path("creation_timestamp").asLong(),
                node.path("current_stage").asText("None"),
                node.path("status").asText("READY"),
                node.path("description").asText(),
                WireText.pairs(node.path("tags")));
    }

    static List<RemoteVersion> list(JsonNode nodes) throws RemoteException {
        List<RemoteVersion> versions = new ArrayList<>();
        for (JsonNode node : nodes) {
            versions.add(read(node));
        }
        return versions;
    }
}
