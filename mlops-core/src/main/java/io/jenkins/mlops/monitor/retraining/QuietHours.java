package io.jenkins.mlops.monitor.retraining;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * When nothing is retrained by itself: a span of each of some days, by the clock on a wall.
 *
 * @param zone whose clock, such as {@code Europe/Vienna}
 * @param from the first quiet minute
 * @param to the first minute that is not quiet any more; before {@code from} it is on the next day, equal to it the whole day is quiet
 * @param days on which days the span begins; at least one
 */
public record QuietHours(ZoneId zone, LocalTime from, LocalTime to, Set<DayOfWeek> days) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A week and a day: no span is longer than seven days together. */
    private static final int MOST_STEPS = 16;

    public QuietHours {
        Expect.that(zone != null && from != null && to != null, "a zone and two times", zone + ", " + from + ", " + to);
        days = Collections.unmodifiableSet(new TreeSet<>(Expect.present(days, "days")));
        Expect.that(!days.isEmpty(), "at least one day", "none");
    }

    /** Whether a moment is in a quiet span. */
    public boolean contains(long millis) {
        return end(millis) > millis;
    }

    /** When the quiet span around a moment ends; the moment itself when it is in none. */
    private long end(long millis) {
        ZonedDateTime now = Instant.ofEpochMilli(millis).atZone(zone);
        long end = millis;
        for (int back = 0; back <= 1; back++) {
            ZonedDateTime day = now.minusDays(back);
            if (days.contains(day.getDayOfWeek())) {
                long start =
                        day.toLocalDate().atTime(from).atZone(zone).toInstant().toEpochMilli();
                long stop = day.toLocalDate()
                        .plusDays(from.isBefore(to) ? 0 : 1)
                        .atTime(to)
                        .atZone(zone)
                        .toInstant()
                        .toEpochMilli();
                if (start <= millis && millis < stop) {
                    end = Math.max(end, stop);
                }
            }
        }
        return end;
    }

    /** The first moment from {@code millis} on that is not quiet; -1 when every moment is. */
    public long nextOpen(long millis) {
        long next = millis;
        for (int i = 0; i < MOST_STEPS; i++) {
            long end = end(next);
            if (end == next) {
                return next;
            }
            next = end;
        }
        return -1;
    }

    @Override
    public String toString() {
        return from + " to " + to + " " + zone + (days.size() == 7 ? "" : " on " + days);
    }
}
