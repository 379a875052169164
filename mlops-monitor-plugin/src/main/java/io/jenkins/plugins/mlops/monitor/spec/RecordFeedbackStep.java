package io.jenkins.plugins.mlops.monitor.spec;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.mlops.evaluation.EvaluationOptions;
import io.jenkins.mlops.evaluation.Task;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.monitor.plan.FeedbackPlan;
import io.jenkins.mlops.monitor.plan.MonitorPlan;
import io.jenkins.mlops.monitor.window.FeedbackCounts;
import io.jenkins.mlops.monitor.window.FeedbackResult;
import io.jenkins.mlops.monitor.window.LabelFile;
import io.jenkins.plugins.mlops.monitor.watch.Feedbacks;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The step {@code recordFeedback}: joins labels that have come to the predictions of a monitor, by their ids. */
public final class RecordFeedbackStep extends Step implements java.io.Serializable {
    private static final long serialVersionUID = 1L;

    private final String monitor;
    private final String file;
    private String id = "id";
    private String label = "label";
    private String time = "";
    private String task = "";
    private String prediction = "";
    private String score = "";
    private String positive = "";
    private String metric = "accuracy";
    private double threshold = 0.5;
    private double margin = 0;

    /**
     * @param monitor the monitor whose predictions are labelled
     * @param file the labels, a path in the workspace
     */
    @DataBoundConstructor
    public RecordFeedbackStep(String monitor, String file) {
        this.monitor = Util.fixNull(monitor).trim();
        this.file = Util.fixNull(file).trim();
    }

    public String getMonitor() {
        return monitor;
    }

    public String getFile() {
        return file;
    }

    public String getId() {
        return id;
    }

    /** The column of the id. */
    @DataBoundSetter
    public void setId(@CheckForNull String id) {
        this.id = Util.fixEmptyAndTrim(id) == null ? "id" : id.trim();
    }

    public String getLabel() {
        return label;
    }

    /** The column of the label. */
    @DataBoundSetter
    public void setLabel(@CheckForNull String label) {
        this.label = Util.fixEmptyAndTrim(label) == null ? "label" : label.trim();
    }

    public String getTime() {
        return time;
    }

    /** The column of the time that a label was given; empty to have the last one of an id count. */
    @DataBoundSetter
    public void setTime(@CheckForNull String time) {
        this.time = Util.fixNull(time).trim();
    }

    public String getTask() {
        return task;
    }

    /** The kind of prediction; empty to tell it by the columns. */
    @DataBoundSetter
    public void setTask(@CheckForNull String task) {
        this.task = Util.fixNull(task).trim();
    }

    public String getPrediction() {
        return prediction;
    }

    /** The column of the prediction in the logs. */
    @DataBoundSetter
    public void setPrediction(@CheckForNull String prediction) {
        this.prediction = Util.fixNull(prediction).trim();
    }

    public String getScore() {
        return score;
    }

    /** The column of the positive class' score in the logs. */
    @DataBoundSetter
    public void setScore(@CheckForNull String score) {
        this.score = Util.fixNull(score).trim();
    }

    public String getPositive() {
        return positive;
    }

    /** The positive class. */
    @DataBoundSetter
    public void setPositive(@CheckForNull String positive) {
        this.positive = Util.fixNull(positive).trim();
    }

    public double getThreshold() {
        return threshold;
    }

    /** From this score on a row counts as positive. */
    @DataBoundSetter
    public void setThreshold(double threshold) {
        this.threshold = threshold;
    }

    public String getMetric() {
        return metric;
    }

    /** The metric that is watched. */
    @DataBoundSetter
    public void setMetric(@CheckForNull String metric) {
        this.metric = Util.fixEmptyAndTrim(metric) == null ? "accuracy" : metric.trim();
    }

    public double getMargin() {
        return margin;
    }

    /** By how much it may be worse than the version's own evaluation. */
    @DataBoundSetter
    public void setMargin(double margin) {
        this.margin = margin;
    }

