package io.jenkins.plugins.mlops.monitor.spec;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.monitor.plan.MonitorPlan;
import io.jenkins.mlops.monitor.retraining.RetrainingPolicy;
import io.jenkins.mlops.registry.ModelName;
import io.jenkins.plugins.mlops.monitor.trigger.SourceCredentials;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A monitor as people write it: in a Jenkinsfile, at a job, or as code. {@link #plan} refuses what makes no sense. */
public final class MonitorSpec extends LiveRules implements Describable<MonitorSpec> {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String model;
    private final String logs;
    private String endpoint = "";
    private String job = "";
    private String label = "";
    private String pattern = "";
    private String timeColumn = "";
    private String idColumn = "";
    private String window = "1d";
    private String lateness = "0s";
    private String reference = "";
    private String scoreColumn = "";
    private String alarm = "2 of 3";
    private String retraining = "off";
    private String coolDown = "1d";
    private String rollback = "0s";
    private double driftShare = 0.5;
    private long minimumRows = 30;
    private double minimumAccuracy = 0;
    private int recover = 2;
    private int buildsPerWeek = 7;
    private long minimumNewRows = 0;
    private int helplessAfter = 3;
    private int everyMinutes = 15;
    private ArrayList<String> columns = new ArrayList<>();
    private ArrayList<String> except = new ArrayList<>();

    /**
     * @param name the monitor's name, unique among all
     * @param model the registered model that it watches
     * @param logs the folder of the prediction logs, an absolute path where they are; or
     *     {@code s3://bucket/prefix}; empty for those of the recorder
     */
    @DataBoundConstructor
    public MonitorSpec(String name, String model, String logs) {
        this.name = ModelName.check(Util.fixNull(name).trim());
        this.model = ModelName.check(Util.fixNull(model).trim());
        this.logs = Util.fixNull(logs).trim();
    }

    public String getName() {
        return name;
    }

    public String getModel() {
        return model;
    }

    public String getLogs() {
        return logs;
    }

    public String getEndpoint() {
        return endpoint;
    }

    /** The endpoint that serves the model; empty for one of the monitor's name. */
    @DataBoundSetter
    public void setEndpoint(@CheckForNull String endpoint) {
        this.endpoint = Util.fixNull(endpoint).trim();
    }

    public String getJob() {
        return job;
    }

    /** The job that retrains, by its full name; empty for the one that sets this up. */
    @DataBoundSetter
    public void setJob(@CheckForNull String job) {
        this.job = Util.fixNull(job).trim();
    }

    public String getLabel() {
        return label;
    }

    /** The agent that has the logs, by a label expression; empty for the controller. */
    @DataBoundSetter
    public void setLabel(@CheckForNull String label) {
        this.label = Util.fixNull(label).trim();
    }

    public String getPattern() {
        return pattern;
    }

    /** The files in the folder, as a glob; empty for all: {@code *} in a folder, {@code **} in a bucket. */
    @DataBoundSetter
    public void setPattern(@CheckForNull String pattern) {
        this.pattern = Util.fixNull(pattern).trim();
    }

    public String getTimeColumn() {
        return timeColumn;
    }

    /** The column of a row's time; empty for windows of rows. */
    @DataBoundSetter
    public void setTimeColumn(@CheckForNull String timeColumn) {
        this.timeColumn = Util.fixNull(timeColumn).trim();
    }

    public String getIdColumn() {
        return idColumn;
    }

    /** The column of a row's id; empty for none. */
    @DataBoundSetter
    public void setIdColumn(@CheckForNull String idColumn) {
        this.idColumn = Util.fixNull(idColumn).trim();
    }

    public String getWindow() {
        return window;
    }

    /** How the rows are cut: a span such as {@code 1d}, or {@code 1000 rows}. */
    @DataBoundSetter
    public void setWindow(@CheckForNull String window) {
        this.window = Util.fixEmptyAndTrim(window) == null ? "1d" : window.trim();
    }

    public String getLateness() {
        return lateness;
    }

    /** How long a window of time stays open after its end. */
    @DataBoundSetter
    public void setLateness(@CheckForNull String lateness) {
        this.lateness = Util.fixEmptyAndTrim(lateness) == null ? "0s" : lateness.trim();
    }

    public String getReference() {
        return reference;
    }

    /** A file of rows to compare with, on the agent; empty for the data that the version was trained on. */
    @DataBoundSetter
    public void setReference(@CheckForNull String reference) {
        this.reference = Util.fixNull(reference).trim();
    }

    public String getScoreColumn() {
        return scoreColumn;
    }

    /** The column of a calibrated probability, from which accuracy is estimated; empty for none. */
    @DataBoundSetter
    public void setScoreColumn(@CheckForNull String scoreColumn) {
        this.scoreColumn = Util.fixNull(scoreColumn).trim();
    }

    public String getAlarm() {
        return alarm;
    }

    /** How many bad windows among the last ones raise an alarm, such as {@code 2 of 3}. */
    @DataBoundSetter
    public void setAlarm(@CheckForNull String alarm) {
        this.alarm = Util.fixEmptyAndTrim(alarm) == null ? "2 of 3" : alarm.trim();
    }

    public String getRetraining() {
        return retraining;
    }

    /** What an alarm asks for: {@code off}, {@code suggest} or {@code automatic}. */
    @DataBoundSetter
    public void setRetraining(@CheckForNull String retraining) {
        this.retraining = Util.fixEmptyAndTrim(retraining) == null ? "off" : retraining.trim();
    }

    public String getCoolDown() {
        return coolDown;
    }

    /** How long after a retraining none follows. */
    @DataBoundSetter
    public void setCoolDown(@CheckForNull String coolDown) {
        this.coolDown = Util.fixEmptyAndTrim(coolDown) == null ? "1d" : coolDown.trim();
    }

    public String getRollback() {
        return rollback;
    }

    /** How long after a rollout an alarm puts the last good version back; {@code 0s} for never. */
    @DataBoundSetter
    public void setRollback(@CheckForNull String rollback) {
        this.rollback = Util.fixEmptyAndTrim(rollback) == null ? "0s" : rollback.trim();
    }

    public double getDriftShare() {
        return driftShare;
    }

    /** From this share of drifted columns on there is drift. */
    @DataBoundSetter
    public void setDriftShare(double driftShare) {
        this.driftShare = driftShare;
    }

    public long getMinimumRows() {
        return minimumRows;
    }

    /** With fewer rows a window says nothing. */
    @DataBoundSetter
    public void setMinimumRows(long minimumRows) {
        this.minimumRows = minimumRows;
    }

    public double getMinimumAccuracy() {
        return minimumAccuracy;
    }

    /** The least estimated accuracy; 0 for any. */
    @DataBoundSetter
    public void setMinimumAccuracy(double minimumAccuracy) {
        this.minimumAccuracy = minimumAccuracy;
    }

    public int getRecover() {
        return recover;
    }

    /** How many good windows in a row end an alarm. */
    @DataBoundSetter
    public void setRecover(int recover) {
        this.recover = recover;
    }

    public int getBuildsPerWeek() {
        return buildsPerWeek;
    }

    /** How many retrainings within seven days. */
    @DataBoundSetter
    public void setBuildsPerWeek(int buildsPerWeek) {
        this.buildsPerWeek = buildsPerWeek;
    }

    public long getMinimumNewRows() {
        return minimumNewRows;
    }

    /** How many rows must have come since the last training; 0 for any. */
    @DataBoundSetter
    public void setMinimumNewRows(long minimumNewRows) {
        this.minimumNewRows = minimumNewRows;
    }

    public int getHelplessAfter() {
        return helplessAfter;
    }

    /** After so many retrainings in vain it only suggests; 0 for never. */
    @DataBoundSetter
    public void setHelplessAfter(int helplessAfter) {
        this.helplessAfter = helplessAfter;
    }

    public int getEveryMinutes() {
        return everyMinutes;
    }

    /** How often it looks. */
    @DataBoundSetter
    public void setEveryMinutes(int everyMinutes) {
        this.everyMinutes = everyMinutes;
    }

    public List<String> getColumns() {
        return Collections.unmodifiableList(columns);
    }

    @Restricted(NoExternalUse.class) // config.jelly
    public String getColumnsLines() {
        return Lines.text(columns);
    }

    /** The columns to compare; empty for all. */
    @DataBoundSetter
    public void setColumns(@CheckForNull List<String> columns) {
        this.columns = Lines.of(columns);
    }

    public List<String> getExcept() {
        return Collections.unmodifiableList(except);
    }

    @Restricted(NoExternalUse.class) // config.jelly
    public String getExceptLines() {
        return Lines.text(except);
    }

    /** Columns to pass over. */
    @DataBoundSetter
    public void setExcept(@CheckForNull List<String> except) {
        this.except = Lines.of(except);
    }

    /**
     * What it comes to.
     *
     * @throws IllegalArgumentException saying which option was expected to be what
     */
    public MonitorPlan plan() {
        return SpecPlan.of(this);
    }

    /**
     * What it comes to where no job sets it up.
     *
     * @throws IllegalArgumentException also when it would have to build a job and names none
     */
    MonitorPlan planWithoutJob() {
        MonitorPlan plan = plan();
        if (job.isEmpty() && plan.policy().routes().containsValue(RetrainingPolicy.Route.AUTOMATIC)) {
            throw new IllegalArgumentException("monitor '" + name + "': retraining: 'automatic' needs the job that"
                    + " retrains; name it by job: 'folder/train', or say retraining: 'suggest', which then asks people"
                    + " to retrain by hand");
        }
        return plan;
    }

    /**
     * What the store keeps of it.
     *
     * @param ownJob the job that sets it up; empty for none
     */
    public MonitorRecord record(String ownJob) {
        return new MonitorRecord(
                name,
                model,
                endpoint.isEmpty() ? name : endpoint,
                job.isEmpty() ? ownJob : job,
                plan().toJson(),
                true,
                0,
                0,
                0,
                0,
                "",
                0);
    }

    /** Describes the monitor. */
    @Extension
    @Symbol("monitor")
    public static final class DescriptorImpl extends Descriptor<MonitorSpec> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.MonitorSpec_displayName();
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public ListBoxModel doFillRecorderCredentialsIdItems(
                @CheckForNull @AncestorInPath Item item, @QueryParameter String recorderCredentialsId) {
            return SourceCredentials.secrets(item, recorderCredentialsId);
        }
    }
}
