package io.jenkins.plugins.mlops.monitor;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Locale;

/** Which of the endpoints and monitors a list shows, by how they are. */
enum StateFilter {
    ANY,
    /** In alarm, or unable to look: what the administrative monitor tells of. */
    ATTENTION,
    ALARM,
    FAILING,
    SUSPECT,
    RECOVERING,
    OK,
    /** Monitors that haven't looked yet. */
    UNSEEN,
    /** Monitors that are switched off. */
    OFF;

    /** The filter of a key; all for a key that is none. */
    static StateFilter of(@CheckForNull String key) {
        for (StateFilter filter : values()) {
            if (filter.key().equals(key)) {
                return filter;
            }
        }
        return ANY;
    }

    /** As it stands in an address; empty for all. */
    String key() {
        return this == ANY ? "" : name().toLowerCase(Locale.ROOT);
    }

    String title() {
        return switch (this) {
            case ANY -> Messages.StateFilter_any();
            case ATTENTION -> Messages.StateFilter_attention();
            case ALARM -> Messages.StateFilter_alarm();
            case FAILING -> Messages.StateFilter_failing();
            case SUSPECT -> Messages.StateFilter_suspect();
            case RECOVERING -> Messages.StateFilter_recovering();
            case OK -> Messages.StateFilter_ok();
            case UNSEEN -> Messages.StateFilter_unseen();
            case OFF -> Messages.StateFilter_off();
        };
    }

    boolean takes(EndpointHealth endpoint) {
        return switch (this) {
            case ANY -> true;
            case ATTENTION -> endpoint.isAlarm();
            case FAILING, UNSEEN, OFF -> false;
            default -> endpoint.getState().equals(name());
        };
    }

    boolean takes(MonitorRow monitor) {
        return switch (this) {
            case ANY -> true;
            case ATTENTION -> monitor.isWantingAttention();
            case FAILING -> monitor.isEnabled() && monitor.getFailures() > 0;
            case UNSEEN -> monitor.isUnseen();
            case OFF -> !monitor.isEnabled();
            case OK -> monitor.getState().equals(name()) && !monitor.isUnseen();
            default -> monitor.getState().equals(name());
        };
    }
}
