package io.jenkins.plugins.mlops.registry.lineage.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Numbers as people read them in a table: as many digits as mean something, the same in every row.
 *
 * <p>English signs whatever the reader's language, because the figures are copied into tickets and Jenkinsfiles.
 */
public final class NumberText {
    private static final int DIGITS = 4;
    private static final String[] SIZES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z", Locale.ENGLISH);

    private NumberText() {}

    /** A metric: four decimals up to a thousand, so that a column lines up; {@code undefined} for NaN. */
    public static String metric(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return special(value);
        }
        double size = Math.abs(value);
        if (size != 0 && size < 0.00005 || size >= 1e7) {
            return general(value);
        }
        return String.format(Locale.ENGLISH, size < 1000 ? "%.4f" : "%,.1f", value);
    }

    /** Any number in four significant digits, without zeros that say nothing. */
    public static String general(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return special(value);
        }
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e9) {
            return count((long) value);
        }
        BigDecimal rounded = new BigDecimal(value)
                .round(new MathContext(DIGITS, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        if (size >= 1e9 || size < 1e-4) {
            return String.format(Locale.ENGLISH, "%.3e", value).replaceFirst("\\.?0*e", "e");
        }
        return size >= 1000 ? String.format(Locale.ENGLISH, "%,.0f", value) : rounded.toPlainString();
    }

    /** A signed difference of metrics, with a real minus sign. */
    public static String difference(double value) {
        String text = metric(Math.abs(value));
        if (Double.isNaN(value)) {
            return text;
        }
        return (value > 0 ? "+" : value < 0 ? "\u2212" : "") + text;
    }

    /** A whole number with separators between the thousands. */
    public static String count(long value) {
        return String.format(Locale.ENGLISH, "%,d", value);
    }

    /** A share of one as per cent. */
    public static String percent(double share) {
        if (Double.isNaN(share)) {
            return special(share);
        }
        double value = 100 * share;
        return String.format(
                        Locale.ENGLISH, value != 0 && value < 10 || value > 99 && value < 100 ? "%.1f" : "%.0f", value)
                + " %";
    }

    /** A number of bytes in the unit that keeps it short. */
    public static String bytes(long bytes) {
        int unit = 0;
        double value = bytes;
        while (value >= 1024 && unit < SIZES.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0
                ? count(bytes) + " B"
                : String.format(Locale.ENGLISH, value < 10 ? "%.1f" : "%.0f", value) + " " + SIZES[unit];
    }

    /** A length of time in the two units that matter. */
    public static String duration(long millis) {
        long seconds = millis / 1000;
        if (seconds < 1) {
            return Math.max(0, millis) + " ms";
        }
        if (seconds < 60) {
            return String.format(Locale.ENGLISH, seconds < 10 ? "%.1f s" : "%.0f s", millis / 1000.0);
        }
        long minutes = seconds / 60;
        if (minutes < 60) {
            return minutes + " min " + seconds % 60 + " s";
        }
        long hours = minutes / 60;
        return hours < 48 ? hours + " h " + minutes % 60 + " min" : hours / 24 + " d " + hours % 24 + " h";
    }

    /** A moment in the controller's time zone. */
    public static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault()));
    }

    /** A coordinate in an SVG attribute: one decimal is finer than a pixel. */
    static String coordinate(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        if (text.endsWith(".0")) {
            text = text.substring(0, text.length() - 2);
        }
        return text.equals("-0") ? "0" : text;
    }

    private static String special(double value) {
        if (Double.isNaN(value)) {
            return "undefined";
        }
        return value > 0 ? "\u221e" : "\u2212\u221e";
    }
}
