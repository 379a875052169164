package io.jenkins.plugins.mlops.monitor.retraining;

import hudson.model.Cause;
import io.jenkins.mlops.monitor.retraining.RetrainingAttempt;
import org.kohsuke.stapler.export.Exported;

/** Says which signal of which monitor asked for a retraining, in which window, and what was seen. */
public final class RetrainingCause extends Cause {
    private final String key;
    private final String monitor;
    private final String model;
    private final String signal;
    private final String window;
    private final String digest;
    private final String evidence;
    private final String confirmedBy;

    RetrainingCause(RetrainingAttempt attempt, String signal, String evidence, String confirmedBy) {
        this.key = attempt.key();
        this.monitor = attempt.monitor();
        this.model = attempt.model();
        this.signal = signal;
        this.window = attempt.window();
        this.digest = attempt.digest();
        this.evidence = evidence;
        this.confirmedBy = confirmedBy;
    }

    /** Tells retrainings apart: of the monitor, the data and the window. */
    String key() {
        return key;
    }

    @Exported(visibility = 3)
    public String getMonitor() {
        return monitor;
    }

    @Exported(visibility = 3)
    public String getModel() {
        return model;
    }

    @Exported(visibility = 3)
    public String getSignal() {
        return signal;
    }

    @Exported(visibility = 3)
    public String getWindow() {
        return window;
    }

    /** The digest of the snapshot to train on; empty to take the data as they are. */
    @Exported(visibility = 3)
    public String getDigest() {
        return digest;
    }

    @Exported(visibility = 3)
    public String getEvidence() {
        return evidence;
    }

    /** Who confirmed a suggestion; empty for an automatic one. */
    @Exported(visibility = 3)
    public String getConfirmedBy() {
        return confirmedBy;
    }

    @Override
    public String getShortDescription() {
        return "Retraining of " + model + ": monitor " + monitor + ", signal " + signal + " in window " + window
                + (evidence.isEmpty() ? "" : ": " + evidence)
                + (confirmedBy.isEmpty() ? "" : " (confirmed by " + confirmedBy + ")");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RetrainingCause that && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }
}
