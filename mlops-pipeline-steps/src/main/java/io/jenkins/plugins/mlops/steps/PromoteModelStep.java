package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.mlops.registry.gates.Gate;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/** The step {@code promoteModel}: asks for an alias to be moved to a version, and waits for the decision. */
public final class PromoteModelStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String model;
    private int version = 0;
    private String alias = "champion";
    private ArrayList<Gate> gates = new ArrayList<>();
    private int approvals = 0;
    private ArrayList<String> approvers = new ArrayList<>();

    @CheckForNull
    private String reason;

    private boolean wait = true;
    private String onFail = "failure";

    @DataBoundConstructor
    public PromoteModelStep(String model) {
        this.model = model;
    }

    /** The registered model's name. */
    public String getModel() {
        return model;
    }

    public int getVersion() {
        return version;
    }

    /** The version's number; 0 for the one that this build registered last. */
    @DataBoundSetter
    public void setVersion(int version) {
        this.version = version;
    }

    public String getAlias() {
        return alias;
    }

    /** The alias to move. */
    @DataBoundSetter
    public void setAlias(@CheckForNull String alias) {
        String given = Util.fixEmptyAndTrim(alias);
        this.alias = given == null ? "champion" : given;
    }

    public List<Gate> getGates() {
        return Collections.unmodifiableList(gates);
    }

    /** Gates beside those of the model's policy. */
    @DataBoundSetter
    public void setGates(@CheckForNull List<Gate> gates) {
        this.gates = gates == null ? new ArrayList<>() : new ArrayList<>(gates);
    }

    public int getApprovals() {
        return approvals;
    }

    /** How many approvals this promotion needs beside those of the model's policy. */
    @DataBoundSetter
    public void setApprovals(int approvals) {
        this.approvals = approvals;
    }

    public List<String> getApprovers() {
        return Collections.unmodifiableList(approvers);
    }

    /** Users and groups whose approvals count for {@code approvals}; anyone with Models/Approve where none is given. */
    @DataBoundSetter
    public void setApprovers(@CheckForNull List<String> approvers) {
        this.approvers = StepText.list(approvers);
    }

    @CheckForNull
    public String getReason() {
        return reason;
    }

    /** Why it is asked for, for those who decide. */
    @DataBoundSetter
    public void setReason(@CheckForNull String reason) {
        this.reason = Util.fixEmptyAndTrim(reason);
    }

    public boolean isWait() {
        return wait;
    }

    /** Whether the step waits for the decision. */
    @DataBoundSetter
    public void setWait(boolean wait) {
        this.wait = wait;
    }

    public String getOnFail() {
        return onFail;
    }

    /** What a refused promotion does to the build: {@code failure}, {@code unstable} or {@code none}. */
    @DataBoundSetter
    public void setOnFail(@CheckForNull String onFail) {
        String given = Util.fixEmptyAndTrim(onFail);
        this.onFail = given == null ? "failure" : given;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new PromoteModelExecution(context, this);
    }

    /** Describes {@code promoteModel}. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "promoteModel";
        }

        @Override
        public String getDisplayName() {
            return Messages.PromoteModelStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FlowNode.class);
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public ListBoxModel doFillOnFailItems() {
            return VerdictEffect.items();
        }
    }
}
