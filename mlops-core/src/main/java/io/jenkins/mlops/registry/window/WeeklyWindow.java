package io.jenkins.mlops.registry.window;

import io.jenkins.mlops.registry.Limits;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * A span of time on some days of every week.
 *
 * @param days the days on which it begins
 * @param from when it begins, local time
 * @param to when it ends, local time; at or before {@code from} it ends on the next day, 00:00 being midnight
 */
public record WeeklyWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
    public WeeklyWindow {
        Limits.required("A window's beginning", from);
        Limits.required("A window's end", to);
        if (days.isEmpty()) {
            throw new IllegalArgumentException("A change window needs at least one day");
        }
        days = Collections.unmodifiableSet(EnumSet.copyOf(days));
    }

    /** When the window that begins on a date opens. Where the clocks skip that moment, it opens that much later. */
    ZonedDateTime opens(LocalDate date, ZoneId zone) {
        return ZonedDateTime.of(date, from, zone);
    }

    /** When the window that begins on a date closes. Where the clocks show that moment twice, the second one counts. */
    ZonedDateTime closes(LocalDate date, ZoneId zone) {
        return ZonedDateTime.of(to.isAfter(from) ? date : date.plusDays(1), to, zone)
                .withLaterOffsetAtOverlap();
    }
}
