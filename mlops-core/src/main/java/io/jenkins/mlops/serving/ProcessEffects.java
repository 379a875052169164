package io.jenkins.mlops.serving;

import java.io.IOException;
import java.util.Optional;

/** The deeds of a rollout on an endpoint that is served by processes; the machine does them, the controller judges. */
public final class ProcessEffects implements RolloutEffects {
    private final ServingHost host;
    private final ProcessSpec spec;
    private final String version;
    private final String digest;
    private final HealthCheck check;

    /**
     * Creates the effects.
     *
     * @param host the machine that serves
     * @param spec what to start there
     * @param version version of the model
     * @param digest digest of the version's files
     * @param check how to find out whether it is healthy
     */
    public ProcessEffects(ServingHost host, ProcessSpec spec, String version, String digest, HealthCheck check) {
        this.host = host;
        this.spec = spec;
        this.version = version;
        this.digest = digest;
        this.check = check;
    }

    @Override
    public Optional<ServedRelease> serving() throws IOException, InterruptedException {
        return host.call(new ProcessTasks.Serving(spec.stateDirectory(), spec.endpoint()))
                .toOptional();
    }

    @Override
    public ServedRelease start() throws IOException, InterruptedException {
        return host.call(new ProcessTasks.Start(spec, version, digest));
    }

    @Override
    public Observation ready(ServedRelease release) throws IOException, InterruptedException {
        return host.call(new ProcessTasks.Ready(spec.stateDirectory(), spec.endpoint(), release, check));
    }

    @Override
    public Observation smoke(ServedRelease release) throws IOException, InterruptedException {
        if (!check.hasSmoke()) {
            return Observation.healthy("none was given");
        }
        return SmokeJudge.judge(check, host.call(new ProcessTasks.Probe(check.smoke(release.url()))));
    }

    @Override
    public ServedRelease switchTo(ServedRelease candidate, Optional<ServedRelease> previous)
            throws IOException, InterruptedException {
        return host.call(
                new ProcessTasks.Switch(spec.stateDirectory(), spec.endpoint(), candidate, previous.orElse(null)));
    }

    @Override
    public void retire(ServedRelease previous, ServedRelease serving) throws IOException, InterruptedException {
        host.call(new ProcessTasks.Retire(spec.stateDirectory(), spec.endpoint(), previous, serving));
    }

    @Override
    public void discard(ServedRelease candidate, Optional<ServedRelease> previous)
            throws IOException, InterruptedException {
        host.call(new ProcessTasks.Discard(spec.stateDirectory(), spec.endpoint(), candidate, previous.orElse(null)));
    }

    @Override
    public ServedRelease restore(ServedRelease previous, ServedRelease candidate)
            throws IOException, InterruptedException {
        return host.call(new ProcessTasks.Restore(spec.stateDirectory(), spec.endpoint(), previous, candidate));
    }

    @Override
    public boolean restartsAtSwitch() {
        return spec.port() != 0;
    }
}
