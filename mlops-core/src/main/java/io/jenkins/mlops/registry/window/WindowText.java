package io.jenkins.mlops.registry.window;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads change windows, line by line; the form stands at {@link ChangeWindows}. */
final class WindowText {
    private static final String LINE =
            "'zone NAME', 'freeze DATE', 'freeze DATE..DATE' or days with a time range such as 'Mon-Fri 09:00-17:00'";
    private static final Pattern RANGE = Pattern.compile("(\\d{1,2}:\\d{2})\\s*-\\s*(\\d{1,2}:\\d{2})");
    private static final int MOST = 100;

    private final List<WeeklyWindow> windows = new ArrayList<>();
    private final List<Freeze> freezes = new ArrayList<>();
    private ZoneId zone;
    private int line;

    static ChangeWindows read(String text) {
        WindowText reader = new WindowText();
        for (String row : text.split("[\\n;]", -1)) {
            reader.line++;
            if (!row.isBlank()) {
                reader.row(row.strip());
            }
        }
        return new ChangeWindows(
                text.strip(), reader.zone == null ? ZoneId.of("UTC") : reader.zone, reader.windows, reader.freezes);
    }

    private void row(String row) {
        String[] words = row.split("\\s+", 2);
        String rest = words.length == 2 ? words[1].strip() : "";
        switch (words[0].toLowerCase(Locale.ROOT)) {
            case "zone" -> {
                if (zone != null) {
                    throw new WindowSyntaxException(line, "one zone for all windows", row);
                }
                zone = zone(rest);
            }
            case "freeze" -> {
                most(freezes.size());
                freezes.add(freeze(rest));
            }
            default -> {
                most(windows.size());
                windows.add(window(words[0], rest));
            }
        }
    }

    private void most(int size) {
        if (size >= MOST) {
            throw new WindowSyntaxException(line, "at most " + MOST + " windows and as many freezes", "one more");
        }
    }

    private ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new WindowSyntaxException(line, "the name of a time zone such as Europe/Berlin or UTC", name);
        }
    }

    private Freeze freeze(String dates) {
        String[] ends = dates.split("\\s*\\.\\.\\s*", 2);
        LocalDate first = date(ends[0]);
        LocalDate last = ends.length == 2 ? date(ends[1]) : first;
        if (last.isBefore(first)) {
            throw new WindowSyntaxException(line, "a last day that is not before the first", dates);
        }
        return new Freeze(first, last);
    }

    private LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new WindowSyntaxException(line, "a date such as 2026-12-24", text);
        }
    }

    private WeeklyWindow window(String days, String range) {
        Set<DayOfWeek> on = days(days);
        Matcher ends = RANGE.matcher(range);
        if (!ends.matches()) {
            throw new WindowSyntaxException(line, "a time range such as 09:00-17:00 after the days", range);
        }
        LocalTime from = time(ends.group(1), false);
        LocalTime to = time(ends.group(2), true);
        if (from.equals(to)
                && !(from.equals(LocalTime.MIDNIGHT) && ends.group(2).equals("24:00"))) {
            throw new WindowSyntaxException(
                    line, "a window that ends at another time than it begins (00:00-24:00 for the whole day)", range);
        }
        return new WeeklyWindow(on, from, to);
    }

    private LocalTime time(String text, boolean end) {
        if (end && text.equals("24:00")) {
            return LocalTime.MIDNIGHT;
        }
        try {
            return LocalTime.parse(text.length() == 4 ? "0" + text : text);
        } catch (DateTimeException e) {
            throw new WindowSyntaxException(line, "a time from 00:00 to " + (end ? "24:00" : "23:59"), text);
        }
    }

    private Set<DayOfWeek> days(String text) {
        if (text.equalsIgnoreCase("daily")) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.split(",", -1)) {
            String[] ends = part.split("-", 2);
            DayOfWeek first = day(ends[0]);
            DayOfWeek last = ends.length == 2 ? day(ends[1]) : first;
            DayOfWeek day = first;
            days.add(day);
            while (day != last) {
                day = day.plus(1);
                days.add(day);
            }
        }
        return days;
    }

    private DayOfWeek day(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().equals(name) || day.name().substring(0, 3).equals(name)) {
                return day;
            }
        }
        throw new WindowSyntaxException(line, LINE, text);
    }
}
