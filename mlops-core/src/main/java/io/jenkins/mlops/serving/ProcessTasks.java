package io.jenkins.mlops.serving;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Optional;

/** What the controller asks of a machine that serves by processes; each is one round trip. */
public final class ProcessTasks {
    private ProcessTasks() {}

    /** The answer to a task that may have none. */
    public record Answer(@CheckForNull ServedRelease release) implements Serializable {
        /** Returns the release, if there is one. */
        public Optional<ServedRelease> toOptional() {
            return Optional.ofNullable(release);
        }
    }

    /** Reads what the endpoint serves. */
    public record Serving(String stateDirectory, String endpoint) implements HostTask<Answer> {
        @Override
        public Answer run() throws IOException {
            return new Answer(
                    new ProcessEndpoint(stateDirectory, endpoint).serving().orElse(null));
        }
    }

    /** Starts a candidate on a free port, or finds it started. */
    public record Start(ProcessSpec spec, String version, String digest) implements HostTask<ServedRelease> {
        @Override
        public ServedRelease run() throws IOException, InterruptedException {
            return new ProcessEndpoint(spec.stateDirectory(), spec.endpoint()).start(spec, version, digest);
        }
    }

    /** Checks the health of a release once. */
    public record Ready(String stateDirectory, String endpoint, ServedRelease release, HealthCheck check)
            implements HostTask<Observation> {
        public Ready {
            // The smoke request may be large and isn't sent by this check.
            check = new HealthCheck(
                    check.protocol(),
                    check.modelName(),
                    check.readyPath(),
                    "",
                    "",
                    new ArrayList<>(),
                    check.timeoutMillis());
        }

        @Override
        public Observation run() throws IOException, InterruptedException {
            return new ProcessEndpoint(stateDirectory, endpoint).ready(release, check);
        }
    }

    /** Sends one request from the machine itself, so that an address only known there will do. */
    public record Probe(ProbeRequest request) implements HostTask<ProbeResult> {
        @Override
        public ProbeResult run() throws InterruptedException {
            return new HttpProbe().probe(request);
        }
    }

    /** Moves the endpoint to the candidate. */
    public record Switch(
            String stateDirectory,
            String endpoint,
            ServedRelease candidate,
            @CheckForNull ServedRelease previous) implements HostTask<ServedRelease> {
        @Override
        public ServedRelease run() throws IOException, InterruptedException {
            return new ProcessEndpoint(stateDirectory, endpoint).switchTo(candidate, Optional.ofNullable(previous));
        }
    }

    /** Moves the endpoint back. */
    public record Restore(String stateDirectory, String endpoint, ServedRelease previous, ServedRelease candidate)
            implements HostTask<ServedRelease> {
        @Override
        public ServedRelease run() throws IOException, InterruptedException {
            return new ProcessEndpoint(stateDirectory, endpoint).restore(previous, candidate);
        }
    }

    /** Puts the release before to rest. */
    public record Retire(String stateDirectory, String endpoint, ServedRelease previous, ServedRelease serving)
            implements HostTask<Answer> {
        @Override
        public Answer run() throws IOException, InterruptedException {
            new ProcessEndpoint(stateDirectory, endpoint).retire(previous, serving);
            return new Answer(serving);
        }
    }

    /** Removes a candidate that failed. */
    public record Discard(
            String stateDirectory,
            String endpoint,
            ServedRelease candidate,
            @CheckForNull ServedRelease previous) implements HostTask<Answer> {
        @Override
        public Answer run() throws IOException, InterruptedException {
            new ProcessEndpoint(stateDirectory, endpoint).discard(candidate, Optional.ofNullable(previous));
            return new Answer(previous);
        }
    }

    /** Ends what serves. */
    public record ShutDown(String stateDirectory, String endpoint) implements HostTask<Answer> {
        @Override
        public Answer run() throws IOException, InterruptedException {
            new ProcessEndpoint(stateDirectory, endpoint).shutDown();
            return new Answer(null);
        }
    }

    /** Starts again what should serve but doesn't. */
    public record Revive(String stateDirectory, String endpoint) implements HostTask<Answer> {
        @Override
        public Answer run() throws IOException, InterruptedException {
            return new Answer(
                    new ProcessEndpoint(stateDirectory, endpoint).revive().orElse(null));
        }
    }
}
