package io.jenkins.mlops.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The deeds of a rollout on an existing service with a deploy hook. Runs on the controller.
 *
 * <p>Such a service has one address, so a new version can't be tried beside the one that serves: it is deployed, then
 * checked, smoke request included, and the version before is deployed again if it fails. When a call of the hook isn't
 * answered, the status URL is asked whether it took effect before the call is repeated; without a status URL it is
 * repeated once, with the same {@code Idempotency-Key}.
 */
public final class HttpEffects implements RolloutEffects {
    private static final int TRIES = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpTarget target;
    private final Deployment candidate;
    private final Optional<Deployment> before;
    private final HealthCheck check;
    private final HttpProbe probe;
    private final Supplier<String> secret;
    private final long retryMillis;

    /**
     * Creates the effects.
     *
     * @param target the service
     * @param candidate the new version
     * @param before what the registry says serves; empty if nothing does
     * @param check how to find out whether the service is healthy
     * @param probe sends the requests; knows which addresses are allowed
     * @param secret gives the value of the target's secret header at each call; not asked if the target names none
     * @param retryMillis wait before a refused or unanswered call is repeated, in ms
     */
    public HttpEffects(
            HttpTarget target,
            Deployment candidate,
            Optional<Deployment> before,
            HealthCheck check,
            HttpProbe probe,
            Supplier<String> secret,
            long retryMillis) {
        this.target = target;
        this.candidate = candidate;
        this.before = before;
        this.check = check;
        this.probe = probe;
        this.secret = secret;
        this.retryMillis = Checks.range("the wait in ms", retryMillis, 0, 600_000);
    }

    @Override
    public Optional<ServedRelease> serving() throws InterruptedException {
        if (deployed(candidate).state == State.YES) {
            return Optional.of(release(candidate));
        }
        return before.map(this::release);
    }

    @Override
    public ServedRelease start() {
        return release(candidate);
    }

    @Override
    public Observation ready(ServedRelease release) throws InterruptedException {
        Deployment wanted = deployment(release);
        Status status = deployed(wanted);
        if (status.state == State.NO) {
            return Observation.ill("the service doesn't report version " + wanted.version() + " yet: " + status.detail);
        }
        if (status.state == State.UNKNOWN && !target.statusUrl().isEmpty()) {
            return Observation.ill("the status URL gave no answer to go by: " + status.detail);
        }
        return Readiness.of(probe, check, target.url());
    }

    @Override
    public Observation smoke(ServedRelease release) throws InterruptedException {
        if (!check.hasSmoke()) {
            return Observation.healthy("none was given");
        }
        return SmokeJudge.judge(check, probe.probe(check.smoke(target.url())));
    }

    @Override
    public ServedRelease switchTo(ServedRelease release, Optional<ServedRelease> previous)
            throws ServingException, InterruptedException {
        deploy(candidate);
        return release;
    }

    @Override
    public void retire(ServedRelease previous, ServedRelease serving) {
        // The service itself has replaced the version before.
    }

    @Override
    public void discard(ServedRelease release, Optional<ServedRelease> previous) throws ServingException {
        // The hook can only deploy. What failed stays there, and the rollout's reason says so.
        if (previous.isEmpty()) {
            throw new ServingException("the service keeps version " + release.version()
                    + ", because nothing served before that could be deployed again: take it down by hand");
        }
    }

    @Override
    public ServedRelease restore(ServedRelease previous, ServedRelease failed)
            throws ServingException, InterruptedException {
        deploy(deployment(previous));
        return previous;
    }

    @Override
    public boolean restartsAtSwitch() {
        return true;
    }

    @Override
    public boolean triesBeforeSwitch() {
        return false;
    }

    private void deploy(Deployment wanted) throws ServingException, InterruptedException {
        String last = "";
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            if (attempt > 1) {
                Thread.sleep(retryMillis);
            }
            // Read before each call: the one before may have taken effect though its answer was lost.
            if (deployed(wanted).state == State.YES) {
                return;
            }
            ProbeResult result = probe.probe(call(wanted), secretFor(target.deployHook()));
            if (result.successful()) {
                return;
            }
            last = result.summary();
            boolean mayHeal = result.status() == 0 || result.status() == 429 || result.status() >= 502;
            if (!mayHeal) {
                break;
            }
            if (result.status() == 0 && target.statusUrl().isEmpty() && attempt == 2) {
                break;
            }
        }
        if (deployed(wanted).state == State.YES) {
            return;
        }
        throw new ServingException("the deploy hook " + HttpProbe.origin(URI.create(target.deployHook()))
                + " didn't take version " + wanted.version() + ": " + last + "; see the log of the service");
    }

    private ProbeRequest call(Deployment wanted) {
        ObjectNode body = JSON.createObjectNode();
        body.put("endpoint", wanted.endpoint());
        body.put("release", wanted.release());
        body.put("model", wanted.model());
        body.put("version", wanted.version());
        body.put("digest", wanted.digest());
        body.put("files", wanted.files());
        return new ProbeRequest(
                "POST",
                target.deployHook(),
                body.toString(),
                Map.of("Idempotency-Key", wanted.release()),
                target.hookTimeoutMillis());
    }

    private enum State {
        YES,
        NO,
        UNKNOWN
    }

    private record Status(State state, String detail) {}

    private Status deployed(Deployment wanted) throws InterruptedException {
        if (target.statusUrl().isEmpty()) {
            return new Status(State.UNKNOWN, "the service has no status URL");
        }
        ProbeResult result =
                probe.probe(ProbeRequest.get(target.statusUrl(), check.timeoutMillis()), secretFor(target.statusUrl()));
        if (!result.successful()) {
            return new Status(State.UNKNOWN, result.summary());
        }
        try {
            JsonNode root = JSON.readTree(result.body());
            String digest = root.path("digest").asText("");
            String version = root.path("version").asText("");
            if (digest.isEmpty() && version.isEmpty()) {
                return new Status(State.UNKNOWN, "expected 'version' or 'digest' in the answer of the status URL");
            }
            boolean same = digest.isEmpty() || wanted.digest().isEmpty()
                    ? version.equals(wanted.version())
                    : digest.equals(wanted.digest());
            String found = "it reports version " + Checks.quote(version);
            return new Status(same ? State.YES : State.NO, found);
        } catch (JsonProcessingException e) {
            return new Status(State.UNKNOWN, "expected JSON from the status URL, found something else");
        }
    }

    /** The secret goes to the hook, and to the status URL only where that has the hook's origin. */
    private Map<String, String> secretFor(String address) {
        boolean sameOrigin =
                HttpProbe.origin(URI.create(address)).equals(HttpProbe.origin(URI.create(target.deployHook())));
        return target.secretHeader().isEmpty() || !sameOrigin ? Map.of() : Map.of(target.secretHeader(), secret.get());
    }

    private Deployment deployment(ServedRelease release) {
        if (release.release().equals(candidate.release())) {
            return candidate;
        }
        return before.filter(b -> b.release().equals(release.release()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "release " + release.release() + " is neither the new one nor the one before"));
    }

    private ServedRelease release(Deployment deployment) {
        return new ServedRelease(deployment.release(), deployment.version(), deployment.digest(), target.url());
    }
}
