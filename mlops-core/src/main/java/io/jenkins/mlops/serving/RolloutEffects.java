package io.jenkins.mlops.serving;

import java.io.IOException;
import java.util.Optional;

/**
 * What a rollout does to the world, one method per deed.
 *
 * <p>Every method is idempotent: a rollout that was interrupted in the middle of one calls it again with the same
 * arguments. A {@link ServingException} says that the deed failed; any other {@link IOException} that its outcome is
 * unknown.
 */
public interface RolloutEffects {
    /** Reads what the endpoint serves now. */
    Optional<ServedRelease> serving() throws IOException, InterruptedException;

    /** Starts the new version beside the one that serves, or finds it already started. */
    ServedRelease start() throws IOException, InterruptedException;

    /** Asks the release for its health, once. */
    Observation ready(ServedRelease release) throws IOException, InterruptedException;

    /** Sends the smoke request and judges the answer; healthy if there is no smoke request. */
    Observation smoke(ServedRelease release) throws IOException, InterruptedException;

    /**
     * Moves the endpoint to the candidate.
     *
     * @param candidate the new version
     * @param previous what serves now; empty if nothing does
     * @return what serves now, maybe under another address than the candidate's
     * @throws ServingException also if the endpoint serves something else than {@code previous} or {@code candidate}
     */
    ServedRelease switchTo(ServedRelease candidate, Optional<ServedRelease> previous)
            throws IOException, InterruptedException;

    /** Puts the version before to rest, once the new one has proved itself. */
    void retire(ServedRelease previous, ServedRelease serving) throws IOException, InterruptedException;

    /**
     * Removes a new version that failed; the version before stays untouched.
     *
     * @param previous what served before; if nothing did, the endpoint serves nothing afterwards
     */
    void discard(ServedRelease candidate, Optional<ServedRelease> previous) throws IOException, InterruptedException;

    /**
     * Moves the endpoint back to the version before and removes the new one.
     *
     * @return what serves now
     */
    ServedRelease restore(ServedRelease previous, ServedRelease candidate) throws IOException, InterruptedException;

    /** Returns whether a switch starts the service anew, which then needs its time to get ready, and a new smoke check. */
    boolean restartsAtSwitch();

    /** Returns whether the new version can be checked beside the one that serves; if not, it is checked after the switch. */
    default boolean triesBeforeSwitch() {
        return true;
    }
}
