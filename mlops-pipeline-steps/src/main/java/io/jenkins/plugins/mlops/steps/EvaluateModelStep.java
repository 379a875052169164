package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.mlops.registry.gates.Gate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/** The step {@code evaluateModel}: metrics with intervals from a predictions file, judged by gates. */
public final class EvaluateModelStep extends PredictionsStep {
    private static final long serialVersionUID = 1L;

    @CheckForNull
    private String predictions;

    private LinkedHashMap<String, Double> metrics = new LinkedHashMap<>();

    @CheckForNull
    private String metricsFile;

    private long rows = 0;

    @CheckForNull
    private String name;

    @CheckForNull
    private String championPredictions;

    @CheckForNull
    private String model;

    private String alias = "champion";
    private LinkedHashMap<String, Double> measurements = new LinkedHashMap<>();
    private ArrayList<Gate> gates = new ArrayList<>();
    private String onFail = "failure";
    private String onInconclusive = "unstable";
    private String checksName = "";
    private boolean skipPublishingChecks = false;

    @DataBoundConstructor
    public EvaluateModelStep() {}

    @CheckForNull
    public String getPredictions() {
        return predictions;
    }

    /** Predictions file in the workspace: CSV, JSON Lines or Parquet. */
    @DataBoundSetter
    public void setPredictions(@CheckForNull String predictions) {
        this.predictions = Util.fixEmptyAndTrim(predictions);
    }

    public Map<String, Double> getMetrics() {
        return Collections.unmodifiableMap(metrics);
    }

    /** Metrics that were computed elsewhere, instead of a predictions file. */
    @DataBoundSetter
    public void setMetrics(@CheckForNull Map<String, ?> metrics) {
        this.metrics = StepText.numbers("metrics", metrics);
    }

    @CheckForNull
    public String getMetricsFile() {
        return metricsFile;
    }

    /** A JSON or YAML file with metrics that were computed elsewhere. */
    @DataBoundSetter
    public void setMetricsFile(@CheckForNull String metricsFile) {
        this.metricsFile = Util.fixEmptyAndTrim(metricsFile);
    }

    public long getRows() {
        return rows;
    }

    /** How many rows given metrics were computed over; 0 if unknown. */
    @DataBoundSetter
    public void setRows(long rows) {
        this.rows = rows;
    }

    @CheckForNull
    public String getName() {
        return name;
    }

    /** What the evaluation is called on pages; the task where none is given. */
    @DataBoundSetter
    public void setName(@CheckForNull String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    @CheckForNull
    public String getChampionPredictions() {
        return championPredictions;
    }

    /** The predictions of the present holder of the alias on the same rows. */
    @DataBoundSetter
    public void setChampionPredictions(@CheckForNull String championPredictions) {
        this.championPredictions = Util.fixEmptyAndTrim(championPredictions);
    }

    @CheckForNull
    public String getModel() {
        return model;
    }

    /** The registered model that the candidate is to become a version of. */
    @DataBoundSetter
    public void setModel(@CheckForNull String model) {
        this.model = Util.fixEmptyAndTrim(model);
    }

    public String getAlias() {
        return alias;
    }

    /** The alias whose holder is the champion. */
    @DataBoundSetter
    public void setAlias(@CheckForNull String alias) {
        String given = Util.fixEmptyAndTrim(alias);
        this.alias = given == null ? "champion" : given;
    }

    public Map<String, Double> getMeasurements() {
        return Collections.unmodifiableMap(measurements);
    }

    /** Measured values for the gates latency and cost. */
    @DataBoundSetter
    public void setMeasurements(@CheckForNull Map<String, ?> measurements) {
        this.measurements = StepText.numbers("measurements", measurements);
    }

    public List<Gate> getGates() {
        return Collections.unmodifiableList(gates);
    }

    /** The gates to pass. */
    @DataBoundSetter
    public void setGates(@CheckForNull List<Gate> gates) {
        this.gates = gates == null ? new ArrayList<>() : new ArrayList<>(gates);
    }

    public String getOnFail() {
        return onFail;
    }

    /** What a failed gate does to the build: {@code failure}, {@code unstable} or {@code none}. */
    @DataBoundSetter
    public void setOnFail(@CheckForNull String onFail) {
        String given = Util.fixEmptyAndTrim(onFail);
        this.onFail = given == null ? "failure" : given;
    }

    public String getOnInconclusive() {
        return onInconclusive;
    }

    /** What an inconclusive verdict does to the build: {@code failure}, {@code unstable} or {@code none}. */
    @DataBoundSetter
    public void setOnInconclusive(@CheckForNull String onInconclusive) {
        String given = Util.fixEmptyAndTrim(onInconclusive);
        this.onInconclusive = given == null ? "unstable" : given;
    }

    public String getChecksName() {
        return checksName;
    }

    /** The name of the check on the pull request; empty for the usual one. */
    @DataBoundSetter
    public void setChecksName(@CheckForNull String checksName) {
        this.checksName = Util.fixNull(checksName).trim();
    }

    public boolean isSkipPublishingChecks() {
        return skipPublishingChecks;
    }

    /** Whether the pull request is told nothing. */
    @DataBoundSetter
    public void setSkipPublishingChecks(boolean skipPublishingChecks) {
        this.skipPublishingChecks = skipPublishingChecks;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new EvaluateModelExecution(context, this);
    }

    /** Describes {@code evaluateModel}. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "evaluateModel";
        }

        @Override
        public String getDisplayName() {
            return Messages.EvaluateModelStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FilePath.class);
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public ListBoxModel doFillTaskItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.EvaluateModelStep_inferred(), ""),
                    new ListBoxModel.Option("binary"),
                    new ListBoxModel.Option("multiclass"),
                    new ListBoxModel.Option("regression"),
                    new ListBoxModel.Option("ranking"),
                    new ListBoxModel.Option("text"));
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public ListBoxModel doFillOnFailItems() {
            return VerdictEffect.items();
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public ListBoxModel doFillOnInconclusiveItems() {
            return VerdictEffect.items();
        }
    }
}
