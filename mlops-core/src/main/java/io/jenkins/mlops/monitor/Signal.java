package io.jenkins.mlops.monitor;

/**
 * A signal with hysteresis: it takes several bad observations in a row to raise an alarm and several good ones to end
 * it, so that a single lost packet wakes nobody and a flapping service does not look healed.
 *
 * @param state how serious it is
 * @param run how many observations of the present kind came in a row, good or bad; at least 0
 * @param sinceMillis when the present state began, in milliseconds since 1970
 */
public record Signal(SignalState state, int run, long sinceMillis) {
    public Signal {
        if (state == null || run < 0) {
            throw new IllegalArgumentException(
                    "a signal needs a state and a count from 0, found " + state + ", " + run);
        }
    }

    /** A signal of which nothing has been observed yet. */
    public static Signal quiet(long nowMillis) {
        return new Signal(SignalState.OK, 0, nowMillis);
    }

    /**
     * The signal after one more observation.
     *
     * @param good whether it was good
     * @param toAlarm bad observations in a row that raise an alarm, at least 1
     * @param toHeal good observations in a row that end one, at least 1
     * @param nowMillis when it was observed, in milliseconds since 1970
     */
    public Signal observe(boolean good, int toAlarm, int toHeal, long nowMillis) {
        if (toAlarm < 1 || toHeal < 1) {
            throw new IllegalArgumentException(
                    "expected at least one observation to change a state, found " + toAlarm + " and " + toHeal);
        }
        boolean wasGood = state == SignalState.OK || state == SignalState.RECOVERING;
        int inRow = good == wasGood ? (run == Integer.MAX_VALUE ? run : run + 1) : 1;
        SignalState next =
                switch (state) {
                    case OK, SUSPECT ->
                        good ? SignalState.OK : inRow >= toAlarm ? SignalState.ALARM : SignalState.SUSPECT;
                    case ALARM, RECOVERING ->
                        !good ? SignalState.ALARM : inRow >= toHeal ? SignalState.OK : SignalState.RECOVERING;
                };
        return new Signal(next, inRow, next == state ? sinceMillis : nowMillis);
    }
}
