package io.jenkins.mlops.registry;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An alias that points at a version which did not stand at an endpoint: it was rolled back there, or never came to
 * serve. A promotion moves the alias before the version is deployed, and only people or a Pipeline move it again.
 *
 * @param alias the alias
 * @param deployment the version's last deployment to the endpoint, under this alias
 */
public record AliasInDoubt(String alias, Deployment deployment) implements Serializable {
    public AliasInDoubt {
        alias = Limits.line("The alias", alias, Limits.KEY);
        deployment = Limits.required("The deployment", deployment);
    }

    /**
     * Those of a model.
     *
     * @param aliases the versions that aliases point at, by the aliases
     */
    public static List<AliasInDoubt> of(ModelCatalog catalog, String model, Map<String, Integer> aliases) {
        List<AliasInDoubt> found = new ArrayList<>();
        aliases.forEach((alias, number) -> {
            Map<String, Deployment> last = new LinkedHashMap<>();
            catalog.deploymentsOf(model, number)
                    .forEach(deployment -> last.putIfAbsent(deployment.endpoint(), deployment));
            last.values().stream()
                    .filter(deployment -> alias.equals(deployment.alias()) && stoodNot(deployment.state()))
                    .forEach(deployment -> found.add(new AliasInDoubt(alias, deployment)));
        });
        return found;
    }

    private static boolean stoodNot(DeploymentState state) {
        return state == DeploymentState.ROLLED_BACK || state == DeploymentState.FAILED;
    }

    /** It in a sentence. */
    public String display() {
        String what =
                deployment.state() == DeploymentState.ROLLED_BACK ? "was rolled back at" : "never came to serve at";
        return "'" + alias + "' still points at version " + deployment.version() + ", which " + what + " endpoint '"
                + deployment.endpoint() + "'" + (deployment.message().isBlank() ? "" : ": " + deployment.message());
    }
}
