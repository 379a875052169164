package jenkins.util;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import java.util.concurrent.TimeUnit;

/** A time span as a parameter of a request: {@code 5}, {@code 5sec}, {@code 5min}. */
public class TimeDuration {
    private final long millis;

    public TimeDuration(long millis) {
        this.millis = millis;
    }

    public int getTimeInSeconds() {
        return (int) (millis / 1000L);
    }

    @CheckForNull
    public static TimeDuration fromString(@Nullable String delay) {
        if (delay == null || delay.isBlank()) {
            return null;
        }
        String d = delay.trim().toLowerCase(java.util.Locale.ROOT);
        long unit = d.matches(".*\\d\\s*(min|mins|minute|minutes)") ? TimeUnit.MINUTES.toMillis(1) : 1000;
        return new TimeDuration(Long.parseLong(d.replaceAll("\\D", "")) * unit);
    }
}
