package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
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

/** The step {@code registerModel}: makes files of the workspace a new version of a registered model. */
public final class RegisterModelStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String path;

    @CheckForNull
    private String signature;

    @CheckForNull
    private String description;

    private LinkedHashMap<String, String> tags = new LinkedHashMap<>();

    @CheckForNull
    private String runId;

    @CheckForNull
    private String evaluationId;

    @DataBoundConstructor
    public RegisterModelStep(String name, String path) {
        this.name = name;
        this.path = path;
    }

    /** The registered model's name. */
    public String getName() {
        return name;
    }

    /** The model in the workspace: a file, or a folder with all its files. */
    public String getPath() {
        return path;
    }

    @CheckForNull
    public String getSignature() {
        return signature;
    }

    /** A JSON file in the workspace with the model's input and output schema. */
    @DataBoundSetter
    public void setSignature(@CheckForNull String signature) {
        this.signature = Util.fixEmptyAndTrim(signature);
    }

    @CheckForNull
    public String getDescription() {
        return description;
    }

    /** What is to be known of this version. */
    @DataBoundSetter
    public void setDescription(@CheckForNull String description) {
        this.description = Util.fixEmptyAndTrim(description);
    }

    public Map<String, String> getTags() {
        return Collections.unmodifiableMap(tags);
    }

    /** Tags of the version. */
    @DataBoundSetter
    public void setTags(@CheckForNull Map<String, ?> tags) {
        this.tags = StepText.strings(tags);
    }

    @CheckForNull
    public String getRunId() {
        return runId;
    }

    /** The run that trained it; the last {@code trainModel} of the build where none is given. */
    @DataBoundSetter
    public void setRunId(@CheckForNull String runId) {
        this.runId = Util.fixEmptyAndTrim(runId);
    }

    @CheckForNull
    public String getEvaluationId() {
        return evaluationId;
    }

    /** The evaluation that it is registered with; the last of the build where none is given. */
    @DataBoundSetter
    public void setEvaluationId(@CheckForNull String evaluationId) {
        this.evaluationId = Util.fixEmptyAndTrim(evaluationId);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new RegisterModelExecution(context, this);
    }

    /** Describes {@code registerModel}. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "registerModel";
        }

        @Override
        public String getDisplayName() {
            return Messages.RegisterModelStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FilePath.class, Launcher.class);
        }
    }
}
