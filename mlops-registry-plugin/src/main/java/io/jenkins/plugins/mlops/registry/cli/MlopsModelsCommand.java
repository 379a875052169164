package io.jenkins.plugins.mlops.registry.cli;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import io.jenkins.mlops.evaluation.TextTable;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.RegisteredModel;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.VersionQuery;
import io.jenkins.plugins.mlops.registry.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** The command {@code mlops-models}: lists the models, or the versions of one, as far as the user may see them. */
@Extension
public final class MlopsModelsCommand extends RegistryCommand {
    private static final int PAGE = 1_000;

    @Argument(metaVar = "NAME", usage = "list the versions of this model; default: list the models")
    @CheckForNull
    private String name;

    @Option(name = "--search", metaVar = "TEXT", usage = "only models whose name contains this, in any case")
    private String search = "";

    @Option(name = "--json", usage = "one JSON object a line instead of a table")
    private boolean json = false;

    @Override
    public String getShortDescription() {
        return Messages.MlopsModelsCommand_shortDescription();
    }

    @Override
    void checkPermission() {
        Jenkins.get().checkPermission(Jenkins.READ);
    }

    @Override
    int work(ModelRegistry registry) {
        String model = name;
        if (model == null) {
            models(registry);
        } else {
            versions(registry, model);
        }
        return 0;
    }

    private void models(ModelRegistry registry) {
        TextTable table = new TextTable("model", ">newest", "aliases");
        String token = null;
        do {
            Page<RegisteredModel> page = registry.models(search, new Page.Request(PAGE, token));
            for (RegisteredModel model : page.items()) {
                if (!Visibility.all()
                        && (model.latestVersion() == 0
                                || !Visibility.of(registry.version(model.name(), model.latestVersion())))) {
                    continue;
                }
                if (json) {
                    stdout.println(Json.write(model));
                } else {
                    List<String> aliases = new ArrayList<>();
                    model.aliases().forEach((alias, version) -> aliases.add(alias + "=" + version));
                    table.row(model.name(), String.valueOf(model.latestVersion()), String.join(" ", aliases));
                }
            }
            token = page.nextToken();
        } while (token != null);
        print(table);
    }

    private void versions(ModelRegistry registry, String model) {
        Map<Integer, List<String>> aliases = new TreeMap<>();
        registry.model(model)
                .aliases()
                .forEach((alias, version) ->
                        aliases.computeIfAbsent(version, v -> new ArrayList<>()).add(alias));
        TextTable table = new TextTable(">version", "aliases", "build", "metrics");
        boolean any = false;
        String token = null;
        do {
            Page<ModelVersion> page =
                    registry.versions(VersionQuery.all().ofModel(model), new Page.Request(PAGE, token));
            for (ModelVersion version : page.items()) {
                if (!Visibility.of(version)) {
                    continue;
                }
                any = true;
                if (json) {
                    stdout.println(Json.write(version));
                } else {
                    var build = version.build();
                    table.row(
                            String.valueOf(version.number()),
                            String.join(" ", aliases.getOrDefault(version.number(), List.of())),
                            build == null ? "" : build.displayName(),
                            version.metrics().toString().replaceAll("[{}]", ""));
                }
            }
            token = page.nextToken();
        } while (token != null);
        if (!any && !Visibility.all()) {
            throw new RegistryException.NotFound("There is no model '" + model + "' that you may see.");
        }
        print(table);
    }

    private void print(TextTable table) {
        if (!json) {
            table.lines().forEach(stdout::println);
        }
    }
}
