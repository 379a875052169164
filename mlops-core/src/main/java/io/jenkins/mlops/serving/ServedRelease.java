package io.jenkins.mlops.serving;

import java.io.Serializable;

/**
 * One version of a model under one address: a candidate, or what an endpoint serves.
 *
 * @param release id of the release, unique for its endpoint
 * @param version version of the model, e.g. {@code 7}
 * @param digest digest of the version's files; empty if unknown
 * @param url address at which this release answers
 */
public record ServedRelease(String release, String version, String digest, String url) implements Serializable {
    public ServedRelease {
        Checks.name("the id of a release", release);
        Checks.text("the version of a release", version, 255);
        Checks.text("the digest of a release", digest, 255);
        Checks.address("the URL of a release", url);
    }
}
