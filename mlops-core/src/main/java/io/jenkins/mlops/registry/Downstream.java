package io.jenkins.mlops.registry;

import java.io.Serializable;
import java.util.List;

/**
 * How far a digest reaches: the versions that are it, hold it as a file, or were made from it as data.
 *
 * @param versions how many versions that the reader may see
 * @param models of how many models
 * @param more whether there are older ones, which were not counted
 * @param newest the newest of them, the newest first
 * @param serving what serves any of those counted now, by the endpoints' names
 */
public record Downstream(int versions, int models, boolean more, List<ModelVersion> newest, List<Deployment> serving)
        implements Serializable {
    public Downstream {
        newest = Limits.list("The versions", newest, Integer.MAX_VALUE);
        serving = Limits.list("The deployments", serving, Integer.MAX_VALUE);
    }
}
