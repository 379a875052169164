package io.jenkins.mlops.monitor.signal;

import io.jenkins.mlops.monitor.Expect;
import io.jenkins.mlops.monitor.Severity;
import io.jenkins.mlops.monitor.SignalState;
import java.io.Serializable;

/**
 * One signal of a monitor over its windows: {@code OK -> SUSPECT -> ALARM -> RECOVERING}.
 *
 * <ul>
 *   <li>OK or SUSPECT: an alarm when {@link Hysteresis#bad} of the last {@link Hysteresis#of} windows were bad; OK when
 *       none of them was; else SUSPECT.
 *   <li>ALARM or RECOVERING: OK when the last {@link Hysteresis#toHeal} windows were good; RECOVERING when fewer were;
 *       ALARM when the last one was bad.
 * </ul>
 *
 * <p>An inconclusive window changes nothing but {@link #lastWindow}. Time never runs back: a clock that was set back
 * leaves {@link #sinceMillis} where it was.
 *
 * @param name what the signal is about, such as {@code drift}, {@code quality:roc_auc} or {@code endpoint:errors}
 * @param state where it stands
 * @param severity the greatest severity of the bad windows looked back on; INFO when there are none
 * @param sinceMillis when the present state began, in milliseconds since 1970
 * @param lastMillis when it was last observed, the latest time ever seen
 * @param recent the last windows, the youngest in bit 0; 1 is bad
 * @param severities the ordinal of each window's severity as a digit, the youngest first
 * @param seen how many windows {@code recent} holds, up to {@link Hysteresis#MOST}; 0 again after an alarm has ended
 * @param lastWindow the key of the window last observed; empty before the first
 * @param evidence what the last conclusive window showed; before the first one, why the last showed nothing
 */
public record SignalTrack(
        String name,
        SignalState state,
        Severity severity,
        long sinceMillis,
        long lastMillis,
        long recent,
        String severities,
        int seen,
        String lastWindow,
        String evidence)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public SignalTrack {
        Expect.name(name, "a signal's name");
        Expect.that(state != null && severity != null, "a state and a severity", state + ", " + severity);
        Expect.that(seen >= 0 && seen <= Hysteresis.MOST, "0 to " + Hysteresis.MOST + " windows", seen);
        Expect.text(severities, "severities", Hysteresis.MOST);
        Expect.text(lastWindow, "the key of a window", Expect.NAME);
        Expect.text(evidence, "evidence", Expect.SENTENCE);
    }

    /** A signal of which nothing has been observed yet. */
    public static SignalTrack quiet(String name, long nowMillis) {
        return new SignalTrack(name, SignalState.OK, Severity.INFO, nowMillis, nowMillis, 0, "", 0, "", "");
    }

    /** The signal after one more window; itself when the window was the last one observed already. */
    public SignalTrack observe(Observation observation, Hysteresis hysteresis) {
        if (observation.window().equals(lastWindow)) {
            return this;
        }
        long now = Math.max(lastMillis, observation.millis());
        if (observation.finding() == Observation.Finding.INCONCLUSIVE) {
            return new SignalTrack(
                    name,
                    state,
                    severity,
                    sinceMillis,
                    now,
                    recent,
                    severities,
                    seen,
                    observation.window(),
                    seen == 0 ? observation.evidence() : evidence);
        }
        boolean bad = observation.finding() == Observation.Finding.BAD;
        long windows = ((recent << 1) | (bad ? 1 : 0)) & mask(Hysteresis.MOST);
        int known = Math.min(seen + 1, Hysteresis.MOST);
        String levels = (char) ('0' + observation.severity().ordinal()) + severities;
        levels = levels.substring(0, Math.min(levels.length(), Hysteresis.MOST));
        SignalState next = next(windows, known, bad, hysteresis);
        if (next == SignalState.OK && state != SignalState.OK) {
            // What has healed is not held against it: the next bad window is the first one.
            windows = 0;
            known = 0;
            levels = "";
        }
        return new SignalTrack(
                name,
                next,
                worst(windows, levels, hysteresis.of()),
                next == state ? sinceMillis : now,
                now,
                windows,
                levels,
                known,
                observation.window(),
                observation.evidence());
    }

    private SignalState next(long windows, int known, boolean bad, Hysteresis hysteresis) {
        if (state == SignalState.ALARM || state == SignalState.RECOVERING) {
            boolean healed = known >= hysteresis.toHeal() && (windows & mask(hysteresis.toHeal())) == 0;
            return bad ? SignalState.ALARM : healed ? SignalState.OK : SignalState.RECOVERING;
        }
        int count = Long.bitCount(windows & mask(hysteresis.of()));
        return bad && count >= hysteresis.bad() ? SignalState.ALARM : count == 0 ? SignalState.OK : SignalState.SUSPECT;
    }

    private static Severity worst(long windows, String levels, int of) {
        Severity worst = Severity.INFO;
        for (int i = 0; i < Math.min(of, levels.length()); i++) {
            if ((windows >> i & 1) == 1) {
                worst = worst.or(Severity.values()[levels.charAt(i) - '0']);
            }
        }
        return worst;
    }

    private static long mask(int bits) {
        return (1L << bits) - 1;
    }
}
