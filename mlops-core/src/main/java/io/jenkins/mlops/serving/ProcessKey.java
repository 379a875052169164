package io.jenkins.mlops.serving;

import java.io.Serializable;
import java.nio.file.Path;

/**
 * Names one process of one release of an endpoint on one machine.
 *
 * @param stateDirectory absolute folder in which the endpoints of this machine keep their state
 * @param endpoint name of the endpoint; also a folder name
 * @param release id of the release, unique for the endpoint; also a folder name
 * @param fixed {@code true} for the process on the endpoint's fixed port, {@code false} for the one on a free port
 */
public record ProcessKey(String stateDirectory, String endpoint, String release, boolean fixed)
        implements Serializable {
    public ProcessKey {
        Checks.text("the state directory", stateDirectory, Checks.TEXT);
        Checks.name("the name of an endpoint", endpoint);
        Checks.name("the id of a release", release);
    }

    Path endpointDirectory() {
        return Path.of(stateDirectory).resolve(endpoint);
    }

    Path releaseDirectory() {
        return endpointDirectory().resolve("releases").resolve(release);
    }

    Path record() {
        return releaseDirectory().resolve(slot() + ".json");
    }

    Path intent() {
        return releaseDirectory().resolve(slot() + ".starting.json");
    }

    Path pidFile() {
        return releaseDirectory().resolve(slot() + ".pid");
    }

    Path log() {
        return releaseDirectory().resolve(slot() + ".log");
    }

    private String slot() {
        return fixed ? "fixed-port" : "free-port";
    }
}
