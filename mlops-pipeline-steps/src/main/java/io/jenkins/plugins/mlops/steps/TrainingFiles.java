package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.AbortException;
import hudson.FilePath;
import hudson.model.TaskListener;
import io.jenkins.mlops.evaluation.Figures;
import io.jenkins.mlops.json.DvcLock;
import io.jenkins.mlops.json.MetricsFile;
import io.jenkins.mlops.json.ParamsFile;
import io.jenkins.mlops.tracking.MetricPoint;
import io.jenkins.mlops.tracking.MetricsLog;
import io.jenkins.mlops.tracking.TrackingStore;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/** The files by which a training script hands over params and metrics, and how far its metrics log was read. */
final class TrainingFiles implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String DEFAULT_METRICS = "metrics.json";
    private static final String DEFAULT_PARAMS = "params.yaml";
    private static final String DVC_LOCK = "dvc.lock";

    @CheckForNull
    private final String metricsFile;

    @CheckForNull
    private final String paramsFile;

    @CheckForNull
    private final String metricsLog;

    private long offset;
    private long line;

    /** Whether the offset is that of the last reading: not after a restart, when it is that of the last saving. */
    @SuppressFBWarnings(
            value = "SE_TRANSIENT_FIELD_NOT_RESTORED",
            justification = "That it is false after a restart is what it is for")
    private transient boolean upToDate = true;

    TrainingFiles(@CheckForNull String metricsFile, @CheckForNull String paramsFile, @CheckForNull String metricsLog) {
        this.metricsFile = metricsFile;
        this.paramsFile = paramsFile;
        this.metricsLog = metricsLog;
    }

    boolean hasLog() {
        return metricsLog != null;
    }

    /** Logs what was appended to the metrics log since the last call, and shows it. */
    synchronized void follow(
            @CheckForNull FilePath workspace, TrackingStore tracking, String runId, TaskListener listener)
            throws IOException, InterruptedException {
        if (metricsLog == null || workspace == null) {
            return;
        }
        boolean again = !upToDate;
        AppendedLines.Part part;
        do {
            part = workspace.act(new AppendedLines(metricsLog, offset));
            List<MetricPoint> points = MetricsLog.parse(metricsLog, part.text(), line, System.currentTimeMillis());
            if (again) {
                points = TrackedValues.notLogged(tracking, runId, points);
            }
            TrackedValues.logMetrics(tracking, runId, points);
            MetricLines.print(points, listener);
            offset = part.end();
            line += part.text().lines().count();
        } while (part.more());
        upToDate = true;
    }

    /**
     * Logs everything that the body left behind.
     *
     * @param sinceMillis when the run began: files with the usual names that are older are not its own
     * @param endMillis when the body ended: the time of metrics that have none of their own
     */
    synchronized void collect(
            FilePath workspace,
            TrackingStore tracking,
            String runId,
            TaskListener listener,
            long sinceMillis,
            long endMillis)
            throws IOException, InterruptedException {
        follow(workspace, tracking, runId, listener);
        SmallTextFile params = read(workspace, paramsFile, DEFAULT_PARAMS, "paramsFile", 0);
        if (params != null) {
            Map<String, String> values =
                    ParamsFile.parse(params.path(), params.bytes()).params();
            TrackedValues.logParams(tracking, runId, values);
            listener.getLogger().println("[mlops] " + Figures.count(values.size(), "param") + " from " + params.path());
        }
        SmallTextFile lock = read(workspace, null, DVC_LOCK, "", 0);
        if (lock != null) {
            TrackedValues.logParams(
                    tracking, runId, DvcLock.parse(lock.path(), lock.bytes()).params());
        }
        SmallTextFile metrics = read(workspace, metricsFile, DEFAULT_METRICS, "metricsFile", sinceMillis);
        if (metrics != null) {
            Map<String, Double> values =
                    MetricsFile.parse(metrics.path(), metrics.bytes()).metrics();
            TrackedValues.logMetrics(tracking, runId, values, endMillis);
            listener.getLogger()
                    .println("[mlops] " + Figures.count(values.size(), "metric") + " from " + metrics.path());
        }
    }

    /** A file that was named must be there; one that was not is taken if it is there and not older than the run. */
    @CheckForNull
    private static SmallTextFile read(
            FilePath workspace, @CheckForNull String named, String usual, String option, long sinceMillis)
            throws IOException, InterruptedException {
        String path = named == null ? usual : named;
        SmallTextFile file = workspace.act(new SmallTextFile.Read(path));
        if (file.text() == null || named == null && file.modifiedMillis() < sinceMillis) {
            if (named == null) {
                return null;
            }
            throw new AbortException("Expected the file '" + named + "' in the workspace after training (option "
                    + option + "), found none. Let the training script write it, or correct the option.");
        }
        return file;
    }
}
