package io.jenkins.mlops.monitor.plan;

import io.jenkins.mlops.monitor.Expect;
import io.jenkins.mlops.monitor.Severity;
import io.jenkins.mlops.monitor.retraining.QuietHours;
import io.jenkins.mlops.monitor.retraining.RetrainingPolicy.Route;
import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How a retraining policy differs from the usual.
 *
 * @param routes what follows a signal of a severity, where it isn't what {@code retraining} says
 * @param minutesPerWeek minutes of builds within seven days; 0 for any number
 * @param quietHours when nothing is retrained by itself, as {@link QuietHoursText} reads it
 * @param timeZone whose clock these are by, such as {@code Europe/Vienna}; needed for quiet hours
 */
public record RetrainingManners(
        Map<Severity, Route> routes, double minutesPerWeek, List<String> quietHours, String timeZone)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** As usual. */
    public static final RetrainingManners USUAL = new RetrainingManners(Map.of(), 0, List.of(), "");

    public RetrainingManners {
        EnumMap<Severity, Route> copy = new EnumMap<>(Severity.class);
        copy.putAll(Expect.present(routes, "routes by severity"));
        Expect.that(!copy.containsValue(null), "a route for each severity", routes);
        routes = Collections.unmodifiableMap(copy);
        Expect.that(
                minutesPerWeek >= 0 && minutesPerWeek < Double.POSITIVE_INFINITY,
                "minutesPerWeek of 0 or more",
                minutesPerWeek);
        quietHours = Expect.list(quietHours, "spans of quiet hours", 50);
        Expect.text(timeZone, "a time zone", 100);
        QuietHoursText.all(quietHours, timeZone);
    }

    /** The spans of quiet hours. */
    public List<QuietHours> quiet() {
        return QuietHoursText.all(quietHours, timeZone);
    }
}
