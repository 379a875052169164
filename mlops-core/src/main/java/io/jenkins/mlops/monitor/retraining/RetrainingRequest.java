package io.jenkins.mlops.monitor.retraining;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.monitor.Expect;
import io.jenkins.mlops.monitor.Severity;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What asks for a retraining: an alarm, or new data.
 *
 * @param monitor the monitor's id
 * @param model the registered model
 * @param signal which signal, such as {@code drift}; {@code data} for new data without an alarm
 * @param severity how severe the signal is
 * @param window the window's key
 * @param digest the digest of the data to train on; empty when it isn't known yet
 * @param newRows rows that have come since the last training; -1 when nobody counted
 * @param evidence what was seen, as a sentence
 * @param quality the quality in production now, which the effect is measured against; null when it isn't known
 */
public record RetrainingRequest(
        String monitor,
        String model,
        String signal,
        Severity severity,
        String window,
        String digest,
        long newRows,
        String evidence,
        @CheckForNull MetricValue quality)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public RetrainingRequest {
        Expect.name(monitor, "a monitor's id");
        Expect.name(model, "a model's name");
        Expect.name(signal, "a signal's name");
        Expect.that(severity != null, "a severity", null);
        Expect.name(window, "a window's key");
        Expect.text(digest, "a digest", Expect.NAME);
        Expect.that(newRows >= -1, "a number of rows, or -1", newRows);
        Expect.text(evidence, "evidence", Expect.SENTENCE);
    }

    /**
     * The same for the same monitor, digest and window, whatever the signal: what at most one retraining follows. The
     * SHA-256 of the three, each after its length.
     */
    public String key() {
        StringBuilder text = new StringBuilder();
        for (String part : new String[] {monitor, digest, window}) {
            text.append(part.length()).append(':').append(part);
        }
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
