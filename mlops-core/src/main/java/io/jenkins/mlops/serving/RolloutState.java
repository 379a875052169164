package io.jenkins.mlops.serving;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where a rollout stands, complete: saved after each step, it lets the rollout go on after a restart.
 *
 * @param phase what is to be done next, or the end
 * @param candidate the new version, once it is started
 * @param before what served when the rollout began
 * @param good consecutive (before the switch) or total (after it) healthy checks in this phase
 * @param bad consecutive failed checks in this phase
 * @param attempts failed tries of the phase's deed
 * @param since when the phase began, in ms since the epoch
 * @param reason why it is going back, or went; empty while all is well
 */
public record RolloutState(
        RolloutPhase phase,
        @CheckForNull ServedRelease candidate,
        @CheckForNull ServedRelease before,
        int good,
        int bad,
        int attempts,
        long since,
        String reason)
        implements Serializable {
    private static final Set<RolloutPhase> NEEDS_CANDIDATE =
            EnumSet.complementOf(EnumSet.of(RolloutPhase.START_NEW, RolloutPhase.ROLLED_BACK, RolloutPhase.FAILED));
    private static final Set<RolloutPhase> NEEDS_BEFORE = EnumSet.of(
            RolloutPhase.RETIRE, RolloutPhase.ROLL_BACK, RolloutPhase.VERIFY_ROLLBACK, RolloutPhase.ROLLED_BACK);

    public RolloutState {
        if (phase == null) {
            throw new IllegalArgumentException("the phase of a rollout is missing");
        }
        Checks.range("the number of good checks", good, 0, Integer.MAX_VALUE);
        Checks.range("the number of bad checks", bad, 0, Integer.MAX_VALUE);
        Checks.range("the number of attempts", attempts, 0, Integer.MAX_VALUE);
        Checks.text("the reason of a rollout", reason, 2 * Observation.MAX_DETAIL);
        if (candidate == null && NEEDS_CANDIDATE.contains(phase)) {
            throw new IllegalArgumentException("a rollout in phase " + phase + " must name the new version");
        }
        if (before == null && NEEDS_BEFORE.contains(phase)) {
            throw new IllegalArgumentException("a rollout in phase " + phase + " must name the version before");
        }
    }

    /**
     * Returns the state of a rollout that has not begun.
     *
     * @param before what serves now; empty if nothing does
     * @param nowMillis ms since the epoch
     */
    public static RolloutState begin(Optional<ServedRelease> before, long nowMillis) {
        return new RolloutState(RolloutPhase.START_NEW, null, before.orElse(null), 0, 0, 0, nowMillis, "");
    }

    /** Returns what serves when the rollout has ended: the new version, the one before, or nothing. */
    public Optional<ServedRelease> serving() {
        return switch (phase) {
            case DONE -> Optional.ofNullable(candidate);
            case ROLLED_BACK -> Optional.ofNullable(before);
            default -> Optional.empty();
        };
    }

    /** Returns the new version, in a phase that has one. */
    ServedRelease theCandidate() {
        return Objects.requireNonNull(candidate, "candidate");
    }

    /** Returns the version before, in a phase that has one. */
    ServedRelease theBefore() {
        return Objects.requireNonNull(before, "before");
    }

    RolloutState enter(RolloutPhase next, long now) {
        return new RolloutState(next, candidate, before, 0, 0, 0, now, reason);
    }

    RolloutState fail(RolloutPhase next, String why, long now) {
        String text = reason.isEmpty() ? why : reason + "; " + why;
        return new RolloutState(next, candidate, before, 0, 0, 0, now, Checks.clip(text, Observation.MAX_DETAIL));
    }

    RolloutState withCandidate(ServedRelease release) {
        return new RolloutState(phase, release, before, good, bad, attempts, since, reason);
    }

    RolloutState withBefore(ServedRelease release) {
        return new RolloutState(phase, candidate, release, good, bad, attempts, since, reason);
    }

    RolloutState counted(int newGood, int newBad) {
        return new RolloutState(phase, candidate, before, newGood, newBad, attempts, since, reason);
    }

    RolloutState attempted() {
        return new RolloutState(phase, candidate, before, good, bad, attempts + 1, since, reason);
    }

    RolloutState startedAt(long now) {
        return new RolloutState(phase, candidate, before, good, bad, attempts, now, reason);
    }

    /** Returns the state as text entries, for stores that can't hold records. */
    public Map<String, String> toEntries() {
        Map<String, String> entries = new TreeMap<>();
        entries.put("phase", phase.name());
        entries.put("good", Integer.toString(good));
        entries.put("bad", Integer.toString(bad));
        entries.put("attempts", Integer.toString(attempts));
        entries.put("since", Long.toString(since));
        entries.put("reason", reason);
        put(entries, "candidate.", candidate);
        put(entries, "before.", before);
        return entries;
    }

    /**
     * Reads what {@link #toEntries()} has written.
     *
     * @throws IllegalArgumentException if an entry is missing or malformed
     */
    public static RolloutState fromEntries(Map<String, String> entries) {
        try {
            return new RolloutState(
                    RolloutPhase.valueOf(entry(entries, "phase")),
                    release(entries, "candidate."),
                    release(entries, "before."),
                    Integer.parseInt(entry(entries, "good")),
                    Integer.parseInt(entry(entries, "bad")),
                    Integer.parseInt(entry(entries, "attempts")),
                    Long.parseLong(entry(entries, "since")),
                    entry(entries, "reason"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the saved state of a rollout is damaged: " + e.getMessage(), e);
        }
    }

    private static String entry(Map<String, String> entries, String key) {
        String value = entries.get(key);
        if (value == null) {
            throw new IllegalArgumentException("the entry '" + key + "' is missing");
        }
        return value;
    }

    private static void put(Map<String, String> entries, String prefix, @CheckForNull ServedRelease release) {
        if (release != null) {
            entries.put(prefix + "release", release.release());
            entries.put(prefix + "version", release.version());
            entries.put(prefix + "digest", release.digest());
            entries.put(prefix + "url", release.url());
        }
    }

    @CheckForNull
    private static ServedRelease release(Map<String, String> entries, String prefix) {
        if (!entries.containsKey(prefix + "release")) {
            return null;
        }
        return new ServedRelease(
                entry(entries, prefix + "release"),
                entry(entries, prefix + "version"),
                entry(entries, prefix + "digest"),
                entry(entries, prefix + "url"));
    }
}
