package io.jenkins.plugins.mlops.steps;

import io.jenkins.mlops.registry.AliasInDoubt;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.ModelRegistry;
import java.io.PrintStream;

/**
 * Says on the console that an alias points at a version which did not stand at its endpoint.
 *
 * <p>A promotion moves the alias before the version is tried, and what went wrong may be the endpoint's fault. So the
 * alias stays where people put it, and they are told how to give it back.
 */
final class AliasNotice {
    private AliasNotice() {}

    /** Says so, if it is so after a deployment that did not come to serve. */
    static void print(ModelRegistry registry, Deployment deployment, PrintStream log) {
        String model = deployment.model();
        for (AliasInDoubt doubt :
                AliasInDoubt.of(registry.catalog(), model, registry.model(model).aliases())) {
            if (doubt.deployment().operationKey().equals(deployment.operationKey())) {
                log.println("[mlops] ATTENTION: '" + doubt.alias() + "' still points at " + model + " version "
                        + deployment.version() + ": whoever asks for '" + doubt.alias() + "' is given it. "
                        + wayBack(registry, model, doubt.alias(), deployment.version()));
            }
        }
    }

    private static String wayBack(ModelRegistry registry, String model, String alias, int version) {
        boolean heldByAnother = registry.aliasHistory(model, alias).stream()
                .anyMatch(change -> change.version() != 0 && change.version() != version);
        return heldByAnother
                ? "Give it back with rollbackModel(name: '" + model + "', alias: '" + alias
                        + "'), or with Roll back on the version's page."
                : "No other version held it before, so there is none for rollbackModel to give it back to: promote a"
                        + " better one.";
    }
}
