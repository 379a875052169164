package io.jenkins.mlops.monitor.plan;

import io.jenkins.mlops.monitor.Severity;
import io.jenkins.mlops.monitor.retraining.QuietHours;
import io.jenkins.mlops.monitor.retraining.RetrainingPolicy;
import io.jenkins.mlops.monitor.retraining.RetrainingPolicy.Route;
import java.util.Locale;
import java.util.Map;

/** Refuses a plan of which one half makes the other void. */
final class Contradictions {
    private static final long HOUR = 3_600_000L;

    /** From a Monday on: any week would do, and the hours of one tell of all. */
    private static final long MONDAY = 4 * 24 * HOUR;

    private Contradictions() {}

    /** @throws IllegalArgumentException saying which two and what to do */
    static void refuse(String retraining, MonitorRules rules, String timeColumn, RetrainingPolicy policy) {
        Map<Severity, Route> routes = rules.manners().routes();
        for (Map.Entry<Severity, Route> route : routes.entrySet()) {
            String name = "on" + route.getKey().name().charAt(0)
                    + route.getKey().symbol().substring(1);
            String what = route.getValue().name().toLowerCase(Locale.ROOT);
            if (retraining.equals("off") && route.getValue() != Route.NOTE) {
                throw new IllegalArgumentException(
                        name + ": '" + what + "' contradicts retraining: 'off'; leave one of them out");
            }
            if (retraining.equals("suggest") && route.getValue() == Route.AUTOMATIC) {
                throw new IllegalArgumentException(name
                        + ": 'automatic' contradicts retraining: 'suggest', by which a person is always asked; say"
                        + " retraining: 'automatic'");
            }
        }
        Route before = Route.NOTE;
        for (Severity severity : Severity.values()) {
            Route route = policy.routes().getOrDefault(severity, Route.NOTE);
            if (route.compareTo(before) < 0) {
                throw new IllegalArgumentException("A " + severity.symbol() + " signal would have less follow ("
                        + route.name().toLowerCase(Locale.ROOT) + ") than one that matters less ("
                        + before.name().toLowerCase(Locale.ROOT) + "); order onInfo, onWarning and onCritical");
            }
            before = route;
        }
        boolean automatic = policy.routes().containsValue(Route.AUTOMATIC);
        if (retraining.equals("automatic") && !automatic) {
            throw new IllegalArgumentException(
                    "retraining: 'automatic' contradicts its routes, of which none is automatic; say retraining:"
                            + " 'suggest'");
        }
        if (!automatic && !policy.quietHours().isEmpty()) {
            throw new IllegalArgumentException("quietHours hold back builds that start by themselves, and none does by"
                    + " retraining: '" + retraining + "'; leave them out");
        }
        if (automatic && policy.budget().builds() == 0) {
            throw new IllegalArgumentException(
                    "buildsPerWeek: 0 contradicts retraining: 'automatic', as no build would ever start");
        }
        if (automatic && isAlwaysQuiet(policy)) {
            throw new IllegalArgumentException(
                    "quietHours leave no hour of the week in which a build could start; shorten them, or say"
                            + " retraining: 'suggest'");
        }
        if (rules.maxAgeMillis() > 0 && timeColumn.isEmpty()) {
            throw new IllegalArgumentException(
                    "maxAge: expected timeColumn, the column of a row's time, to tell the age of rows by; found none");
        }
        if (rules.dataset().isEmpty() && !rules.datasetJob().isEmpty()) {
            throw new IllegalArgumentException("datasetJob: expected the name of its dataset beside it, found none");
        }
    }

    private static boolean isAlwaysQuiet(RetrainingPolicy policy) {
        for (long at = MONDAY; at < MONDAY + 7 * 24 * HOUR; at += HOUR / 60) {
            boolean quiet = false;
            for (QuietHours span : policy.quietHours()) {
                quiet |= span.contains(at);
            }
            if (!quiet) {
                return false;
            }
        }
        return true;
    }
}
