package io.jenkins.mlops.monitor.window;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times as logs write them. */
final class RowTimes {
    private static final double SECONDS = 1e11;
    private static final double MILLIS = 1e14;
    private static final double MICROS = 1e17;

    private RowTimes() {}

    /**
     * Milliseconds since 1970 of ISO 8601 (without an offset it is UTC; a blank may stand for the T), or of a number of
     * seconds, milli-, micro- or nanoseconds since 1970, told apart by their size; null for anything else.
     */
    @CheckForNull
    static Long parse(@CheckForNull String text) {
        if (text == null || text.length() > 40 || text.isEmpty()) {
            return null;
        }
        char last = text.charAt(text.length() - 1);
        if (text.indexOf('-', 1) < 0 && text.indexOf(':') < 0 && last >= '0' && last <= '9') {
            return number(text);
        }
        try {
            if (text.length() == 10) {
                return LocalDate.parse(text)
                        .atStartOfDay()
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli();
            }
            String iso = text.length() > 10 && text.charAt(10) == ' '
                    ? text.substring(0, 10) + "T" + text.substring(11)
                    : text;
            boolean offset = last == 'Z' || last == 'z' || iso.indexOf('+', 10) > 0 || iso.indexOf('-', 10) > 0;
            return offset
                    ? OffsetDateTime.parse(iso).toInstant().toEpochMilli()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeException | ArithmeticException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    @CheckForNull
    private static Long number(String text) {
        try {
            double value = Double.parseDouble(text);
            if (!(value >= 0 && value < 1e20)) {
                return null;
            }
            double millis = value < SECONDS
                    ? value * 1_000
                    : value < MILLIS ? value : value < MICROS ? value / 1e3 : value / 1e6;
            return (long) millis;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