    /** @throws IllegalArgumentException for options that make no sense */
    private FeedbackPlan plan() {
        return new FeedbackPlan(
                EvaluationOptions.builder()
                        .task(task.isEmpty() ? null : Task.parse(task))
                        .label(label)
                        .prediction(prediction)
                        .score(score)
                        .positive(Util.fixEmpty(positive))
                        .threshold(threshold)
                        .build(),
                metric,
                margin);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, this);
    }

    /** Reads, joins and keeps in one act. A restart of Jenkins in the middle fails it, and it may be run again. */
    private static final class Execution extends SynchronousNonBlockingStepExecution<Map<String, Object>> {
        private static final long serialVersionUID = 1L;

        private final RecordFeedbackStep step;

        Execution(StepContext context, RecordFeedbackStep step) {
            super(context);
            this.step = step;
        }

        @Override
        protected Map<String, Object> run() throws Exception {
            MonitorRecord monitor = RegistryConnection.get()
                    .monitors()
                    .monitor(step.monitor.isEmpty() ? "none" : step.monitor)
                    .orElseThrow(() -> new AbortException("recordFeedback: there is no monitor '" + step.monitor
                            + "'; set one up with monitorEndpoint, or name another"));
            check(monitor, getContext().get(Run.class).getParent().getFullName());
            if (MonitorPlan.of(monitor.configJson()).idColumn().isEmpty()) {
                throw new AbortException("recordFeedback: the monitor '" + step.monitor
                        + "' knows no ids; set its idColumn to the column of the prediction logs that has them");
            }
            FeedbackPlan plan = step.plan();
            FilePath workspace = getContext().get(FilePath.class);
            LabelFile.Content content = workspace.act(
                    new ReadLabelsTask(step.file, new LabelFile(step.id, step.label, step.time, LabelFile.LABELS)));
            FeedbackResult result = Feedbacks.get()
                    .record(
                            monitor.id(),
                            content.labels(),
                            plan,
                            RegistryConnection.get().clock().millis());
            Map<String, Object> counts = counts(content, result);
            TaskListener listener = getContext().get(TaskListener.class);
            listener.getLogger().println("[mlops] feedback of monitor '" + monitor.id() + "': " + counts);
            result.notes().forEach(note -> listener.getLogger().println("[mlops] " + note));
            return counts;
        }

        private static Map<String, Object> counts(LabelFile.Content content, FeedbackResult result) {
            FeedbackCounts counts = result.counts();
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("rows", content.rows());
            map.put("broken", content.broken());
            map.put("added", counts.added());
            map.put("repeated", counts.repeated());
            map.put("corrected", counts.corrected());
            map.put("older", counts.older());
            map.put("labels", counts.labels());
            map.put("matched", counts.matched());
            map.put("unknown", counts.unknown());
            map.put("dropped", content.dropped() + counts.dropped());
            map.put("windows", result.windows().size());
            return map;
        }
    }

    /**
     * Labels may raise an alarm, which starts the monitor's job or rolls back: whoever may not do that is refused.
     *
     * @param ownJob the job whose build labels
     */
    static void check(MonitorRecord monitor, String ownJob) throws AbortException {
        if (monitor.job().equals(ownJob)) {
            return;
        }
        Job<?, ?> job = monitor.job().isEmpty() ? null : Jenkins.get().getItemByFullName(monitor.job(), Job.class);
        if (job == null ? !Jenkins.get().hasPermission(MlopsPermissions.DEPLOY) : !job.hasPermission(Item.BUILD)) {
            throw new AbortException("recordFeedback: this build may not label the predictions of the monitor '"
                    + monitor.id() + "': it needs the permission to build its job");
        }
    }

    /** Describes {@code recordFeedback}. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "recordFeedback";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RecordFeedbackStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, FilePath.class, TaskListener.class);
        }
    }
}
