package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;

/**
 * Asks what served at a moment.
 *
 * @param millis the moment, in epoch milliseconds
 * @param model only versions of this model; null for all
 * @param endpoint only this endpoint; null for all. Aliases aren't asked for by an endpoint's name
 */
public record ServedQuery(
        long millis,
        @CheckForNull String model,
        @CheckForNull String endpoint) implements Serializable {
    public ServedQuery {
        model = model == null ? null : ModelName.check(model);
        endpoint = endpoint == null ? null : ModelName.check(endpoint);
    }

    /** What served at a moment, everywhere. */
    public static ServedQuery at(long millis) {
        return new ServedQuery(millis, null, null);
    }

    public ServedQuery ofModel(@CheckForNull String newModel) {
        return new ServedQuery(millis, newModel, endpoint);
    }

    public ServedQuery ofEndpoint(@CheckForNull String newEndpoint) {
        return new ServedQuery(millis, model, newEndpoint);
    }
}
