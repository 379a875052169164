package io.jenkins.mlops.registry;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A named model with its aliases.
 *
 * @param name see {@link ModelName}
 * @param description free text, may be empty
 * @param createdMillis when the first version or the model itself was registered, in epoch milliseconds
 * @param latestVersion number of the newest version; 0 when there is none yet
 * @param aliases version numbers by alias
 * @param tags tags by key
 */
public record RegisteredModel(
        String name,
        String description,
        long createdMillis,
        int latestVersion,
        Map<String, Integer> aliases,
        Map<String, String> tags)
        implements Serializable {
    public RegisteredModel {
        name = ModelName.check(name);
        description = description == null ? "" : Limits.text("A model's description", description, Limits.TEXT);
        latestVersion = (int) Limits.range("A model's latest version", latestVersion, 0, Integer.MAX_VALUE);
        aliases = Collections.unmodifiableMap(new TreeMap<>(aliases));
        tags = Limits.tags("A model's tags", tags);
    }
}
