package io.jenkins.mlops.monitor;

import io.jenkins.mlops.monitor.signal.SignalTrack;
import java.io.Serializable;
import java.util.List;

/**
 * Everything that labels change at a monitor: kept in one transaction, or not at all.
 *
 * @param feedback the labels as they stand after it
 * @param revision the revision that it began from
 * @param qualities windows whose quality is another one than before; a window keeps what rests on more labels
 * @param tracks the monitor's signals as they stand after it, all of them
 * @param changes the signals that changed their state
 */
public record FeedbackLook(
        FeedbackRecord feedback,
        long revision,
        List<QualityRecord> qualities,
        List<SignalTrack> tracks,
        List<SignalChange> changes)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public FeedbackLook {
        Expect.present(feedback, "feedback");
        qualities = Expect.list(qualities, "windows", 1_000);
        tracks = Expect.list(tracks, "signals", Look.SIGNALS);
        changes = Expect.list(changes, "changes of signals", 1_000);
    }
}
