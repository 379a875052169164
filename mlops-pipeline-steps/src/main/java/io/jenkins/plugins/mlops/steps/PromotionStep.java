package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.mlops.registry.gates.Gate;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundSetter;

/** What {@code promoteModel} and {@code requestPromotion} ask for; they differ in whether they wait for the decision. */
public abstract class PromotionStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String DEFAULT_ALIAS = "champion";
    private static final String DEFAULT_EFFECT = "failure";

    private final String model;
    private int version = 0;
    private String alias = DEFAULT_ALIAS;
    private ArrayList<Gate> gates = new ArrayList<>();
    private int approvals = 0;
    private ArrayList<String> approvers = new ArrayList<>();

    @CheckForNull
    private String reason;

    private String onFail = DEFAULT_EFFECT;

    PromotionStep(String model) {
        this.model = model;
    }

    /** Whether the step stays until the promotion is decided. */
    abstract boolean waits();

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
        this.alias = given == null ? DEFAULT_ALIAS : given;
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

    public String getOnFail() {
        return onFail;
    }

    /** What a refused promotion does to the build: {@code failure}, {@code unstable} or {@code none}. */
    @DataBoundSetter
    public void setOnFail(@CheckForNull String onFail) {
        String given = Util.fixEmptyAndTrim(onFail);
        this.onFail = given == null ? DEFAULT_EFFECT : given;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new PromoteModelExecution(context, this);
    }
}
