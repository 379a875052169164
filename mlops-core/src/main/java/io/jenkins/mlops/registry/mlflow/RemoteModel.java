package io.jenkins.mlops.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A registered model as an MLflow server has it.
 *
 * @param name its name
 * @param description its description; empty for none
 * @param tags tags by key
 * @param aliases version numbers by alias; empty below MLflow 2.3
 * @param latest the newest version in each stage
 */
public record RemoteModel(
        String name,
        String description,
        Map<String, String> tags,
        Map<String, Integer> aliases,
        List<RemoteVersion> latest) {
    static RemoteModel read(JsonNode node) throws RemoteException {
        Map<String, Integer> aliases = new TreeMap<>();
        for (JsonNode alias : node.path("aliases")) {
            aliases.put(WireText.text(alias, "alias"), WireText.number(alias, "version"));
        }
        return new RemoteModel(
                WireText.text(node, "name"),
                node.path("description").asText(),
                WireText.pairs(node.path("tags")),
                aliases,
                RemoteVersion.list(node.path("latest_versions")));
    }

    /** The number of the newest version that the server names; 0 for none. */
    int newest() {
        return latest.stream().mapToInt(RemoteVersion::number).max().orElse(0);
    }
}
