package io.jenkins.mlops.monitor.retraining;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;

/**
 * One retraining: claimed, run, and what it did.
 *
 * @param key {@link RetrainingRequest#key()}: the same for the same monitor, digest and window, so that there is at most one
 * @param monitor the monitor's id
 * @param model the registered model
 * @param digest the digest of the data it trains on
 * @param window the window whose signal asked for it
 * @param state where it stands
 * @param build the build, as people and links name it ({@code job#number}); empty until there is one
 * @param version the version it registered; 0 for none
 * @param claimedMillis when it was decided
 * @param endedMillis when it ended; 0 while it has not
 * @param minutes minutes that its build took
 * @param gpuHours hours of GPUs that it took, as far as told
 * @param before the quality in production before it; null when there was none
 * @param after the quality in production of its version; null until there is one
 * @param effect whether it helped
 * @param signal the signal that asked for it
 * @param basis what {@code before} and {@code after} rest on
 */
public record RetrainingAttempt(
        String key,
        String monitor,
        String model,
        String digest,
        String window,
        State state,
        String build,
        int version,
        long claimedMillis,
        long endedMillis,
        double minutes,
        double gpuHours,
        @CheckForNull MetricValue before,
        @CheckForNull MetricValue after,
        Effect effect,
        String signal,
        Basis basis)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Where a retraining stands. */
    public enum State {
        /** Decided; the build may or may not have been queued: to be looked for by its key before it is queued again. */
        CLAIMED,
        /** Asks a person; nothing is queued. */
        SUGGESTED,
        /** The build waits. */
        QUEUED,
        /** The build runs. */
        RUNNING,
        /** The build ended well. */
        SUCCEEDED,
        /** The build failed, or was refused by a gate. */
        FAILED,
        /** A person declined it, or its build was cancelled. */
        DISMISSED;

        /** Whether a build is under way or about to be. */
        public boolean active() {
            return this == CLAIMED || this == QUEUED || this == RUNNING;
        }

        /** Whether nothing more happens to it. */
        public boolean ended() {
            return this == SUCCEEDED || this == FAILED || this == DISMISSED;
        }
    }

    public RetrainingAttempt {
        Expect.name(key, "a key");
        Expect.name(monitor, "a monitor's id");
        Expect.text(model, "a model's name", Expect.NAME);
        Expect.text(digest, "a digest", Expect.NAME);
        Expect.text(window, "a window's key", Expect.NAME);
        Expect.that(state != null && effect != null, "a state and an effect", state + ", " + effect);
        Expect.text(build, "a build", Expect.NAME);
        // Attempts that were kept before there was more than one basis were measured by estimates.
        basis = basis == null ? after == null ? Basis.NONE : Basis.ESTIMATE : basis;
        signal = signal == null ? "" : Expect.text(signal, "a signal's name", Expect.NAME);
        Expect.that(version >= 0, "a version of 0 or more", version);
        Expect.that(minutes >= 0 && gpuHours >= 0, "minutes and GPU hours of 0 or more", minutes + ", " + gpuHours);
    }

    /** A new one for a request. */
    public static RetrainingAttempt of(RetrainingRequest request, State state, long nowMillis) {
        return new RetrainingAttempt(
                request.key(),
                request.monitor(),
                request.model(),
                request.digest(),
                request.window(),
                state,
                "",
                0,
                nowMillis,
                0,
                0,
                0,
                request.quality(),
                null,
                Effect.UNKNOWN,
                request.signal(),
                Basis.NONE);
    }

    /** The same in another state; one that is ended gets the time of its end. */
    public RetrainingAttempt in(State next, String itsBuild, long nowMillis) {
        return new RetrainingAttempt(
                key,
                monitor,
                model,
                digest,
                window,
                next,
                itsBuild,
                version,
                claimedMillis,
                next.ended() ? nowMillis : 0,
                minutes,
                gpuHours,
                before,
                after,
                effect,
                signal,
                basis);
    }

    /** The same with what its build took and which version it registered (0 for none). */
    public RetrainingAttempt taking(double itsMinutes, double itsGpuHours, int itsVersion) {
        return new RetrainingAttempt(
                key,
                monitor,
                model,
                digest,
                window,
                state,
                build,
                itsVersion,
                claimedMillis,
                endedMillis,
                itsMinutes,
                itsGpuHours,
                before,
                after,
                effect,
                signal,
                basis);
    }

    /** The same with what was measured after it. */
    public RetrainingAttempt with(@CheckForNull MetricValue qualityAfter, Effect itsEffect) {
        return measured(before, qualityAfter, basis, itsEffect);
    }

    /** The same with the quality on either side of it, and what that rests on. */
    public RetrainingAttempt measured(
            @CheckForNull MetricValue was, @CheckForNull MetricValue is, Basis itsBasis, Effect itsEffect) {
        return new RetrainingAttempt(
                key,
                monitor,
                model,
                digest,
                window,
                state,
                build,
                version,
                claimedMillis,
                endedMillis,
                minutes,
                gpuHours,
                was,
                is,
                itsEffect,
                signal,
                itsBasis);
    }
}
