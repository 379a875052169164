package io.jenkins.mlops.monitor.plan;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.data.ColumnProfile;
import io.jenkins.mlops.data.DataFormat;
import io.jenkins.mlops.data.DataProfile;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.monitor.Expect;
import io.jenkins.mlops.monitor.Severity;
import io.jenkins.mlops.monitor.bucket.BucketAccess;
import io.jenkins.mlops.monitor.bucket.BucketLocation;
import io.jenkins.mlops.monitor.drift.DriftOptions;
import io.jenkins.mlops.monitor.quality.EstimateOptions;
import io.jenkins.mlops.monitor.retraining.RetrainingBudget;
import io.jenkins.mlops.monitor.retraining.RetrainingPolicy;
import io.jenkins.mlops.monitor.retraining.RollbackPolicy;
import io.jenkins.mlops.monitor.signal.Hysteresis;
import io.jenkins.mlops.monitor.window.LogSource;
import io.jenkins.mlops.monitor.window.ReadingLimits;
import io.jenkins.mlops.monitor.window.Reference;
import io.jenkins.mlops.monitor.window.WatchTask;
import io.jenkins.mlops.monitor.window.WindowSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What is watched of an endpoint's predictions, and what follows. Kept as JSON in a {@code MonitorRecord}.
 *
 * @param logs the folder of the prediction logs, an absolute path on the agent; or {@code s3://bucket/prefix}
 * @param pattern the files in it, as a glob
 * @param label the agent that has them, or fetches them, by a label expression
 * @param timeColumn the column of a row's time; empty for windows of rows
 * @param idColumn the column of a row's id; empty for none
 * @param windowMillis length of a window of time; 0 for windows of rows
 * @param windowRows rows of a window; 0 for windows of time
 * @param latenessMillis how long a window of time stays open after its end
 * @param reference a file of rows to compare with, by its absolute path on the agent; empty for the profile of the data
 *     that the serving version was trained on
 * @param columns the columns to compare; empty for all
 * @param except columns to pass over
 * @param driftShare from this share of drifted columns on there is drift
 * @param minimumRows with fewer rows a window says nothing
 * @param scoreColumn the column of a calibrated probability, from which accuracy is estimated; empty for none
 * @param minimumAccuracy the least estimated accuracy; 0 for any
 * @param hysteresis how many windows make an alarm
 * @param retraining {@code off}, {@code suggest} or {@code automatic}
 * @param coolDownMillis how long after a retraining none follows
 * @param buildsPerWeek how many retrainings within seven days
 * @param minimumNewRows how many rows must have come since the last training; 0 for any
 * @param helplessAfter after so many retrainings in vain it only suggests; 0 for never
 * @param rollbackMillis how long after a rollout an alarm puts the last good version back; 0 for never
 * @param everyMinutes how often it looks, at least 1
 * @param rules what live data and the endpoint are held to, and the manners of retraining
 */
public record MonitorPlan(
        String logs,
        String pattern,
        String label,
        String timeColumn,
        String idColumn,
        long windowMillis,
        long windowRows,
        long latenessMillis,
        String reference,
        List<String> columns,
        List<String> except,
        double driftShare,
        long minimumRows,
        String scoreColumn,
        double minimumAccuracy,
        Hysteresis hysteresis,
        String retraining,
        long coolDownMillis,
        int buildsPerWeek,
        long minimumNewRows,
        int helplessAfter,
        long rollbackMillis,
        int everyMinutes,
        MonitorRules rules) {
    /** What may follow an alarm. */
    public static final List<String> RETRAINING = List.of("off", "suggest", "automatic");

    private static final int MOST_MINUTES = 7 * 24 * 60;

    /** @throws IllegalArgumentException saying what was expected and found */
    public MonitorPlan {
        Expect.name(logs, "the folder of the prediction logs");
        Expect.text(reference, "a path", 4_096);
        columns = Collections.unmodifiableList(new ArrayList<>(Expect.list(columns, "columns", Expect.COLUMNS)));
        except = Collections.unmodifiableList(new ArrayList<>(Expect.list(except, "columns", Expect.COLUMNS)));
        Expect.text(label, "a label", Expect.NAME);
        Expect.that(hysteresis != null, "a hysteresis", null);
        Expect.that(
                windowMillis == 0 != (windowRows == 0),
                "a window by time or by rows",
                windowMillis + ", " + windowRows);
        Expect.that(RETRAINING.contains(retraining), "retraining of off, suggest or automatic", retraining);
        Expect.that(buildsPerWeek >= 0, "a number of builds of 0 or more", buildsPerWeek);
        Expect.share(minimumAccuracy, "an accuracy");
        Expect.notNegative(rollbackMillis, "a watch window in milliseconds");
        Expect.that(
                everyMinutes >= 1 && everyMinutes <= MOST_MINUTES, "1 to " + MOST_MINUTES + " minutes", everyMinutes);
        source(pattern, timeColumn, idColumn, null);
        windows(windowMillis, windowRows, latenessMillis);
        drift(columns, except, driftShare, minimumRows);
        // Monitors that were kept before there were rules have none.
        rules = rules == null ? MonitorRules.NONE : rules;
        if (BucketLocation.is(logs)) {
            BucketLocation.of(logs);
        }
        Expect.that(
                rules.bucket() == null || BucketLocation.is(logs),
                "logs of the form s3://bucket/prefix where it is said how their store is reached",
                logs);
        Contradictions.refuse(
                retraining,
                rules,
                timeColumn,
                policy(retraining, coolDownMillis, buildsPerWeek, minimumNewRows, helplessAfter, rules.manners()));
    }

    private static LogSource source(
            String pattern, String timeColumn, String idColumn, @CheckForNull Collection<String> inputs) {
        boolean named = inputs != null && inputs.size() <= Expect.COLUMNS;
        return new LogSource(pattern, DataFormat.OTHER, timeColumn, idColumn, named ? List.copyOf(inputs) : List.of());
    }

    private static WindowSpec windows(long millis, long rows, long lateness) {
        return millis > 0 ? WindowSpec.ofMillis(millis, lateness) : WindowSpec.ofRows(rows);
    }

    private static DriftOptions drift(List<String> columns, List<String> except, double share, long rows) {
        return DriftOptions.DEFAULT
                .withColumns(columns, except)
                .withDatasetShare(share)
                .withMinimumRows(rows);
    }

    /** The plan as text. */
    public String toJson() {
        return Json.write(this);
    }

    /** A plan of such a text. */
    public static MonitorPlan of(String json) {
        return Json.read(json, MonitorPlan.class);
    }

    /** How the stream is cut. */
    public WindowSpec windows() {
        return windows(windowMillis, windowRows, latenessMillis);
    }

    /**
     * What an agent is asked to do.
     *
     * @param profile the profile of the data that the serving version was trained on; null where there is none
     */
    public WatchTask task(@CheckForNull DataProfile profile) {
        return task(profile, null);
    }

    /**
     * As {@link #task(DataProfile)}.
     *
     * @param inputs the columns that the signature of the serving version asks for; null without one
     */
    public WatchTask task(@CheckForNull DataProfile profile, @CheckForNull Collection<String> inputs) {
        Reference with =
                !reference.isEmpty() ? Reference.rows(reference) : profile == null ? null : Reference.of(profile);
        List<String> passedOver = new ArrayList<>(except);
        for (String column : List.of(timeColumn, idColumn)) {
            if (!column.isEmpty()) {
                passedOver.add(column);
            }
        }
        return new WatchTask(
                source(pattern, timeColumn, idColumn, inputs),
                windows(),
                with,
                ruled(drift(columns, passedOver, driftShare, minimumRows)).withOptional(optional(profile, inputs)),
                rules.expectations(profile, inputs, passedOver),
                scoreColumn.isEmpty() ? null : EstimateOptions.of(scoreColumn),
                ReadingLimits.DEFAULT);
    }

    private DriftOptions ruled(DriftOptions usual) {
        DriftPlan own = rules.drift();
        return own == null ? usual : own.in(usual);
    }

    /** The columns that training had and serving isn't asked with: the label among them. */
    private List<String> optional(@CheckForNull DataProfile profile, @CheckForNull Collection<String> inputs) {
        if (profile == null || inputs == null || !reference.isEmpty()) {
            return List.of();
        }
        return profile.columns().stream()
                .map(ColumnProfile::name)
                .filter(name -> !inputs.contains(name) && !columns.contains(name))
                .limit(Expect.COLUMNS)
                .toList();
    }

    /** Where the logs are in an object store; null when they are in a folder. */
    @CheckForNull
    public BucketLocation bucket() {
        return BucketLocation.is(logs) ? BucketLocation.of(logs) : null;
    }

    /** How their store is reached. */
    public BucketAccess bucketAccess() {
        BucketAccess access = rules.bucket();
        return access == null ? BucketAccess.PUBLIC : access;
    }

    /** Whether an alarm asks for a retraining at all. */
    public boolean retrains() {
        return !retraining.equals("off");
    }

    /** When the model is retrained. */
    public RetrainingPolicy policy() {
        return policy(retraining, coolDownMillis, buildsPerWeek, minimumNewRows, helplessAfter, rules.manners());
    }

    private static RetrainingPolicy policy(
            String retraining, long coolDown, int builds, long newRows, int helpless, RetrainingManners manners) {
        RetrainingPolicy.Route critical = retraining.equals("automatic")
                ? RetrainingPolicy.Route.AUTOMATIC
                : retraining.equals("suggest") ? RetrainingPolicy.Route.SUGGEST : RetrainingPolicy.Route.NOTE;
        Map<Severity, RetrainingPolicy.Route> routes = new EnumMap<>(Severity.class);
        routes.put(
                Severity.WARNING,
                retraining.equals("off") ? RetrainingPolicy.Route.NOTE : RetrainingPolicy.Route.SUGGEST);
        routes.put(Severity.CRITICAL, critical);
        routes.putAll(manners.routes());
        double minutes = manners.minutesPerWeek();
        return new RetrainingPolicy(
                routes,
                coolDown,
                new RetrainingBudget(
                        builds, minutes == 0 ? RetrainingBudget.UNLIMITED : minutes, RetrainingBudget.UNLIMITED),
                manners.quiet(),
                newRows,
                helpless);
    }

    /** When the last good version is put back. */
    public RollbackPolicy rollback() {
        return rollbackMillis == 0
                ? RollbackPolicy.OFF
                : new RollbackPolicy(rollbackMillis, List.of("endpoint:", "quality:"), Severity.CRITICAL);
    }
}
