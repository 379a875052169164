package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The step {@code compareModels}: shows what differs between two versions of a model. */
public final class CompareModelsStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String DEFAULT_FROM = "champion";

    private final String name;
    private String from = DEFAULT_FROM;

    @CheckForNull
    private String to;

    @DataBoundConstructor
    public CompareModelsStep(String name) {
        this.name = name;
    }

    /** The registered model's name. */
    public String getName() {
        return name;
    }

    public Object getFrom() {
        return from;
    }

    /** The version to compare with, by its number or an alias. */
    @DataBoundSetter
    public void setFrom(@CheckForNull Object from) {
        String given = text(from);
        this.from = given == null ? DEFAULT_FROM : given;
    }

    @CheckForNull
    public Object getTo() {
        return to;
    }

    /** The version to look at, by its number or an alias; where it is not given, the one that this build registered last. */
    @DataBoundSetter
    public void setTo(@CheckForNull Object to) {
        this.to = text(to);
    }

    String from() {
        return from;
    }

    @CheckForNull
    String to() {
        return to;
    }

    /** A Jenkinsfile may write a number, a string or a string with a variable in it. */
    @CheckForNull
    private static String text(@CheckForNull Object given) {
        return given == null ? null : Util.fixEmptyAndTrim(String.valueOf(given));
    }

    @Override
    public StepExecution start(StepContext context) {
        return new CompareModelsExecution(context, this);
    }

    /** Describes {@code compareModels}. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "compareModels";
        }

        @Override
        public String getDisplayName() {
            return Messages.CompareModelsStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
