package io.jenkins.plugins.mlops.registry.pages;

import java.util.List;
import java.util.Map;

/** An alias with the version that holds it. */
public record AliasChip(String alias, int version, String url) {
    static List<AliasChip> of(String model, Map<String, Integer> aliases) {
        return aliases.entrySet().stream()
                .map(entry -> new AliasChip(entry.getKey(), entry.getValue(), Links.version(model, entry.getValue())))
                .toList();
    }

    public String getAlias() {
        return alias;
    }

    public String getVersion() {
        return Messages.version(String.valueOf(version));
    }

    public String getUrl() {
        return url;
    }
}
