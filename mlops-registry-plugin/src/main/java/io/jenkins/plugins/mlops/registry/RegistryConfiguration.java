package io.jenkins.plugins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import io.jenkins.mlops.registry.PolicyOrigin;
import io.jenkins.mlops.registry.PolicyReview;
import io.jenkins.mlops.registry.approval.KnownPeople;
import io.jenkins.plugins.mlops.registry.database.DatabaseLocation;
import io.jenkins.plugins.mlops.registry.database.EmbeddedDatabase;
import io.jenkins.plugins.mlops.registry.policy.ModelPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** The administrator's settings of the registry: which database holds it, which hosts may be called. */
@Extension
@Symbol("mlopsRegistry")
public final class RegistryConfiguration extends GlobalConfiguration {
    private DatabaseLocation database = new EmbeddedDatabase();
    private String allowedHosts = "";
    private List<ModelPolicy> policies = new ArrayList<>();

    public RegistryConfiguration() {
        load();
    }

    public static RegistryConfiguration get() {
        return ExtensionList.lookupSingleton(RegistryConfiguration.class);
    }

    public DatabaseLocation getDatabase() {
        return database;
    }

    /** Sets the database; the registry is opened there with its next use. What the old one holds is not moved. */
    @DataBoundSetter
    public void setDatabase(DatabaseLocation database) {
        if (database == null) {
            throw new IllegalArgumentException("expected a database for the registry: embedded or postgres");
        }
        this.database = database;
        save();
        RegistryConnection.get().close();
    }

    public String getAllowedHosts() {
        return allowedHosts;
    }

    /** Sets the hosts that the controller may call for a build: one a line, see {@link AllowedHosts}. */
    @DataBoundSetter
    public void setAllowedHosts(String allowedHosts) {
        this.allowedHosts = Util.fixNull(allowedHosts).trim();
        save();
    }

    /** The hosts that the controller may call for a build. */
    public AllowedHosts allowedHosts() {
        return new AllowedHosts(Util.fixNull(allowedHosts));
    }

    /** The promotion policies that are set here; nobody changes them elsewhere. */
    public List<ModelPolicy> getPolicies() {
        return policies == null ? List.of() : Collections.unmodifiableList(policies);
    }

    /**
     * Sets the promotion policies of models, and of those without one; a policy that is taken out of the list stays in
     * force until somebody sets another.
     *
     * @throws IllegalArgumentException naming the model whose policy can't be read or never be met
     */
    @DataBoundSetter
    public void setPolicies(@CheckForNull List<ModelPolicy> policies) {
        List<ModelPolicy> given = policies == null ? List.of() : policies;
        Set<String> models = new HashSet<>();
        for (ModelPolicy policy : given) {
            String model = Util.fixNull(policy.getModel());
            if (!models.add(model)) {
                throw new IllegalArgumentException("policies: expected one policy for "
                        + (model.isEmpty() ? "the models without one" : "'" + model + "'") + ", found two");
            }
            try {
                PolicyReview.refuseImpossible(
                        policy.toPolicy(PolicyOrigin.CONFIGURATION), KnownPeople.UNKNOWN, System.currentTimeMillis());
            } catch (IllegalArgumentException x) {
                throw new IllegalArgumentException(
                        "policies: the policy of " + (model.isEmpty() ? "all models" : "'" + model + "'") + ": "
                                + x.getMessage(),
                        x);
            }
        }
        this.policies = new ArrayList<>(given);
        save();
        RegistryConnection.get().applyPolicies();
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        if (!form.has("policies")) {
            // A list that was emptied is not sent.
            setPolicies(null);
        }
        return super.configure(request, form);
    }

    /** Whether a model's policy, or with null that of all without one, is set here. */
    public boolean setsPolicyOf(@CheckForNull String model) {
        return getPolicies().stream().anyMatch(policy -> Objects.equals(policy.getModel(), model));
    }

    @Override
    public String getDisplayName() {
        return Messages.RegistryConfiguration_displayName();
    }
}
