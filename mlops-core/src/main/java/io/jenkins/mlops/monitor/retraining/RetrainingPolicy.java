package io.jenkins.mlops.monitor.retraining;

import io.jenkins.mlops.monitor.Expect;
import io.jenkins.mlops.monitor.Severity;
import java.io.Serializable;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * When a monitor has its model retrained: with manners.
 *
 * @param routes what follows a signal of each severity; a severity that is not named is only noted
 * @param coolDownMillis so long after a retraining of the model was decided nothing is retrained
 * @param budget what retraining may take within seven days
 * @param quietHours when nothing is retrained by itself; suggestions are made all the same
 * @param minimumNewRows so many rows must have come since the last training; 0 for any
 * @param helplessAfter after so many retrainings in a row that didn't help, an automatic policy only suggests; 0 for never
 */
public record RetrainingPolicy(
        Map<Severity, Route> routes,
        long coolDownMillis,
        RetrainingBudget budget,
        List<QuietHours> quietHours,
        long minimumNewRows,
        int helplessAfter)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What follows a signal of a severity. */
    public enum Route {
        /** A line on the page. */
        NOTE,
        /** A person is asked. */
        SUGGEST,
        /** A build is queued. */
        AUTOMATIC
    }

    public RetrainingPolicy {
        Expect.that(routes != null, "routes by severity", null);
        EnumMap<Severity, Route> copy = new EnumMap<>(Severity.class);
        copy.putAll(routes);
        Expect.that(!copy.containsValue(null), "a route for each severity", routes);
        routes = Collections.unmodifiableMap(copy);
        Expect.notNegative(coolDownMillis, "a cool-down in milliseconds");
        Expect.that(budget != null, "a budget", null);
        quietHours = Expect.list(quietHours, "spans of quiet hours", 50);
        Expect.notNegative(minimumNewRows, "a number of rows");
        Expect.that(helplessAfter >= 0, "a number of retrainings of 0 or more", helplessAfter);
    }

    /** Suggests on a warning and on worse; a day of cool-down, seven builds a week, turned down after three in vain. */
    public static RetrainingPolicy suggesting() {
        return of(Route.SUGGEST);
    }

    /** As {@link #suggesting()}, but critical signals have a build queued. */
    public static RetrainingPolicy automatic() {
        return of(Route.AUTOMATIC);
    }

    private static RetrainingPolicy of(Route critical) {
        return new RetrainingPolicy(
                Map.of(Severity.WARNING, Route.SUGGEST, Severity.CRITICAL, critical),
                24 * 3_600_000L,
                RetrainingBudget.DEFAULT,
                List.of(),
                0,
                3);
    }

    /**
     * Decides on a request; asks nobody and changes nothing.
     *
     * <p>A decision to retrain is no leave to queue: that is the claim of the request's key, which the store grants once.
     *
     * @param history the retrainings of the same model, in any order; those of the last 400 days are enough
     * @param nowMillis the time, in milliseconds since 1970; may have been set back
     */
    public RetrainingDecision decide(RetrainingRequest request, List<RetrainingAttempt> history, long nowMillis) {
        return new RetrainingRules(this, request, history, nowMillis).decide();
    }

    /**
     * Whether this policy, which retrains by itself, only asks people now, since the last retrainings didn't help.
     *
     * @param history the retrainings of the model, in any order
     */
    public boolean turnedDown(String monitor, List<RetrainingAttempt> history) {
        List<RetrainingAttempt> sorted = history.stream()
                .sorted(Comparator.comparingLong(RetrainingAttempt::claimedMillis)
                        .thenComparing(RetrainingAttempt::key)
                        .reversed())
                .toList();
        return helplessAfter > 0
                && routes.containsValue(Route.AUTOMATIC)
                && RetrainingRules.inVain(monitor, sorted) >= helplessAfter;
    }
}
