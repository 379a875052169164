package io.jenkins.mlops.registry.window;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Limits;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * When approved promotions may be applied.
 *
 * <pre>
 * zone Europe/Berlin
 * Mon-Thu 09:00-17:00
 * Fri 09:00-12:00
 * freeze 2026-12-20..2027-01-05
 * </pre>
 *
 * <p>One entry a line, or several between semicolons: the time zone of all of them (UTC without one), weekly windows
 * (days {@code Mon}, {@code Mon-Fri}, {@code Sat,Sun} or {@code daily}, then a time range; one that ends before it
 * begins ends on the next day, {@code 24:00} is midnight), and freezes, days on which nothing is changed. Without any
 * window it is always open but for the freezes. A window's end is outside it. Windows follow the local clock: on the
 * day that skips an hour, one that begins within it begins an hour later.
 */
public final class ChangeWindows {
    /** Longest text, in UTF-16 units. */
    public static final int MAX_LENGTH = 10_000;

    /** Always open. */
    public static final ChangeWindows ALWAYS = new ChangeWindows("", ZoneId.of("UTC"), List.of(), List.of());

    /** Farther than this nobody looks for an opening. */
    private static final int HORIZON_YEARS = 10;

    private final String text;
    private final ZoneId zone;
    private final List<WeeklyWindow> windows;
    private final List<Freeze> freezes;

    ChangeWindows(String text, ZoneId zone, List<WeeklyWindow> windows, List<Freeze> freezes) {
        this.text = text;
        this.zone = zone;
        this.windows = Collections.unmodifiableList(windows);
        this.freezes = Collections.unmodifiableList(freezes);
    }

    /**
     * Reads change windows; null and blank text mean always.
     *
     * @throws WindowSyntaxException naming the line, what was expected there and what was found
     */
    public static ChangeWindows parse(@CheckForNull String text) {
        if (text == null || text.isBlank()) {
            return ALWAYS;
        }
        Limits.text("The change windows", text, MAX_LENGTH);
        return WindowText.read(text.replace("\r\n", "\n"));
    }

    /** The text that was read; empty when it is always open. */
    public String text() {
        return text;
    }

    public ZoneId zone() {
        return zone;
    }

    public List<WeeklyWindow> windows() {
        return windows;
    }

    public List<Freeze> freezes() {
        return freezes;
    }

    /** Whether changes may be made at a moment in epoch milliseconds. */
    public boolean isOpen(long millis) {
        OptionalLong opening = nextOpening(millis);
        return opening.isPresent() && opening.getAsLong() == millis;
    }

    /**
     * The first moment, from {@code millis} on, at which changes may be made; {@code millis} itself when they may now.
     *
     * @return in epoch milliseconds; empty when nothing opens in the next ten years
     */
    public OptionalLong nextOpening(long millis) {
        if (text.isEmpty()) {
            return OptionalLong.of(millis);
        }
        ZonedDateTime from = Instant.ofEpochMilli(millis).atZone(zone);
        // A window that began yesterday may still be open today.
        LocalDate day = from.toLocalDate().minusDays(1);
        LocalDate end = day.plusYears(HORIZON_YEARS);
        while (day.isBefore(end)) {
            ZonedDateTime best = null;
            for (WeeklyWindow window : windows) {
                if (window.days().contains(day.getDayOfWeek())) {
                    best = earlier(best, opening(from, window.opens(day, zone), window.closes(day, zone)));
                }
            }
            if (windows.isEmpty()) {
                best = opening(from, day.atStartOfDay(zone), day.plusDays(1).atStartOfDay(zone));
            }
            if (best != null) {
                return OptionalLong.of(best.toInstant().toEpochMilli());
            }
            day = afterFreeze(day);
        }
        return OptionalLong.empty();
    }

    /** The day to look at after this one: the last day of a freeze, whose windows may reach beyond it. */
    private LocalDate afterFreeze(LocalDate day) {
        LocalDate next = day.plusDays(1);
        for (Freeze freeze : freezes) {
            if (freeze.covers(next) && freeze.last().isAfter(next)) {
                next = freeze.last();
            }
        }
        return next;
    }

    /** The first moment in a window, from {@code from} on, that lies in no freeze. */
    @CheckForNull
    private ZonedDateTime opening(ZonedDateTime from, ZonedDateTime opens, ZonedDateTime closes) {
        ZonedDateTime moment = opens.isAfter(from) ? opens : from;
        boolean moved = true;
        while (moved && moment.isBefore(closes)) {
            moved = false;
            for (Freeze freeze : freezes) {
                if (freeze.covers(moment.toLocalDate())) {
                    moment = freeze.last().plusDays(1).atStartOfDay(zone);
                    moved = true;
                }
            }
        }
        return moment.isBefore(closes) ? moment : null;
    }

    @CheckForNull
    private static ZonedDateTime earlier(@CheckForNull ZonedDateTime a, @CheckForNull ZonedDateTime b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return b.isBefore(a) ? b : a;
    }

    /**
     * The longest time from one closing to the next opening in an ordinary week, without the freezes.
     *
     * @return in milliseconds; 0 when it never closes
     */
    public long longestGapMillis() {
        if (windows.isEmpty()) {
            return 0;
        }
        // A week without a change of the clocks: every window's closing is followed by the gap that is looked for.
        ChangeWindows plain = new ChangeWindows(text, ZoneId.of("UTC"), windows, List.of());
        LocalDate monday = LocalDate.of(2024, 1, 1);
        long longest = 0;
        for (WeeklyWindow window : windows) {
            for (int i = 0; i < 7; i++) {
                LocalDate day = monday.plusDays(i);
                if (window.days().contains(day.getDayOfWeek())) {
                    long closes = window.closes(day, plain.zone).toInstant().toEpochMilli();
                    longest = Math.max(longest, plain.nextOpening(closes).orElse(closes) - closes);
                }
            }
        }
        return longest;
    }

    /** A moment as people of the windows' zone read it, e.g. {@code 2026-11-23 09:00 Europe/Berlin}. */
    public String display(long millis) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT)
                        .format(Instant.ofEpochMilli(millis).atZone(zone))
                + " " + zone.getId();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChangeWindows those && those.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text.isEmpty() ? "always" : text;
    }
}
