package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.serving.Rollout;
import io.jenkins.mlops.serving.RolloutEffects;
import io.jenkins.mlops.serving.RolloutPlan;
import io.jenkins.mlops.serving.RolloutState;
import io.jenkins.mlops.serving.RolloutStep;
import io.jenkins.mlops.serving.ServingException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import jenkins.util.SystemProperties;

/**
 * Takes a rollout to its end, step by step, or back when its build is aborted.
 *
 * <p>The state is kept before each deed that follows from it. Taking back is not given up by a second interruption: it
 * ends by itself, and what is half taken back is worse than what either end would be.
 */
final class RolloutDriver {
    private static final String AWAY_SECONDS = RolloutDriver.class.getName() + ".awaySeconds";
    private static final int MOST_AWAY_SECONDS = 120;
    private static final long AWAY_MILLIS = 2_000;
    private static final int MOST_INTERRUPTIONS = 10;

    private final RolloutPlan plan;
    private final Preparation preparation;
    private final Keeper keeper;
    private final PrintStream log;
    private int interruptions;

    /** Brings what is needed to where it is needed; its repetition does no harm. */
    @FunctionalInterface
    interface Preparation {
        RolloutEffects prepare() throws IOException, InterruptedException;
    }

    /** Where the state of a rollout is kept, and whether its build still wants it. */
    interface Keeper {
        /** The state that was kept last, null if the rollout has not begun. */
        @CheckForNull
        RolloutState kept();

        /** Keeps a state; for a new phase, so that it survives a crash from then on. */
        void keep(RolloutState state, boolean newPhase) throws InterruptedException;

        boolean isAborted();
    }

    /** The serving machine stayed out of reach: what serves there is not known. */
    static final class OutOfReachException extends IOException {
        private static final long serialVersionUID = 1L;

        OutOfReachException(String message, IOException cause) {
            super(message, cause);
        }
    }

    RolloutDriver(RolloutPlan plan, Preparation preparation, Keeper keeper, PrintStream log) {
        this.plan = plan;
        this.preparation = preparation;
        this.keeper = keeper;
        this.log = log;
    }

    /**
     * Goes on from the state that was kept, or begins.
     *
     * @throws OutOfReachException if the machine cannot be asked for too long
     * @throws InterruptedException if the build was aborted before anything was begun
     */
    RolloutState drive() throws IOException, InterruptedException {
        try {
            Rollout rollout = new Rollout(plan, preparation.prepare(), Clock.systemUTC());
            RolloutState state = keeper.kept();
            if (state == null) {
                state = rollout.begin();
                keeper.keep(state, true);
            }
            return toTheEnd(rollout, state, false);
        } catch (InterruptedException x) {
            RolloutState last = keeper.kept();
            if (!keeper.isAborted() || last == null) {
                throw x;
            }
            // The build was aborted: what was started is removed, what served before serves on.
            log.println("[mlops] aborted: taking the rollout back");
            Rollout rollout = new Rollout(plan, preparedAgain(), Clock.systemUTC());
            return toTheEnd(rollout, rollout.abandon(last, "the build was aborted"), true);
        }
    }

    private RolloutEffects preparedAgain() throws IOException, InterruptedException {
        while (true) {
            try {
                return preparation.prepare();
            } catch (InterruptedException x) {
                endureInterruption(x);
            }
        }
    }

    private RolloutState toTheEnd(Rollout rollout, RolloutState from, boolean goingBack)
            throws IOException, InterruptedException {
        RolloutState state = from;
        long away = 0;
        while (!state.phase().terminal()) {
            if (!goingBack && keeper.isAborted()) { // an interruption can get lost in an I/O error
                throw new InterruptedException();
            }
            try {
                RolloutStep next = rollout.advance(state);
                away = 0;
                boolean newPhase = next.state().phase() != state.phase();
                tell(next, newPhase);
                state = next.state();
                keeper.keep(state, newPhase);
                if (next.delayMillis() > 0) {
                    Thread.sleep(next.delayMillis());
                }
            } catch (InterruptedException x) {
                if (!goingBack) {
                    throw x;
                }
                endureInterruption(x);
            } catch (ServingException x) {
                throw x;
            } catch (IOException x) { // nobody knows whether it was done: it is asked again with the same state
                away = waited(away, goingBack, x);
            }
        }
        return state;
    }

    /** Waits before the machine is asked again; returns for how long it has been away. */
    private long waited(long away, boolean goingBack, IOException reason) throws IOException, InterruptedException {
        int most = SystemProperties.getInteger(AWAY_SECONDS, MOST_AWAY_SECONDS);
        if (away >= TimeUnit.SECONDS.toMillis(most)) {
            throw new OutOfReachException(
                    "the serving machine was out of reach for " + most + " s (" + reason.getMessage() + ")", reason);
        }
        log.println("[mlops] the serving machine is out of reach: " + reason.getMessage());
        try {
            Thread.sleep(AWAY_MILLIS);
        } catch (InterruptedException x) {
            if (!goingBack) {
                throw x;
            }
            endureInterruption(x);
        }
        return away + AWAY_MILLIS;
    }

    /** Someone who keeps interrupting is heard in the end. */
    private void endureInterruption(InterruptedException x) throws InterruptedException {
        if (++interruptions > MOST_INTERRUPTIONS) {
            throw x;
        }
    }

    private void tell(RolloutStep next, boolean newPhase) {
        if (newPhase || isWorthTelling(next.state().bad())) {
            for (String line : next.messages()) {
                log.println("[mlops] " + line);
            }
        }
    }

    /** Of the checks in a row that went the same way, the 1st, 2nd, 4th, 8th, ... failed one is told. */
    private static boolean isWorthTelling(int failed) {
        return Integer.bitCount(failed) == 1;
    }
}
