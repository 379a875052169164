package io.jenkins.plugins.mlops.monitor.spec;

import io.jenkins.mlops.monitor.bucket.BucketLocation;
import io.jenkins.mlops.monitor.plan.MonitorPlan;
import io.jenkins.mlops.monitor.plan.MonitorRules;
import io.jenkins.mlops.monitor.plan.RetrainingManners;
import io.jenkins.mlops.monitor.plan.SpanText;
import io.jenkins.mlops.monitor.signal.Hysteresis;
import io.jenkins.plugins.mlops.monitor.watch.Recordings;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what people wrote of a monitor into a plan. */
final class SpecPlan {
    private static final Pattern ROWS = Pattern.compile("(\\d{1,12}) rows?");
    private static final Pattern ALARM = Pattern.compile("(\\d{1,2}) of (\\d{1,2})");

    private SpecPlan() {}

    static MonitorPlan of(MonitorSpec spec) {
        Matcher rows = ROWS.matcher(spec.getWindow());
        boolean byRows = rows.matches();
        Matcher of = ALARM.matcher(spec.getAlarm());
        if (!of.matches()) {
            throw new IllegalArgumentException(
                    "alarm: expected a count such as 2 of 3, found '" + spec.getAlarm() + "'");
        }
        if (!byRows && spec.getTimeColumn().isEmpty()) {
            throw new IllegalArgumentException("timeColumn: expected the column of a row's time for a window of "
                    + spec.getWindow() + ", found none; or cut by rows: window: '1000 rows'");
        }
        boolean recorded = !spec.getRecorderCredentialsId().isEmpty();
        if (recorded && !(spec.getLogs().isEmpty() && spec.getLabel().isEmpty())) {
            throw new IllegalArgumentException("recorderCredentialsId: the logs are what is sent to the recorder, which"
                    + " keeps them on the controller; leave out logs and label");
        }
        return new MonitorPlan(
                recorded ? Recordings.folder(spec.getName()).toString() : spec.getLogs(),
                recorded ? Recordings.PATTERN : pattern(spec),
                spec.getLabel(),
                spec.getTimeColumn(),
                spec.getIdColumn(),
                byRows ? 0 : SpanText.millis("window", spec.getWindow()),
                byRows ? Long.parseLong(rows.group(1)) : 0,
                SpanText.millis("lateness", spec.getLateness()),
                spec.getReference(),
                spec.getColumns(),
                spec.getExcept(),
                spec.getDriftShare(),
                spec.getMinimumRows(),
                spec.getScoreColumn(),
                spec.getMinimumAccuracy(),
                new Hysteresis(Integer.parseInt(of.group(1)), Integer.parseInt(of.group(2)), spec.getRecover()),
                spec.getRetraining(),
                SpanText.millis("coolDown", spec.getCoolDown()),
                spec.getBuildsPerWeek(),
                spec.getMinimumNewRows(),
                spec.getHelplessAfter(),
                SpanText.millis("rollback", spec.getRollback()),
                spec.getEveryMinutes(),
                rules(spec));
    }

    private static String pattern(MonitorSpec spec) {
        if (!spec.getPattern().isEmpty()) {
            return spec.getPattern();
        }
        // Folders of a bucket are parts of names: what writes logs there puts the day into them.
        return BucketLocation.is(spec.getLogs()) ? "**" : "*";
    }

    private static MonitorRules rules(MonitorSpec spec) {
        EndpointHealthSpec health = spec.getHealth();
        PredictionValueSpec value = spec.getValue();
        MannersSpec manners = spec.getManners();
        LogStoreSpec store = spec.getLogStore();
        DriftSpec drift = spec.getDrift();
        return new MonitorRules(
                health == null ? null : health.plan(),
                spec.getExpectations().stream().map(ColumnExpectationSpec::plan).toList(),
                spec.isSkew(),
                spec.getMaxAge().isEmpty() ? 0 : SpanText.millis("maxAge", spec.getMaxAge()),
                value == null ? null : value.plan(),
                manners == null ? RetrainingManners.USUAL : manners.plan(),
                spec.getDataset(),
                spec.getDatasetJob(),
                spec.getRecorderCredentialsId(),
                drift == null ? null : drift.plan(),
                store == null ? null : store.access());
    }
}
