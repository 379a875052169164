package io.jenkins.mlops.registry.mlflow;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The aliases of a model at a server, also at one that knows none.
 *
 * <p>Below MLflow 2.3 an alias is the tag {@code mlops.alias.NAME} of the registered model, with the version's number.
 * {@code production} and {@code staging} are the stages of these names instead; so are {@code champion} and
 * {@code challenger} where the model has no alias of the stage's own name.
 */
final class RemoteAliases {
    private static final Map<String, String> STAGES =
            Map.of("production", "Production", "champion", "Production", "staging", "Staging", "challenger", "Staging");
    private static final Set<String> OWN_NAMES = Set.of("production", "staging");

    private final MlflowClient client;
    private final boolean offered;

    RemoteAliases(MlflowClient client, Capabilities capabilities) {
        this.client = client;
        offered = capabilities.aliases();
    }

    /**
     * Where aliases point at the server; those that point nowhere are absent.
     *
     * @param ours the aliases that the model has on record
     */
    Map<String, Integer> read(RemoteModel model, Set<String> ours) {
        if (offered) {
            return model.aliases();
        }
        Map<String, Integer> found = new TreeMap<>();
        model.tags().forEach((key, value) -> {
            if (key.startsWith(RemoteTags.ALIAS) && value.matches("[1-9][0-9]{0,8}")) {
                found.put(key.substring(RemoteTags.ALIAS.length()), Integer.valueOf(value));
            }
        });
        for (String name : OWN_NAMES) {
            String stage = STAGES.get(name);
            String alias = ours.stream()
                    .filter(candidate -> stage.equals(stage(candidate, ours)))
                    .findFirst()
                    .orElse(name);
            found.remove(alias);
            model.latest().stream()
                    .filter(version -> stage.equals(version.stage()))
                    .mapToInt(RemoteVersion::number)
                    .max()
                    .ifPresent(number -> found.put(alias, number));
        }
        return found;
    }

    /** The stage that stands for an alias; null when a tag does. */
    @CheckForNull
    static String stage(String alias, Set<String> ours) {
        String stage = STAGES.get(alias);
        boolean taken = stage != null
                && !OWN_NAMES.contains(alias)
                && OWN_NAMES.stream().anyMatch(own -> ours.contains(own) && stage.equals(STAGES.get(own)));
        return taken ? null : stage;
    }

    /** The aliases that are written otherwise when this one comes or goes, because both stand for one stage. */
    Set<String> affected(String alias, Set<String> ours) {
        Set<String> affected = new TreeSet<>(ours);
        affected.removeIf(other -> offered
                || other.equals(alias)
                || !STAGES.containsKey(alias)
                || !STAGES.get(alias).equals(STAGES.get(other)));
        return affected;
    }

    /**
     * Points an alias at a version.
     *
     * @param version the version's number at the server; 0 takes the alias away
     * @param ours the aliases that the model has on record
     */
    void write(RemoteModel model, String alias, int version, Set<String> ours)
            throws IOException, InterruptedException {
        String name = model.name();
        Set<String> with = new TreeSet<>(ours);
        with.add(alias); // one that is taken away may still hold a stage
        int found = read(model, with).getOrDefault(alias, 0);
        if (found == version) {
            return;
        }
        String stage = stage(alias, with);
        if (offered) {
            if (version == 0) {
                client.deleteAlias(name, alias);
            } else {
                client.setAlias(name, alias, version);
            }
        } else if (stage != null) {
            client.moveToStage(name, version == 0 ? found : version, version == 0 ? "Archived" : stage);
        } else if (version == 0) {
            client.deleteModelTag(name, RemoteTags.ALIAS + alias);
        } else {
            client.setModelTag(name, RemoteTags.ALIAS + alias, String.valueOf(version));
        }
    }
}
