package io.jenkins.plugins.mlops.monitor.watch;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.mlops.data.DataProfile;
import io.jenkins.mlops.data.DatasetSnapshot;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.json.JsonException;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.BuildReferences;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.lineage.DatasetFact;
import io.jenkins.plugins.mlops.registry.lineage.LineageAction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The version that a monitored endpoint serves, and the profile of the data it was trained on.
 *
 * @param version its number; 0 if nothing is served
 * @param profile the profile; null if its build has none any more
 * @param inputs the columns that its signature asks for; null without one
 */
record ServedData(
        int version,
        @CheckForNull DataProfile profile,
        @CheckForNull List<String> inputs) {
    /**
     * What serves now, by the registry: what was deployed to the endpoint, or the model's {@code champion} where Jenkins
     * deploys nothing there.
     */
    static ServedData of(MonitorRecord monitor) {
        ModelRegistry registry = RegistryConnection.get().registry();
        Deployment serving = monitor.endpoint().isEmpty()
                ? null
                : registry.serving(monitor.endpoint()).orElse(null);
        String model = serving == null ? monitor.model() : serving.model();
        int number = serving == null ? champion(registry, model) : serving.version();
        if (number == 0) {
            return new ServedData(0, null, null);
        }
        try {
            ModelVersion version = registry.version(model, number);
            return new ServedData(
                    number, profile(BuildReferences.find(version.build())), inputs(version.signatureJson()));
        } catch (RegistryException.NotFound | IOException x) {
            return new ServedData(number, null, null);
        }
    }

    private static int champion(ModelRegistry registry, String model) {
        try {
            return registry.model(model).aliases().getOrDefault("champion", 0);
        } catch (RegistryException.NotFound x) {
            return 0;
        }
    }

    /** The names in a signature as MLflow writes it: inputs are a list of columns, or the text of one. */
    @CheckForNull
    private static List<String> inputs(@CheckForNull String signature) {
        try {
            JsonNode inputs = Json.tree(signature == null ? "{}" : signature).path("inputs");
            JsonNode columns = inputs.isTextual() ? Json.tree(inputs.asText()) : inputs;
            List<String> names = new ArrayList<>();
            for (JsonNode column : columns) {
                String name = column.path("name").asText("");
                if (name.isEmpty()) {
                    return null;
                }
                names.add(name);
            }
            return names.isEmpty() ? null : names;
        } catch (JsonException x) {
            return null;
        }
    }

    @CheckForNull
    private static DataProfile profile(@CheckForNull Run<?, ?> build) throws IOException {
        LineageAction lineage = build == null ? null : build.getAction(LineageAction.class);
        if (lineage == null) {
            return null;
        }
        for (DatasetFact fact : lineage.getDatasets()) {
            DatasetSnapshot snapshot = fact.getRole().equals("train") ? lineage.snapshot(fact) : null;
            if (snapshot != null && snapshot.profile() != null) {
                return snapshot.profile();
            }
        }
        return null;
    }
}
