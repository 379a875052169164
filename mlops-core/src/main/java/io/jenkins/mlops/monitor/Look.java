package io.jenkins.mlops.monitor;

import io.jenkins.mlops.monitor.signal.SignalTrack;
import io.jenkins.mlops.monitor.window.ReadingState;
import java.io.Serializable;
import java.util.List;

/**
 * Everything that one look of a monitor changes: kept in one transaction, or not at all.
 *
 * @param monitor the monitor's id
 * @param revision the revision that the look began from
 * @param reading how far was read
 * @param windows the windows that were closed; one that is kept already is passed over
 * @param tracks the signals as they stand after it, all of them
 * @param changes the signals that changed their state
 * @param millis when it was done
 */
public record Look(
        String monitor,
        long revision,
        ReadingState reading,
        List<WindowRecord> windows,
        List<SignalTrack> tracks,
        List<SignalChange> changes,
        long millis)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The most signals of a monitor. */
    public static final int SIGNALS = 1_000;

    public Look {
        Expect.name(monitor, "a monitor's id");
        Expect.that(reading != null, "how far was read", null);
        windows = Expect.list(windows, "windows", 1_000);
        tracks = Expect.list(tracks, "signals", SIGNALS);
        changes = Expect.list(changes, "changes of signals", 100_000);
    }
}
