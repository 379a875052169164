package io.jenkins.mlops.serving;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A world in memory for rollouts, with a clock of its own, in which deeds can fail before or after they take effect. */
final class RolloutWorld extends Clock implements RolloutEffects {
    static final ServedRelease OLD = new ServedRelease("r1", "1", "sha256:1", "http://127.0.0.1:8001");
    static final ServedRelease NEW = new ServedRelease("r2", "2", "sha256:2", "http://127.0.0.1:8002");

    final Set<String> running = new HashSet<>();
    final List<String> deeds = new ArrayList<>();
    Optional<ServedRelease> serves;
    boolean restarts;
    boolean tries = true;
    /** Decides what goes wrong, and when. */
    Faults faults = (deed, after) -> Fault.NONE;

    Health health = release -> Observation.Outcome.HEALTHY;
    Health smoke = release -> Observation.Outcome.HEALTHY;
    long now = 1_000_000;
    private Observation.Outcome lastOfNew;

    /** What can go wrong. */
    enum Fault {
        NONE,
        REFUSED,
        LOST
    }

    /** Decides about faults. */
    interface Faults {
        Fault at(String deed, boolean after);
    }

    /** Decides about health. */
    interface Health {
        Observation.Outcome of(ServedRelease release);
    }

    RolloutWorld(Optional<ServedRelease> before) {
        serves = before;
        before.ifPresent(release -> running.add(release.release()));
    }

    static Faults random(Random random, int percent) {
        return (deed, after) -> {
            int dice = random.nextInt(100);
            if (dice >= percent) {
                return Fault.NONE;
            }
            return random.nextBoolean() ? Fault.LOST : after ? Fault.NONE : Fault.REFUSED;
        };
    }

    private void before(String deed) throws IOException {
        deeds.add(deed);
        fail(deed, faults.at(deed, false));
    }

    private void after(String deed) throws IOException {
        fail(deed, faults.at(deed, true));
    }

    private static void fail(String deed, Fault fault) throws IOException {
        if (fault == Fault.REFUSED) {
            throw new ServingException(deed + " was refused");
        }
        if (fault == Fault.LOST) {
            throw new IOException("the answer to " + deed + " was lost");
        }
    }

    Optional<Observation.Outcome> lastOfNew() {
        return Optional.ofNullable(lastOfNew);
    }

    @Override
    public Optional<ServedRelease> serving() throws IOException {
        before("serving");
        return serves;
    }

    @Override
    public ServedRelease start() throws IOException {
        before("start");
        running.add(NEW.release());
        after("start");
        return NEW;
    }

    @Override
    public Observation ready(ServedRelease release) throws IOException {
        before("ready");
        Observation.Outcome outcome =
                running.contains(release.release()) ? health.of(release) : Observation.Outcome.DEAD;
        if (outcome == Observation.Outcome.DEAD) {
            running.remove(release.release());
        }
        if (release.equals(NEW)) {
            lastOfNew = outcome;
        }
        return new Observation(outcome, "seen " + outcome);
    }

    @Override
    public Observation smoke(ServedRelease release) throws IOException {
        before("smoke");
        return new Observation(smoke.of(release), "answer");
    }

    @Override
    public ServedRelease switchTo(ServedRelease candidate, Optional<ServedRelease> previous) throws IOException {
        before("switch");
        if (restarts) {
            previous.ifPresent(release -> running.remove(release.release()));
        }
        running.add(candidate.release());
        serves = Optional.of(candidate);
        after("switch");
        return candidate;
    }

    @Override
    public void retire(ServedRelease previous, ServedRelease serving) throws IOException {
        before("retire");
        running.remove(previous.release());
        after("retire");
    }

    @Override
    public void discard(ServedRelease candidate, Optional<ServedRelease> previous) throws IOException {
        before("discard");
        running.remove(candidate.release());
        if (previous.isEmpty()) {
            serves = Optional.empty();
        }
        after("discard");
    }

    @Override
    public ServedRelease restore(ServedRelease previous, ServedRelease candidate) throws IOException {
        before("restore");
        running.add(previous.release());
        running.remove(candidate.release());
        serves = Optional.of(previous);
        after("restore");
        return previous;
    }

    @Override
    public boolean restartsAtSwitch() {
        return restarts;
    }

    @Override
    public boolean triesBeforeSwitch() {
        return tries;
    }

    @Override
    public long millis() {
        return now;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now);
    }

    @Override
    public ZoneId getZone() {
        return ZoneId.of("UTC");
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
