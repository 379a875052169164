package io.jenkins.mlops.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.LedgerEntry;
import io.jenkins.mlops.registry.mlflow.RemoteTask.About;
import io.jenkins.mlops.registry.mlflow.RemoteTask.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads from an entry of the ledger what it makes out of date at the server. */
public final class LedgerTasks {
    private LedgerTasks() {}

    /** The tasks that an entry asks for; none for what concerns the server not, or came from it. */
    public static List<About> of(LedgerEntry entry) {
        List<About> tasks = new ArrayList<>();
        String model = entry.model();
        String kind = entry.kind();
        if (model.isEmpty() || kind.startsWith("remote.") || kind.startsWith("policy.")) {
            return tasks;
        }
        JsonNode payload = Json.tree(entry.payload());
        int version = payload.path("version").asInt();
        if (kind.startsWith("model.")) {
            tasks.add(new About(model, Kind.MODEL, ""));
        } else if ((kind.startsWith("version.") || kind.startsWith("promotion.")) && version > 0) {
            tasks.add(new About(model, Kind.VERSION, String.valueOf(version)));
        } else if (kind.startsWith("alias.")) {
            tasks.add(new About(model, Kind.ALIAS, payload.path("alias").asText()));
        }
        if (kind.endsWith(".tagged") && !payload.has("value")) { // canonical JSON leaves null out
            tasks.add(new About(
                    model, Kind.UNTAG, version + "/" + payload.path("key").asText()));
        }
        return tasks;
    }
}
