package io.jenkins.plugins.mlops.registry.policy;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.mlops.gate.GateReview;
import io.jenkins.mlops.gate.GateRule;
import io.jenkins.mlops.registry.ModelName;
import io.jenkins.mlops.registry.PolicyOrigin;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.approval.ApprovalExpression;
import io.jenkins.mlops.registry.window.ChangeWindows;
import io.jenkins.plugins.mlops.registry.gates.Gate;
import io.jenkins.plugins.mlops.registry.gates.GateRuleText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * A promotion policy as a form and configuration as code have it.
 *
 * <p>{@link #toPolicy} makes the registry's policy of it, {@link #of} shows the registry's as a form.
 */
public final class ModelPolicy implements Describable<ModelPolicy> {
    @CheckForNull
    private final String model;

    private String approvals = "";
    private String rollbackApprovals = "";
    private boolean separationOfDuties = true;
    private boolean inconclusiveMayBeApproved = false;
    private boolean restoreAlias = false;
    private long expiryHours = TimeUnit.MILLISECONDS.toHours(PromotionPolicy.DEFAULT_EXPIRY_MILLIS);
    private String changeWindows = "";
    private ArrayList<Gate> gates = new ArrayList<>();

    /** @param model the model's name; empty for every model without a policy of its own */
    @DataBoundConstructor
    public ModelPolicy(@CheckForNull String model) {
        this.model = Util.fixEmptyAndTrim(model);
    }

    /** A policy of the registry as a form. */
    public static ModelPolicy of(PromotionPolicy policy) {
        ModelPolicy form = new ModelPolicy(policy.model());
        form.approvals = policy.approvals();
        form.rollbackApprovals = policy.rollbackApprovals();
        form.separationOfDuties = policy.separationOfDuties();
        form.inconclusiveMayBeApproved = policy.inconclusiveMayBeApproved();
        form.restoreAlias = policy.restoreAlias();
        form.expiryHours = Math.max(1, TimeUnit.MILLISECONDS.toHours(policy.expiryMillis()));
        form.changeWindows = policy.changeWindows();
        for (GateRule rule : GateRuleText.parse(policy.gatesJson())) {
            form.gates.add(Gate.of(rule));
        }
        return form;
    }

    /**
     * The registry's policy.
     *
     * @throws IllegalArgumentException naming the field that can't be read, and why
     */
    public PromotionPolicy toPolicy(PolicyOrigin origin) {
        try {
            List<GateRule> rules = Gate.rules(gates);
            GateReview.refuseContradiction(rules);
            return PromotionPolicy.byDefault()
                    .withModel(model, 0)
                    .withApprovals(approvals)
                    .withRollbackApprovals(rollbackApprovals)
                    .withSeparationOfDuties(separationOfDuties)
                    .withInconclusiveMayBeApproved(inconclusiveMayBeApproved)
                    .withRestoreAlias(restoreAlias)
                    .withExpiryMillis(TimeUnit.HOURS.toMillis(expiryHours))
                    .withChangeWindows(changeWindows)
                    .withGatesJson(GateRuleText.write(rules))
                    .withOrigin(origin);
        } catch (AbortException x) {
            throw new IllegalArgumentException(x.getMessage(), x);
        }
    }

    /** The model's name; null for every model without a policy of its own. */
    @CheckForNull
    public String getModel() {
        return model;
    }

    public String getApprovals() {
        return approvals;
    }

    /** Who has to approve, see {@link ApprovalExpression}; empty for nobody. */
    @DataBoundSetter
    public void setApprovals(@CheckForNull String approvals) {
        this.approvals = Util.fixNull(approvals).trim();
    }

    public String getRollbackApprovals() {
        return rollbackApprovals;
    }

    /** Who has to approve a rollback; empty for nobody. */
    @DataBoundSetter
    public void setRollbackApprovals(@CheckForNull String rollbackApprovals) {
        this.rollbackApprovals = Util.fixNull(rollbackApprovals).trim();
    }

    public boolean isSeparationOfDuties() {
        return separationOfDuties;
    }

    /** Whether who made the version or asks for its promotion may not approve it. */
    @DataBoundSetter
    public void setSeparationOfDuties(boolean separationOfDuties) {
        this.separationOfDuties = separationOfDuties;
    }

    public boolean isInconclusiveMayBeApproved() {
        return inconclusiveMayBeApproved;
    }

    /** Whether people may approve what the gates could not decide. */
    @DataBoundSetter
    public void setInconclusiveMayBeApproved(boolean inconclusiveMayBeApproved) {
        this.inconclusiveMayBeApproved = inconclusiveMayBeApproved;
    }

    public boolean isRestoreAlias() {
        return restoreAlias;
    }

    /** Whether an alias that was moved outside is put back. */
    @DataBoundSetter
    public void setRestoreAlias(boolean restoreAlias) {
        this.restoreAlias = restoreAlias;
    }

    public long getExpiryHours() {
        return expiryHours;
    }

    /** How long a promotion waits for approvals and change windows, in hours, 1 to 8,784. */
    @DataBoundSetter
    public void setExpiryHours(long expiryHours) {
        this.expiryHours = expiryHours;
    }

    public String getChangeWindows() {
        return changeWindows;
    }

    /** When approved promotions may be applied, see {@link ChangeWindows}; empty for always. */
    @DataBoundSetter
    public void setChangeWindows(@CheckForNull String changeWindows) {
        this.changeWindows = Util.fixNull(changeWindows).trim();
    }

    public List<Gate> getGates() {
        return Collections.unmodifiableList(gates);
    }

    /** The gates that every promotion has to pass. */
    @DataBoundSetter
    public void setGates(@CheckForNull List<Gate> gates) {
        this.gates = gates == null ? new ArrayList<>() : new ArrayList<>(gates);
    }

    /** Describes a promotion policy. */
    @Extension
    @Symbol("policy")
    public static final class DescriptorImpl extends Descriptor<ModelPolicy> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ModelPolicy_displayName();
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public FormValidation doCheckModel(@QueryParameter String value) {
            return check(() -> {
                if (value != null && !value.isBlank()) {
                    ModelName.check(value.trim());
                }
            });
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public FormValidation doCheckApprovals(@QueryParameter String value) {
            return check(() -> ApprovalExpression.parse(value));
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public FormValidation doCheckRollbackApprovals(@QueryParameter String value) {
            return check(() -> ApprovalExpression.parse(value));
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public FormValidation doCheckChangeWindows(@QueryParameter String value) {
            return check(() -> ChangeWindows.parse(value));
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public FormValidation doCheckExpiryHours(@QueryParameter String value) {
            return check(() -> {
                long millis = TimeUnit.HOURS.toMillis(PolicyForm.hours(value));
                if (PromotionPolicy.byDefault().withExpiryMillis(millis).expiryMillis() != millis) {
                    throw new IllegalArgumentException("Expected a number of hours, found " + value);
                }
            });
        }

        private static FormValidation check(Runnable reading) {
            Jenkins.get().checkPermission(Jenkins.READ);
            try {
                reading.run();
                return FormValidation.ok();
            } catch (IllegalArgumentException x) {
                return FormValidation.error(x.getMessage());
            }
        }
    }
}
