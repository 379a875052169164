package io.jenkins.mlops.monitor.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as people write them: {@code 250ms}, {@code 30s}, {@code 15m}, {@code 6h}, {@code 1d}, {@code 2w}. */
public final class SpanText {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,9})\\s*(ms|[smhdw])");
    private static final String UNITS = "smhdw";
    private static final long[] MILLIS = {1_000L, 60_000L, 3_600_000L, 86_400_000L, 7 * 86_400_000L};

    private SpanText() {}

    /**
     * Milliseconds of a span.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static long millis(String what, String text) {
        Matcher span = SPAN.matcher(text.trim());
        if (!span.matches()) {
            throw new IllegalArgumentException(
                    what + ": expected a span such as 30s, 15m, 6h, 1d or 2w, found '" + text + "'");
        }
        if (span.group(2).equals("ms")) {
            return Long.parseLong(span.group(1));
        }
        return Math.multiplyExact(Long.parseLong(span.group(1)), MILLIS[UNITS.indexOf(span.group(2))]);
    }
}
