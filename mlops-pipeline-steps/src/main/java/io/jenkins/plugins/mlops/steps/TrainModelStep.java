package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The block step {@code trainModel}: its body trains, and what it logs or leaves behind becomes a tracked run. */
public final class TrainModelStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    @CheckForNull
    private String experiment;

    @CheckForNull
    private String name;

    @CheckForNull
    private String data;

    private LinkedHashMap<String, String> datasets = new LinkedHashMap<>();
    private LinkedHashMap<String, String> params = new LinkedHashMap<>();
    private LinkedHashMap<String, String> tags = new LinkedHashMap<>();

    @CheckForNull
    private String metricsFile;

    @CheckForNull
    private String paramsFile;

    @CheckForNull
    private String metricsLog;

    @DataBoundConstructor
    public TrainModelStep() {}

    @CheckForNull
    public String getExperiment() {
        return experiment;
    }

    /** The experiment to which the run belongs; the job's full name where none is given. */
    @DataBoundSetter
    public void setExperiment(@CheckForNull String experiment) {
        this.experiment = Util.fixEmptyAndTrim(experiment);
    }

    @CheckForNull
    public String getName() {
        return name;
    }

    /** The run's name; {@code build N} where none is given. */
    @DataBoundSetter
    public void setName(@CheckForNull String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    @CheckForNull
    public String getData() {
        return data;
    }

    /** A file or folder in the workspace that is snapshot before the body runs. */
    @DataBoundSetter
    public void setData(@CheckForNull String data) {
        this.data = Util.fixEmptyAndTrim(data);
    }

    public Map<String, String> getDatasets() {
        return Collections.unmodifiableMap(datasets);
    }

    /** More snapshots: path in the workspace by the dataset's name. */
    @DataBoundSetter
    public void setDatasets(@CheckForNull Map<String, String> datasets) {
        this.datasets = StepText.strings(datasets);
    }

    public Map<String, String> getParams() {
        return Collections.unmodifiableMap(params);
    }

    /** Parameters that are known before the body runs. */
    @DataBoundSetter
    public void setParams(@CheckForNull Map<String, ?> params) {
        this.params = StepText.strings(params);
    }

    public Map<String, String> getTags() {
        return Collections.unmodifiableMap(tags);
    }

    @DataBoundSetter
    public void setTags(@CheckForNull Map<String, ?> tags) {
        this.tags = StepText.strings(tags);
    }

    @CheckForNull
    public String getMetricsFile() {
        return metricsFile;
    }

    /** A JSON or YAML file with metrics that the body writes; {@code metrics.json} is taken if it is there. */
    @DataBoundSetter
    public void setMetricsFile(@CheckForNull String metricsFile) {
        this.metricsFile = Util.fixEmptyAndTrim(metricsFile);
    }

    @CheckForNull
    public String getParamsFile() {
        return paramsFile;
    }

    /** A YAML or JSON file with parameters; {@code params.yaml} is taken if it is there. */
    @DataBoundSetter
    public void setParamsFile(@CheckForNull String paramsFile) {
        this.paramsFile = Util.fixEmptyAndTrim(paramsFile);
    }

    @CheckForNull
    public String getMetricsLog() {
        return metricsLog;
    }

    /** A JSON Lines file that the body appends to while it trains; each line's numbers are logged as they come. */
    @DataBoundSetter
    public void setMetricsLog(@CheckForNull String metricsLog) {
        this.metricsLog = Util.fixEmptyAndTrim(metricsLog);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new TrainModelExecution(context, this);
    }

    /** Describes {@code trainModel}. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "trainModel";
        }

        @Override
        public String getDisplayName() {
            return Messages.TrainModelStep_displayName();
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FilePath.class);
        }

        @Override
        public Set<? extends Class<?>> getProvidedContext() {
            return Set.of(TrackedRunHandle.class, EnvVars.class);
        }
    }
}
