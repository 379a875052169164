package io.jenkins.mlops.monitor.plan;

import io.jenkins.mlops.monitor.retraining.QuietHours;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Quiet hours as people write them: {@code 22:00-06:00}, {@code 09:00-17:00 Mon-Fri}, {@code Sat,Sun}. The days are those
 * on which a span begins; a span that ends before it begins ends on the next day.
 */
public final class QuietHoursText {
    private static final Pattern SPAN =
            Pattern.compile("(?:(\\d{1,2}:\\d{2})\\s*-\\s*(\\d{1,2}:\\d{2})\\s*)?([A-Za-z][A-Za-z,\\s-]*)?");

    private QuietHoursText() {}

    /**
     * Reads spans.
     *
     * @param zone whose clock they are by
     * @throws IllegalArgumentException naming the span that is none, or the zone that isn't known
     */
    public static List<QuietHours> all(List<String> spans, String zone) {
        if (spans.isEmpty()) {
            return List.of();
        }
        if (zone.isEmpty()) {
            throw new IllegalArgumentException("timeZone: expected whose clock the quiet hours are by, such as"
                    + " Europe/Vienna or UTC, found none");
        }
        ZoneId whose;
        try {
            whose = ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "timeZone: expected a zone such as Europe/Vienna or UTC, found '" + zone + "'", e);
        }
        return spans.stream().map(text -> span(text, whose)).toList();
    }

    private static QuietHours span(String text, ZoneId zone) {
        Matcher span = SPAN.matcher(text.strip());
        if (text.isBlank() || !span.matches()) {
            throw wrong(text);
        }
        String days = span.group(3);
        boolean timed = span.group(1) != null;
        return new QuietHours(
                zone,
                timed ? time(span.group(1), text) : LocalTime.MIDNIGHT,
                timed ? time(span.group(2), text) : LocalTime.MIDNIGHT,
                days == null ? EnumSet.allOf(DayOfWeek.class) : days(days, text));
    }

    private static LocalTime time(String time, String text) {
        if (time.equals("24:00")) {
            return LocalTime.MIDNIGHT;
        }
        try {
            return LocalTime.parse(time.length() == 4 ? "0" + time : time);
        } catch (DateTimeException e) {
            throw wrong(text);
        }
    }

    private static Set<DayOfWeek> days(String days, String text) {
        Set<DayOfWeek> set = EnumSet.noneOf(DayOfWeek.class);
        for (String part : days.split("[,\\s]+")) {
            String[] ends = part.split("-", -1);
            if (ends.length > 2) {
                throw wrong(text);
            }
            DayOfWeek last = day(ends[ends.length - 1], text);
            for (DayOfWeek day = day(ends[0], text); ; day = day.plus(1)) {
                set.add(day);
                if (day == last) {
                    break;
                }
            }
        }
        return set;
    }

    private static DayOfWeek day(String name, String text) {
        String upper = name.toUpperCase(Locale.ROOT);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (upper.length() >= 3 && day.name().startsWith(upper)) {
                return day;
            }
        }
        throw wrong(text);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
                "quietHours: expected a span such as '22:00-06:00', '09:00-17:00 Mon-Fri' or 'Sat,Sun', found '" + text
                        + "'");
    }
}
