package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;

/**
 * The intent to serve a version at an endpoint, written down before anything is switched.
 *
 * @param operationKey asking again with the same key answers with the deployment that the first time made, so a
 *     restarted step finds its own traces
 * @param endpoint the endpoint's name, under the rules of {@link ModelName}
 * @param target what serves it, e.g. {@code process}, {@code http}, {@code kserve}
 * @param model the model's name
 * @param version the version's number
 * @param versionDigest the digest of what is deployed; must be the version's
 * @param alias the alias whose promotion allows it; null only with {@code allowUnpromoted}
 * @param allowUnpromoted deploys without a valid promotion, which the ledger notes
 * @param detailJson what the target needs to find its work again after a restart; null for none
 * @param build the build that deploys; null for none
 * @param requestedBy id of the user
 */
public record DeploymentRequest(
        String operationKey,
        String endpoint,
        String target,
        String model,
        int version,
        String versionDigest,
        @CheckForNull String alias,
        boolean allowUnpromoted,
        @CheckForNull String detailJson,
        @CheckForNull BuildRef build,
        String requestedBy)
        implements Serializable {
    public DeploymentRequest {
        operationKey = Limits.line("The operation's key", operationKey, Limits.KEY);
        endpoint = Limits.line("An endpoint's name", endpoint, Limits.KEY);
        target = Limits.line("An endpoint's target", target, Limits.KEY);
        model = ModelName.check(model);
        version = (int) Limits.range("A version's number", version, 1, Integer.MAX_VALUE);
        versionDigest = Limits.digest("A version's digest", versionDigest);
        alias = alias == null ? null : ModelName.checkAlias(alias);
        detailJson = Limits.text("A deployment's detail", detailJson, Limits.DOCUMENT);
        requestedBy = Limits.line("The deployer", requestedBy, Limits.LINE);
    }
}
