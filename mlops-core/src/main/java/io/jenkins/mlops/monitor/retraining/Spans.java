package io.jenkins.mlops.monitor.retraining;

/** Spans of time as people say them. */
final class Spans {
    private static final long[] UNITS = {24 * 3_600_000L, 3_600_000L, 60_000L, 1_000L};
    private static final String[] NAMES = {"day", "hour", "minute", "second"};

    private Spans() {}

    /** Two units at most, such as {@code 1 day 3 hours}. */
    static String text(long millis) {
        long rest = Math.max(0, millis);
        StringBuilder text = new StringBuilder();
        int units = 0;
        for (int i = 0; i < UNITS.length && units < 2; i++) {
            long count = rest / UNITS[i];
            rest %= UNITS[i];
            if (count > 0) {
                text.append(units == 0 ? "" : " ")
                        .append(count)
                        .append(' ')
                        .append(NAMES[i])
                        .append(count == 1 ? "" : "s");
                units++;
            }
        }
        return units == 0 ? "less than a second" : text.toString();
    }
}
