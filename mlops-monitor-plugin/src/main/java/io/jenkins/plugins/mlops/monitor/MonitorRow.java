package io.jenkins.plugins.mlops.monitor;

import hudson.Util;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.monitor.SignalState;
import io.jenkins.mlops.monitor.signal.SignalTrack;
import io.jenkins.plugins.mlops.registry.lineage.Badge;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A monitor at a glance. */
@ExportedBean(defaultVisibility = 2)
public final class MonitorRow {
    private static final List<SignalState> BY_WEIGHT =
            List.of(SignalState.OK, SignalState.RECOVERING, SignalState.SUSPECT, SignalState.ALARM);

    /** States, those that want attention most first. */
    static final List<String> BY_URGENCY = List.of("ALARM", "FAILING", "SUSPECT", "RECOVERING", "UNSEEN", "OK", "OFF");

    /** A monitor that can't look so often wants attention. */
    static final int FAILING = 3;

    private final MonitorRecord monitor;
    private final List<SignalTrack> tracks;

    MonitorRow(MonitorRecord monitor, List<SignalTrack> tracks) {
        this.monitor = monitor;
        this.tracks = tracks;
    }

    /** The signal that matters most. */
    private Optional<SignalTrack> worst() {
        return tracks.stream()
                .max(Comparator.comparing((SignalTrack track) -> BY_WEIGHT.indexOf(track.state()))
                        .thenComparing(SignalTrack::severity));
    }

    @Exported
    public String getName() {
        return monitor.id();
    }

    /** Where its page is, from that of all. */
    public String getPath() {
        return "monitor/" + Util.rawEncode(monitor.id()) + "/";
    }

    @Exported
    public String getModel() {
        return monitor.model();
    }

    @Exported
    public String getEndpoint() {
        return monitor.endpoint();
    }

    @Exported
    public String getJob() {
        return monitor.job();
    }

    /** {@code OK}, {@code SUSPECT}, {@code ALARM} or {@code RECOVERING}. */
    @Exported
    public String getState() {
        return worst().map(track -> track.state().name()).orElse("OK");
    }

    public Badge getBadge() {
        return Badge.of(isUnseen() ? "NOT_LOOKED_YET" : getState());
    }

    public boolean isAlarm() {
        return getState().equals("ALARM");
    }

    /** Whether it has never looked. */
    boolean isUnseen() {
        return monitor.lookedMillis() == 0 && tracks.isEmpty();
    }

    /** Whether it is in alarm, or fails to look again and again; one that is switched off wants none. */
    boolean isWantingAttention() {
        return monitor.enabled() && (isAlarm() || monitor.failures() >= FAILING);
    }

    /** Its place in {@link #BY_URGENCY}. */
    int urgency() {
        String state = getState();
        if (!monitor.enabled()) {
            state = "OFF";
        } else if (!isAlarm() && monitor.failures() > 0) {
            state = "FAILING";
        } else if (isUnseen()) {
            state = "UNSEEN";
        }
        return BY_URGENCY.indexOf(state);
    }

    /** What the worst signal shows. */
    @Exported
    public String getEvidence() {
        return worst().map(track -> track.evidence().isEmpty() ? track.name() : track.name() + ": " + track.evidence())
                .orElse("");
    }

    @Exported
    public boolean isEnabled() {
        return monitor.enabled();
    }

    @Exported
    public int getFailures() {
        return monitor.failures();
    }

    @Exported
    public String getFailure() {
        return monitor.failure();
    }

    /** When it looked last, in milliseconds since 1970; 0 for never. */
    @Exported
    public long getLookedMillis() {
        return monitor.lookedMillis();
    }

    public String getLooked() {
        return monitor.lookedMillis() == 0 ? "" : NumberText.time(monitor.lookedMillis());
    }
}
