package io.jenkins.mlops.monitor.window;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.monitor.Expect;
import io.jenkins.mlops.monitor.drift.DriftReport;
import io.jenkins.mlops.monitor.quality.ExpectationFinding;
import io.jenkins.mlops.monitor.quality.QualityEstimate;
import java.io.Serializable;
import java.util.List;

/**
 * What one closed window shows.
 *
 * @param key the window's key, the same on every reading
 * @param startMillis its beginning; for a window of rows the earliest time in it, 0 without times
 * @param endMillis its end (not in it); for a window of rows the latest time in it, 0 without times
 * @param rows rows in it
 * @param drift how far it has drifted; null without a reference, or with too few rows
 * @param findings which expectations it fails
 * @param estimate the estimated quality; null when it isn't estimated, or can't be
 * @param notes what a reader should know
 * @param digest the SHA-256 of its rows in the order in which they were read; empty for none
 */
public record WindowResult(
        String key,
        long startMillis,
        long endMillis,
        long rows,
        @CheckForNull DriftReport drift,
        List<ExpectationFinding> findings,
        @CheckForNull QualityEstimate estimate,
        List<String> notes,
        String digest)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public WindowResult {
        Expect.name(key, "the key of a window");
        Expect.notNegative(rows, "rows");
        findings = Expect.list(findings, "findings", 2 * Expect.COLUMNS);
        notes = Expect.list(notes, "notes", Expect.NOTES);
        // Windows that were kept before there were digests have none.
        digest = digest == null ? "" : Expect.text(digest, "a digest", Expect.NAME);
    }

    /** A window without a digest. */
    public WindowResult(
            String key,
            long startMillis,
            long endMillis,
            long rows,
            @CheckForNull DriftReport drift,
            List<ExpectationFinding> findings,
            @CheckForNull QualityEstimate estimate,
            List<String> notes) {
        this(key, startMillis, endMillis, rows, drift, findings, estimate, notes, "");
    }
}
