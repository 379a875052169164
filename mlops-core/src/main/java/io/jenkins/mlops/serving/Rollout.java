package io.jenkins.mlops.serving;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes an endpoint all at once from the version that serves to a new one, and back if the new one isn't healthy.
 *
 * <p>The rollout is a state machine: {@link #advance} does the one deed that the state asks for and returns the state
 * that follows, to be saved. It holds no thread between two steps. After a crash between a deed and its saving the deed
 * is done again, which is harmless (see {@link RolloutEffects}); before a switch is repeated, what serves is read again.
 *
 * <p>The order: start the new version; healthy several times in a row within the deadline; sensible answer to the smoke
 * request; switch; watch; retire the version before. A failure before the switch leaves the version before serving. A
 * failure after it brings that version back and checks it.
 */
public final class Rollout {
    private static final int TRIES = 3;

    private final RolloutPlan plan;
    private final RolloutEffects effects;
    private final Clock clock;

    /**
     * Creates the rollout.
     *
     * @param plan how patient it is
     * @param effects what it does to the world
     * @param clock source of the time, for deadlines
     */
    public Rollout(RolloutPlan plan, RolloutEffects effects, Clock clock) {
        this.plan = plan;
        this.effects = effects;
        this.clock = clock;
    }

    /**
     * Begins: reads what serves now.
     *
     * @return the first state
     * @throws IOException if it can't be read
     */
    public RolloutState begin() throws IOException, InterruptedException {
        return RolloutState.begin(effects.serving(), clock.millis());
    }

    /**
     * Takes one step.
     *
     * @param state where the rollout stands
     * @return where it stands now
     * @throws IOException if the outcome is unknown, e.g. because the agent is away: call again with the same state later
     * @throws InterruptedException if the thread was interrupted; the same holds
     */
    public RolloutStep advance(RolloutState state) throws IOException, InterruptedException {
        RolloutState current = state;
        long now = clock.millis();
        if (now < current.since()) {
            // The clock was put back: a deadline must not move into the far future.
            current = current.startedAt(now);
        }
        return switch (current.phase()) {
            case START_NEW -> start(current);
            case HEALTH_WINDOW -> healthWindow(current);
            case SMOKE -> smoke(current);
            case SWITCH -> switchOver(current);
            case WATCH -> watch(current);
            case RETIRE -> retire(current);
            case DISCARD -> discard(current);
            case ROLL_BACK -> rollBack(current);
            case VERIFY_ROLLBACK -> verifyRollback(current);
            case DONE, ROLLED_BACK, FAILED -> new RolloutStep(current, List.of(), 0);
        };
    }

    /**
     * Gives the rollout up: the state that follows removes what was begun, and brings the version before back if the
     * endpoint was switched already. {@link #advance} takes it from there.
     *
     * @param state where the rollout stands
     * @param reason why, e.g. who aborted the build
     * @return the next state; the same one if the rollout has ended or is on its way back already
     */
    public RolloutState abandon(RolloutState state, String reason) {
        return switch (state.phase()) {
            // A start that was interrupted may have taken effect: it is found again and then discarded.
            case START_NEW, HEALTH_WINDOW, SMOKE ->
                state.candidate() == null
                        ? state.fail(RolloutPhase.START_NEW, reason, clock.millis())
                        : state.fail(RolloutPhase.DISCARD, reason, clock.millis());
            case SWITCH, WATCH ->
                state.fail(
                        state.before() == null ? RolloutPhase.DISCARD : RolloutPhase.ROLL_BACK, reason, clock.millis());
            case RETIRE, DISCARD, ROLL_BACK, VERIFY_ROLLBACK, DONE, ROLLED_BACK, FAILED -> state;
        };
    }

    /**
     * Takes steps until the end, sleeping in between.
     *
     * @param state where to begin
     * @param saved gets each step before the next one is taken
     * @return the last state
     */
    public RolloutState run(RolloutState state, Consumer<RolloutStep> saved) throws IOException, InterruptedException {
        RolloutState current = state;
        while (!current.phase().terminal()) {
            RolloutStep step = advance(current);
            saved.accept(step);
            current = step.state();
            if (step.delayMillis() > 0) {
                Thread.sleep(step.delayMillis());
            }
        }
        return current;
    }

    private RolloutStep start(RolloutState state) throws IOException, InterruptedException {
        ServedRelease candidate;
        try {
            candidate = effects.start();
        } catch (ServingException e) {
            String reason = "the new version couldn't be started: " + e.getMessage();
            // Nothing is known to run, so there is nothing to discard.
            RolloutPhase end = state.before() == null ? RolloutPhase.FAILED : RolloutPhase.ROLLED_BACK;
            return end(state.fail(end, reason, clock.millis()));
        }
        if (!state.reason().isEmpty()) {
            return fail(state.withCandidate(candidate), RolloutPhase.DISCARD, "it was given up while it began");
        }
        if (!effects.triesBeforeSwitch()) {
            return go(
                    state.withCandidate(candidate).enter(RolloutPhase.SWITCH, clock.millis()),
                    "version " + candidate.version() + " is to serve at " + candidate.url());
        }
        return go(
                state.withCandidate(candidate).enter(RolloutPhase.HEALTH_WINDOW, clock.millis()),
                "version " + candidate.version() + " was started at " + candidate.url());
    }

    private RolloutStep healthWindow(RolloutState state) throws IOException, InterruptedException {
        Observation seen = observe(state.theCandidate());
        if (seen.isHealthy()) {
            int good = state.good() + 1;
            String line = "healthy (" + good + " of " + plan.successes() + "): " + seen.detail();
            return good >= plan.successes()
                    ? go(state.enter(RolloutPhase.SMOKE, clock.millis()), line)
                    : wait(state.counted(good, 0), line);
        }
        if (seen.outcome() == Observation.Outcome.DEAD) {
            return fail(state, RolloutPhase.DISCARD, "the new version died before it was ready: " + seen.detail());
        }
        if (overdue(state)) {
            return fail(
                    state,
                    RolloutPhase.DISCARD,
                    "the new version wasn't healthy " + plan.successes() + " times in a row within "
                            + seconds(plan.startDeadlineMillis()) + "; the last check: " + seen.detail());
        }
        return wait(state.counted(0, Math.addExact(state.bad(), 1)), "not ready yet: " + seen.detail());
    }

    private RolloutStep smoke(RolloutState state) throws IOException, InterruptedException {
        Observation seen = smokeOf(state.theCandidate());
        if (seen.isHealthy()) {
            return go(state.enter(RolloutPhase.SWITCH, clock.millis()), "smoke request: " + seen.detail());
        }
        return fail(state, RolloutPhase.DISCARD, "the new version failed the smoke request: " + seen.detail());
    }

    private RolloutStep switchOver(RolloutState state) throws IOException, InterruptedException {
        ServedRelease serving;
        try {
            serving = effects.switchTo(state.theCandidate(), Optional.ofNullable(state.before()));
        } catch (ServingException e) {
            RolloutPhase next = state.before() == null ? RolloutPhase.DISCARD : RolloutPhase.ROLL_BACK;
            return fail(state, next, "the endpoint couldn't be switched: " + e.getMessage());
        }
        return go(
                state.withCandidate(serving).enter(RolloutPhase.WATCH, clock.millis()),
                "the endpoint serves version " + serving.version() + " at " + serving.url());
    }

    private RolloutStep watch(RolloutState state) throws IOException, InterruptedException {
        Observation seen = observe(state.theCandidate());
        if (seen.isHealthy() && state.good() == 0 && effects.restartsAtSwitch()) {
            Observation smoke = smokeOf(state.theCandidate());
            if (!smoke.isHealthy()) {
                return goBack(state, "the new version failed the smoke request after the switch: " + smoke.detail());
            }
        }
        if (seen.isHealthy()) {
            int good = state.good() + 1;
            String line = "healthy after the switch (" + good + " of " + plan.watchChecks() + "): " + seen.detail();
            if (good < plan.watchChecks()) {
                return wait(state.counted(good, 0), line);
            }
            RolloutPhase next = state.before() == null ? RolloutPhase.DONE : RolloutPhase.RETIRE;
            return go(state.enter(next, clock.millis()), line);
        }
        boolean dead = seen.outcome() == Observation.Outcome.DEAD;
        int bad = Math.addExact(state.bad(), 1);
        boolean stillStarting = effects.restartsAtSwitch() && state.good() == 0 && !overdue(state);
        if (!dead && (stillStarting || bad < plan.watchFailures())) {
            return wait(state.counted(state.good(), bad), "not healthy after the switch: " + seen.detail());
        }
        String reason = dead
                ? "the new version died after the switch: " + seen.detail()
                : "the new version failed " + bad + " checks in a row after the switch; the last one: " + seen.detail();
        return goBack(state, reason);
    }

    private RolloutStep goBack(RolloutState state, String reason) {
        if (state.before() == null) {
            return fail(state, RolloutPhase.DISCARD, reason);
        }
        if (!plan.rollback()) {
            return end(state.fail(
                    RolloutPhase.FAILED, reason + "; it stays in place, because rollback is off", clock.millis()));
        }
        return fail(state, RolloutPhase.ROLL_BACK, reason);
    }

    private RolloutStep retire(RolloutState state) throws IOException, InterruptedException {
        String line = "version " + state.theBefore().version() + " was put to rest";
        try {
            effects.retire(state.theBefore(), state.theCandidate());
        } catch (ServingException e) {
            // The new version serves and is healthy; a left-over process doesn't change that.
            line = "version " + state.theBefore().version() + " couldn't be put to rest: " + e.getMessage();
        }
        return end(state.enter(RolloutPhase.DONE, clock.millis()), line);
    }

    private RolloutStep discard(RolloutState state) throws IOException, InterruptedException {
        RolloutPhase end = state.before() == null ? RolloutPhase.FAILED : RolloutPhase.ROLLED_BACK;
        try {
            effects.discard(state.theCandidate(), Optional.ofNullable(state.before()));
        } catch (ServingException e) {
            if (state.attempts() + 1 < TRIES) {
                return wait(state.attempted(), "the new version couldn't be removed yet: " + e.getMessage());
            }
            return end(state.fail(end, "the new version couldn't be removed: " + e.getMessage(), clock.millis()));
        }
        return end(state.enter(end, clock.millis()));
    }

    private RolloutStep rollBack(RolloutState state) throws IOException, InterruptedException {
        ServedRelease restored;
        try {
            restored = effects.restore(state.theBefore(), state.theCandidate());
        } catch (ServingException e) {
            if (state.attempts() + 1 < TRIES) {
                return wait(state.attempted(), "the rollback failed, trying again: " + e.getMessage());
            }
            return end(state.fail(RolloutPhase.FAILED, "the rollback failed, too: " + e.getMessage(), clock.millis()));
        }
        return go(
                state.withBefore(restored).enter(RolloutPhase.VERIFY_ROLLBACK, clock.millis()),
                "the endpoint is back at version " + restored.version() + " at " + restored.url());
    }

    private RolloutStep verifyRollback(RolloutState state) throws IOException, InterruptedException {
        Observation seen = observe(state.theBefore());
        if (seen.isHealthy()) {
            return end(
                    state.enter(RolloutPhase.ROLLED_BACK, clock.millis()),
                    "version " + state.theBefore().version() + " serves again: " + seen.detail());
        }
        if (seen.outcome() == Observation.Outcome.DEAD || overdue(state)) {
            return end(state.fail(
                    RolloutPhase.FAILED,
                    "the version before is back in place but isn't healthy: " + seen.detail(),
                    clock.millis()));
        }
        return wait(state.counted(0, Math.addExact(state.bad(), 1)), "not healthy yet: " + seen.detail());
    }

    /** Asks for the health; a refusal of the check itself counts as illness. */
    private Observation observe(ServedRelease release) throws IOException, InterruptedException {
        try {
            return effects.ready(release);
        } catch (ServingException e) {
            return Observation.ill(Checks.clip(String.valueOf(e.getMessage()), 8_000));
        }
    }

    private Observation smokeOf(ServedRelease release) throws IOException, InterruptedException {
        try {
            return effects.smoke(release);
        } catch (ServingException e) {
            return Observation.ill(Checks.clip(String.valueOf(e.getMessage()), 8_000));
        }
    }

    private boolean overdue(RolloutState state) {
        return clock.millis() - state.since() >= plan.startDeadlineMillis();
    }

    private RolloutStep fail(RolloutState state, RolloutPhase next, String reason) {
        RolloutState failed = state.fail(next, reason, clock.millis());
        return new RolloutStep(failed, List.of(reason), 0);
    }

    private RolloutStep go(RolloutState state, String line) {
        return state.phase().terminal() ? end(state, line) : new RolloutStep(state, List.of(line), 0);
    }

    private RolloutStep wait(RolloutState state, String line) {
        return new RolloutStep(state, List.of(line), plan.intervalMillis());
    }

    private static RolloutStep end(RolloutState state, String... lines) {
        List<String> messages = new ArrayList<>(List.of(lines));
        messages.add(
                switch (state.phase()) {
                    case DONE -> "the rollout is done";
                    case ROLLED_BACK ->
                        "rolled back: version " + state.theBefore().version() + " serves; reason: " + state.reason();
                    default -> "the rollout failed: " + state.reason();
                });
        return new RolloutStep(state, messages, 0);
    }

    private static String seconds(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
