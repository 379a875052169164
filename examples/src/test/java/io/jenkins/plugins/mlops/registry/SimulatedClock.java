package io.jenkins.plugins.mlops.registry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that a test puts forward, by which the registry keeps its times and monitors look. In between it ticks. */
public final class SimulatedClock extends Clock {
    private final Clock real;
    private volatile Duration ahead = Duration.ZERO;

    private SimulatedClock(Clock real) {
        this.real = real;
    }

    /** Has Jenkins go by a clock that shows {@code first}. */
    public static SimulatedClock at(Instant first) {
        SimulatedClock clock = new SimulatedClock(Clock.systemUTC());
        clock.set(first);
        RegistryConnection.get().setClock(clock);
        return clock;
    }

    /** Puts it to a time. */
    public void set(Instant time) {
        ahead = Duration.between(real.instant(), time);
    }

    @Override
    public Instant instant() {
        return real.instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(real.withZone(zone), ahead);
    }
}
