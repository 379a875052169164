package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.PolicyFinding;
import io.jenkins.mlops.registry.PolicyRevision;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.RegistryConfiguration;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import io.jenkins.plugins.mlops.registry.policy.PolicyForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The page on a model's promotion policy: what holds, what is wrong with it, how it came to be, and the form. */
public final class PolicyPage extends MlopsPage {
    private static final int MOST = 50;

    private final ModelPage model;

    /** What the form holds after it was refused; null before. */
    @CheckForNull
    private Map<String, String> entered;

    PolicyPage(ModelPage model) {
        this.model = model;
    }

    @Override
    void admit() {
        if (!reader().seesAll() && !reader().may(MlopsPermissions.CONFIGURE)) {
            throw new RegistryException.NotFound("There is no policy that you may see.");
        }
        model.admit();
    }

    @Override
    public String getDisplayName() {
        return Messages.PolicyPage_displayName();
    }

    @Override
    public String getTitle() {
        return Messages.PolicyPage_title(model.getName());
    }

    public String getUrl() {
        return model.getUrl() + "policy/";
    }

    private PromotionPolicy policy() {
        return registry().policy(model.getName());
    }

    public PolicyView getSummary() {
        return new PolicyView(policy());
    }

    public boolean isEditable() {
        return reader().may(MlopsPermissions.CONFIGURE) && !isConfigured();
    }

    /** Whether the configuration of Jenkins sets it, so that it can't be changed here. */
    public boolean isConfigured() {
        return RegistryConfiguration.get().setsPolicyOf(model.getName());
    }

    /** What the policy's author should know. */
    public List<String> getFindings() {
        return PolicyForm.findings(policy()).stream()
                .map(PolicyFinding::message)
                .toList();
    }

    private String field(String name, String now) {
        Map<String, String> form = entered;
        return form == null ? now : form.getOrDefault(name, "");
    }

    public String getApprovals() {
        return field("approvals", policy().approvals());
    }

    public String getRollbackApprovals() {
        return field("rollbackApprovals", policy().rollbackApprovals());
    }

    public boolean isSeparationOfDuties() {
        return "true".equals(field("separationOfDuties", String.valueOf(policy().separationOfDuties())));
    }

    public boolean isInconclusiveMayBeApproved() {
        return "true".equals(field("inconclusiveMayBeApproved", String.valueOf(policy().inconclusiveMayBeApproved())));
    }

    public boolean isRestoreAlias() {
        return "true".equals(field("restoreAlias", String.valueOf(policy().restoreAlias())));
    }

    public String getExpiryHours() {
        long hours = Math.max(1, TimeUnit.MILLISECONDS.toHours(policy().expiryMillis()));
        return field("expiryHours", String.valueOf(hours));
    }

    public String getChangeWindows() {
        return field("changeWindows", policy().changeWindows());
    }

    /** The gates as JSON, one to a line. */
    public String getGates() {
        return field("gates", policy().gatesJson().replace("},{", "},\n {"));
    }

    /** How the policy became what it is, the newest first. */
    public List<Revision> getHistory() {
        return registry().policyHistory(model.getName()).stream()
                .limit(MOST)
                .map(Revision::new)
                .toList();
    }

    /** The policy at an earlier time. */
    public record Revision(PolicyRevision revision) {
        public int getNumber() {
            return revision.policy().revision();
        }

        public String getBy() {
            return revision.setBy();
        }

        public String getTime() {
            return NumberText.time(revision.millis());
        }

        public PolicyView getView() {
            return new PolicyView(revision.policy());
        }
    }

    /** Sets the policy, all of it. */
    @RequirePOST
    @Restricted(NoExternalUse.class) // form on the page
    public HttpResponse doSave(
            @QueryParameter String approvals,
            @QueryParameter String rollbackApprovals,
            @QueryParameter String separationOfDuties,
            @QueryParameter String inconclusiveMayBeApproved,
            @QueryParameter String restoreAlias,
            @QueryParameter String expiryHours,
            @QueryParameter String changeWindows,
            @QueryParameter String gates) {
        Jenkins.get().checkPermission(MlopsPermissions.CONFIGURE);
        Map<String, String> form = new LinkedHashMap<>();
        form.put("approvals", Decisions.text(approvals));
        form.put("rollbackApprovals", Decisions.text(rollbackApprovals));
        form.put("separationOfDuties", checked(separationOfDuties));
        form.put("inconclusiveMayBeApproved", checked(inconclusiveMayBeApproved));
        form.put("restoreAlias", checked(restoreAlias));
        form.put("expiryHours", Decisions.text(expiryHours));
        form.put("changeWindows", Decisions.text(changeWindows));
        form.put("gates", Decisions.text(gates));
        entered = form;
        return Decisions.answer(this, getUrl(), () -> {
            if (isConfigured()) {
                throw new RegistryException.Conflict(Messages.PolicyPage_configured());
            }
            registry().setPolicy(PolicyForm.parse(model.getName(), form::get), Decisions.person());
        });
    }

    /** A check box that is not checked sends nothing. */
    private static String checked(@CheckForNull String value) {
        return String.valueOf(value != null && !value.isBlank());
    }
}
