package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;

/**
 * One deployment of a version to an endpoint; an endpoint's history is the list of its deployments.
 *
 * @param operationKey identifies it for good
 * @param endpoint the endpoint's name
 * @param target what serves it
 * @param model the model's name
 * @param version the version's number
 * @param versionDigest the digest of what was deployed
 * @param alias the alias whose promotion allowed it; null for none
 * @param promotionId the promotion that allowed it; null when it was deployed unpromoted
 * @param state see {@link DeploymentState}
 * @param url where it answers; null until known
 * @param detailJson what the target needs to find its work again; null for none
 * @param message why it stands as it stands, for people; may be empty
 * @param build the build that deployed; null for none
 * @param requestedBy id of the user
 * @param startedMillis when it was asked, in epoch milliseconds
 * @param changedMillis when its state changed last, in epoch milliseconds
 */
public record Deployment(
        String operationKey,
        String endpoint,
        String target,
        String model,
        int version,
        String versionDigest,
        @CheckForNull String alias,
        @CheckForNull String promotionId,
        DeploymentState state,
        @CheckForNull String url,
        @CheckForNull String detailJson,
        String message,
        @CheckForNull BuildRef build,
        String requestedBy,
        long startedMillis,
        long changedMillis)
        implements Serializable {
    public Deployment {
        new DeploymentRequest(
                operationKey,
                endpoint,
                target,
                model,
                version,
                versionDigest,
                alias,
                true,
                detailJson,
                build,
                requestedBy);
        state = Limits.required("A deployment's state", state);
        url = Limits.optionalLine("An endpoint's URL", url, Limits.LINE);
        message = message == null ? "" : Limits.text("A deployment's message", message, Limits.TEXT);
    }
}
