package io.jenkins.mlops.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A run of an MLflow server that holds a version's files.
 *
 * @param id its id
 * @param artifactUri where its artifacts are
 * @param tags tags by key
 */
record RemoteRun(String id, String artifactUri, Map<String, String> tags) {
    static RemoteRun read(JsonNode run) throws RemoteException {
        JsonNode info = run.path("info");
        return new RemoteRun(
                WireText.text(info, info.has("run_id") ? "run_id" : "run_uuid"),
                info.path("artifact_uri").asText(),
                WireText.pairs(run.path("data").path("tags")));
    }
}
