package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import io.jenkins.mlops.registry.ModelName;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.plugins.mlops.registry.Visibility;

/** Finds the version that a Jenkinsfile names by its number or by an alias, as far as the build may see it. */
final class VersionChoice {
    private VersionChoice() {}

    /** Finds a version by what stands for it in a Jenkinsfile: {@code 3}, {@code '3'} or {@code 'champion'}. */
    static ModelVersion named(ModelRegistry registry, String model, String numberOrAlias) throws AbortException {
        return numberOrAlias.matches("[1-9][0-9]{0,8}")
                ? numbered(registry, model, Integer.parseInt(numberOrAlias))
                : aliased(registry, model, numberOrAlias);
    }

    /** Finds a version by its number; by an alias where the number is 0. */
    static ModelVersion of(ModelRegistry registry, String model, int number, @CheckForNull String alias)
            throws AbortException {
        if (number != 0 && alias != null) {
            throw new AbortException("Expected either version: " + number + " or alias: '" + alias
                    + "', found both. Leave one of them out.");
        }
        return number != 0
                ? numbered(registry, model, number)
                : aliased(registry, model, alias == null ? "champion" : alias);
    }

    private static ModelVersion numbered(ModelRegistry registry, String model, int number) throws AbortException {
        return visible(registry.version(ModelName.check(model), number));
    }

    private static ModelVersion aliased(ModelRegistry registry, String model, String alias) throws AbortException {
        ModelVersion version = registry.byAlias(ModelName.check(model), ModelName.checkAlias(alias))
                .orElseThrow(() -> new AbortException("Expected a version of model '" + model + "' under the alias '"
                        + alias + "', found none. Promote one first (promoteModel), or name a version by its number."));
        return visible(version);
    }

    private static ModelVersion visible(ModelVersion version) throws AbortException {
        if (!Visibility.of(version)) {
            throw new AbortException("There is no version " + version.number() + " of model '" + version.model()
                    + "' that this build may see. Let it run as a user with Models/View, or with Job/Read on the job"
                    + " that registered it.");
        }
        return version;
    }
}
