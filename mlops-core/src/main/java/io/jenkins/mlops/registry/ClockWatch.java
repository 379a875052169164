package io.jenkins.mlops.registry;

import java.util.function.LongSupplier;

/**
 * Watches the clock on the wall against one that only runs forward.
 *
 * <p>A wall clock that jumps (set wrong by hand or by a time server, and set right again soon) must not end what waits
 * for days. After a jump of more than {@value #JUMP_MILLIS} ms its time is acted upon only once it has kept pace for
 * {@value #SETTLING_MILLIS} ms; a time that is right, as after a machine was asleep, is merely acted upon that much
 * later.
 */
public final class ClockWatch {
    /** How far the two clocks may part between two looks, in milliseconds. */
    public static final long JUMP_MILLIS = 5L * 60 * 1000;
    /** How long the wall clock has to keep pace after a jump, in milliseconds. */
    public static final long SETTLING_MILLIS = 10L * 60 * 1000;

    private final LongSupplier wallMillis;
    private final LongSupplier steadyNanos;

    private boolean looked;
    private long beginNanos;
    private long apart;
    private long settled;

    public ClockWatch() {
        this(System::currentTimeMillis, System::nanoTime);
    }

    /**
     * @param wallMillis the clock on the wall, in epoch milliseconds
     * @param steadyNanos the clock that only runs forward, in nanoseconds from any beginning
     */
    public ClockWatch(LongSupplier wallMillis, LongSupplier steadyNanos) {
        this.wallMillis = wallMillis;
        this.steadyNanos = steadyNanos;
    }

    /** The time on the wall, in epoch milliseconds. */
    public long millis() {
        return wallMillis.getAsLong();
    }

    /** Looks at both clocks; to be called regularly. @return whether the wall clock's time may be acted upon */
    public synchronized boolean isSteady() {
        long nanos = steadyNanos.getAsLong();
        if (!looked) {
            beginNanos = nanos;
        }
        long steady = (nanos - beginNanos) / 1_000_000; // a difference, because nanoTime may overflow
        long present = wallMillis.getAsLong() - steady;
        boolean jumped = looked && Math.abs(present - apart) > JUMP_MILLIS;
        if (jumped) {
            settled = steady + SETTLING_MILLIS;
        }
        looked = true;
        apart = present;
        return !jumped && steady >= settled;
    }
}
