package io.jenkins.plugins.mlops.registry.pages;

import io.jenkins.mlops.registry.AliasChange;
import io.jenkins.mlops.registry.ModelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One way to put an alias back. */
public record RollbackChoice(String alias, int from, int to) {
    public String getAlias() {
        return alias;
    }

    public int getTo() {
        return to;
    }

    public String getText() {
        return Messages.RollbackChoice_text(alias, String.valueOf(from), String.valueOf(to));
    }

    /** The ways that concern a version: from it to the one before, or to it, which held an alias once. */
    static List<RollbackChoice> of(ModelVersion version) {
        List<RollbackChoice> choices = new ArrayList<>();
        Map<String, Integer> now = MlopsPage.registry().model(version.model()).aliases();
        for (String alias : MlopsPage.catalog().aliasesEver(version.model())) {
            int holder = now.getOrDefault(alias, 0);
            List<AliasChange> history = MlopsPage.registry().aliasHistory(version.model(), alias);
            if (holder == version.number()) {
                history.stream()
                        .map(AliasChange::version)
                        .filter(held -> held > 0 && held != holder)
                        .findFirst()
                        .ifPresent(held -> choices.add(new RollbackChoice(alias, holder, held)));
            } else if (holder > 0 && history.stream().anyMatch(change -> change.version() == version.number())) {
                choices.add(new RollbackChoice(alias, holder, version.number()));
            }
        }
        return choices;
    }
}
