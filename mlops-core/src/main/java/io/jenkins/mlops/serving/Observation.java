package io.jenkins.mlops.serving;

import java.io.Serializable;

/**
 * What one check of a release has seen.
 *
 * @param outcome healthy, ill, or dead
 * @param detail what was asked and answered; with the end of the log when the process is dead
 */
public record Observation(Outcome outcome, String detail) implements Serializable {
    /** Most characters of the detail. */
    public static final int MAX_DETAIL = 64 * 1024;

    /** What a check can come to. */
    public enum Outcome {
        /** Answered as it should. */
        HEALTHY,
        /** Didn't answer, or not as it should; may heal. */
        ILL,
        /** Will not answer any more: its process has ended. */
        DEAD
    }

    public Observation {
        if (outcome == null) {
            throw new IllegalArgumentException("the outcome of an observation is missing");
        }
        Checks.text("the detail of an observation", detail, MAX_DETAIL);
    }

    static Observation healthy(String detail) {
        return new Observation(Outcome.HEALTHY, detail);
    }

    static Observation ill(String detail) {
        return new Observation(Outcome.ILL, detail);
    }

    static Observation dead(String detail) {
        return new Observation(Outcome.DEAD, detail);
    }

    boolean isHealthy() {
        return outcome == Outcome.HEALTHY;
    }
}
