package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The step {@code rollbackModel}: gives an alias back to a version that held it before. */
public final class RollbackModelStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String DEFAULT_ALIAS = "champion";

    private final String name;
    private String alias = DEFAULT_ALIAS;
    private int toVersion = 0;

    @CheckForNull
    private String reason;

    @DataBoundConstructor
    public RollbackModelStep(String name) {
        this.name = name;
    }

    /** The registered model's name. */
    public String getName() {
        return name;
    }

    public String getAlias() {
        return alias;
    }

    /** The alias to give back. */
    @DataBoundSetter
    public void setAlias(@CheckForNull String alias) {
        String given = Util.fixEmptyAndTrim(alias);
        this.alias = given == null ? DEFAULT_ALIAS : given;
    }

    public int getToVersion() {
        return toVersion;
    }

    /** The version to go back to; 0 for the last one before the present. */
    @DataBoundSetter
    public void setToVersion(int toVersion) {
        this.toVersion = toVersion;
    }

    @CheckForNull
    public String getReason() {
        return reason;
    }

    /** Why, for the ledger. */
    @DataBoundSetter
    public void setReason(@CheckForNull String reason) {
        this.reason = Util.fixEmptyAndTrim(reason);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new RollbackModelExecution(context, this);
    }

    /** Describes {@code rollbackModel}. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "rollbackModel";
        }

        @Override
        public String getDisplayName() {
            return Messages.RollbackModelStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FlowNode.class);
        }
    }
}
