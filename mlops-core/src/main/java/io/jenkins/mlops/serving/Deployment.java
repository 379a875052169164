package io.jenkins.mlops.serving;

import java.io.Serializable;

/**
 * One version of a model on its way to, or at, an endpoint: what a deploy hook is told.
 *
 * @param endpoint name of the endpoint
 * @param release id of the release, unique for the endpoint
 * @param model name of the registered model
 * @param version version of the model
 * @param digest digest of the version's files; empty if unknown
 * @param files address from which the service can fetch the files; empty if it knows them
 */
public record Deployment(String endpoint, String release, String model, String version, String digest, String files)
        implements Serializable {
    public Deployment {
        Checks.name("the name of an endpoint", endpoint);
        Checks.name("the id of a release", release);
        Checks.text("the name of a model", model, 255);
        Checks.text("the version of a model", version, 255);
        Checks.text("the digest of a model", digest, 255);
        if (!Checks.text("the address of the files", files, Checks.TEXT).isEmpty()) {
            Checks.address("the address of the files", files);
        }
    }
}
