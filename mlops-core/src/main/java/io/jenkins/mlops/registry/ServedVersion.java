package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;

/**
 * What stood under an alias, or was served by an endpoint, at some moment.
 *
 * @param alias the alias; for an endpoint, the one that its deployment was allowed by, null for none
 * @param endpoint the endpoint's name; null where this is about an alias
 * @param version the version, with its build, commit and data digests
 * @param sinceMillis since when it stood there, in epoch milliseconds
 * @param promotion the promotion that put it there, with gates' verdict, evidence and decisions; null where there was
 *     none, or it isn't kept
 * @param deployment the endpoint's deployment as it stands today; null where this is about an alias
 */
public record ServedVersion(
        @CheckForNull String alias,
        @CheckForNull String endpoint,
        ModelVersion version,
        long sinceMillis,
        @CheckForNull Promotion promotion,
        @CheckForNull Deployment deployment)
        implements Serializable {
    public ServedVersion {
        if (alias == null && endpoint == null) {
            throw new IllegalArgumentException(
                    "What is served is served under an alias or by an endpoint, found neither");
        }
        version = Limits.required("What is served", version);
    }
}
