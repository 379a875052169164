package io.jenkins.mlops.registry.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeWindowsTest {
    private static final String OFFICE = """
            zone Europe/Berlin
            Mon-Thu 09:00-17:00
            Fri 9:00-12:00
            freeze 2026-12-20..2027-01-05
            """;

    private static long at(String local, String zone) {
        return LocalDateTime.parse(local).atZone(ZoneId.of(zone)).toInstant().toEpochMilli();
    }

    private static String next(ChangeWindows windows, String local, String zone) {
        OptionalLong opening = windows.nextOpening(at(local, zone));
        return opening.isEmpty()
                ? "never"
                : Instant.ofEpochMilli(opening.getAsLong())
                        .atZone(ZoneId.of(zone))
                        .toLocalDateTime()
                        .toString();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T10:00,2026-11-23T10:00", // a Monday, within
        "2026-11-23T09:00,2026-11-23T09:00",
        "2026-11-23T17:00,2026-11-24T09:00", // the end is outside
        "2026-11-27T13:00,2026-11-30T09:00", // Friday afternoon
        "2026-12-18T13:00,2027-01-06T09:00", // into the freeze
        "2026-12-29T10:00,2027-01-06T09:00",
    })
    void aWindowOpensWhereTheClockOfItsZoneSays(String from, String opens) {
        assertThat(next(ChangeWindows.parse(OFFICE), from, "Europe/Berlin")).isEqualTo(opens);
    }

    @Test
    void aWindowMayReachIntoTheNextDay() {
        ChangeWindows nights = ChangeWindows.parse("Sat,Sun 22:00-02:00; freeze 2026-11-29");
        assertThat(nights.isOpen(at("2026-11-22T23:00", "UTC"))).isTrue();
        assertThat(nights.isOpen(at("2026-11-23T01:59", "UTC"))).isTrue();
        assertThat(nights.isOpen(at("2026-11-23T02:00", "UTC"))).isFalse();
        // Saturday's window is cut at midnight by Sunday's freeze, Sunday's begins when it ends.
        assertThat(nights.isOpen(at("2026-11-28T23:59", "UTC"))).isTrue();
        assertThat(next(nights, "2026-11-29T00:00", "UTC")).isEqualTo("2026-11-30T00:00");
        assertThat(ChangeWindows.parse("daily 00:00-24:00").longestGapMillis()).isZero();
    }

    @Test
    void clocksThatChangeMoveWindows() {
        // In Berlin 02:00 to 03:00 is skipped on 2026-03-29 and stands twice on 2026-10-25.
        ChangeWindows windows = ChangeWindows.parse("zone Europe/Berlin\nSun 02:15-02:45");
        assertThat(next(windows, "2026-03-28T12:00", "UTC")).isEqualTo("2026-03-29T01:15");
        assertThat(windows.isOpen(at("2026-03-29T01:30", "UTC"))).isTrue();
        assertThat(windows.isOpen(at("2026-10-25T00:30", "UTC"))).isTrue();
        assertThat(windows.isOpen(at("2026-10-25T01:30", "UTC"))).isTrue();
        assertThat(windows.isOpen(at("2026-10-25T01:45", "UTC"))).isFalse();
    }

    @Test
    void withoutWindowsOnlyFreezesClose() {
        ChangeWindows freezes = ChangeWindows.parse("freeze 2026-12-24..2026-12-26\nfreeze 2026-12-27");
        assertThat(freezes.isOpen(at("2026-12-23T23:59:59", "UTC"))).isTrue();
        assertThat(next(freezes, "2026-12-24T00:00", "UTC")).isEqualTo("2026-12-28T00:00");
        assertThat(ChangeWindows.parse("freeze 2020-01-01..9999-12-31").nextOpening(0))
                .isPresent();
        assertThat(next(ChangeWindows.parse("freeze 2020-01-01..9999-12-31"), "2026-01-01T00:00", "UTC"))
                .isEqualTo("never");
        assertThat(ChangeWindows.ALWAYS.isOpen(42)).isTrue();
        assertThat(ChangeWindows.parse(" \n").isOpen(42)).isTrue();
    }

    @Test
    void theLongestGapIsTheWeekend() {
        assertThat(ChangeWindows.parse(OFFICE).longestGapMillis())
                .isEqualTo(Duration.ofHours(69).toMillis());
        assertThat(ChangeWindows.parse(OFFICE).display(at("2026-11-23T09:00", "UTC")))
                .isEqualTo("2026-11-23 10:00 Europe/Berlin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mon 09:00",
                "Mon 09:00-25:00",
                "Mon 09:00-09:00",
                "Mun 09:00-17:00",
                "Mon- 09:00-17:00",
                "09:00-17:00",
                "freeze 2026-13-01",
                "freeze 2026-12-02..2026-12-01",
                "freeze",
                "zone Mars/Base",
                "zone UTC;zone UTC",
                "zone",
                "Mon 24:00-02:00"
            })
    void anErrorNamesTheLine(String line) {
        assertThatThrownBy(() -> ChangeWindows.parse("Tue 01:00-02:00\n\n" + line))
                .isInstanceOf(WindowSyntaxException.class)
                .hasMessageMatching("The change windows can't be read at line [34]: expected .+, found .+");
    }

    /** Minute by minute over three weeks: open is what the local clock says, and the next opening is the first. */
    @Property(tries = 60)
    void theNextOpeningIsTheFirstOpenMoment(
            @ForAll @IntRange(min = 0, max = 6) int day,
            @ForAll @IntRange(min = 0, max = 95) int from,
            @ForAll @IntRange(min = 0, max = 95) int to,
            @ForAll @IntRange(min = 0, max = 13) int start) {
        if (from == to) {
            return;
        }
        String[] names = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
        ChangeWindows windows = ChangeWindows.parse("%s %02d:%02d-%02d:%02d; freeze 2026-11-25..2026-11-26"
                .formatted(names[day], from / 4, from % 4 * 15, to / 4, to % 4 * 15));
        LocalDateTime first = LocalDateTime.parse("2026-11-20T00:00").plusDays(start);
        long expected = -1;
        for (int quarter = 0; quarter < 21 * 96 && expected < 0; quarter++) {
            LocalDateTime moment = first.plusMinutes(quarter * 15L);
            int slot = moment.getHour() * 4 + moment.getMinute() / 15;
            int today = moment.getDayOfWeek().getValue() - 1;
            boolean sameDay = from < to
                    ? today == day && slot >= from && slot < to
                    : today == day && slot >= from || today == (day + 1) % 7 && slot < to;
            boolean frozen =
                    moment.getMonthValue() == 11 && (moment.getDayOfMonth() == 25 || moment.getDayOfMonth() == 26);
            if (sameDay && !frozen) {
                expected = at(moment.toString(), "UTC");
            }
        }
        assertThat(windows.nextOpening(at(first.toString(), "UTC"))).hasValue(expected);
    }
}
