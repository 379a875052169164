package io.jenkins.plugins.mlops.registry.retention;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import io.jenkins.mlops.registry.retention.RetentionRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** The administrator's settings of which versions that never served are kept; without any, all are. */
@Extension
@Symbol("mlopsRetention")
public final class RetentionConfiguration extends GlobalConfiguration {
    private List<ModelRetention> rules = new ArrayList<>();

    public RetentionConfiguration() {
        load();
    }

    public static RetentionConfiguration get() {
        return ExtensionList.lookupSingleton(RetentionConfiguration.class);
    }

    public List<ModelRetention> getRules() {
        return rules == null ? List.of() : Collections.unmodifiableList(rules);
    }

    /**
     * Sets the rules: one for all models, and those of models that have their own.
     *
     * @throws IllegalArgumentException naming the model whose rule can't be read, or that has two
     */
    @DataBoundSetter
    public void setRules(@CheckForNull List<ModelRetention> rules) {
        List<ModelRetention> given = rules == null ? List.of() : rules;
        Set<String> models = new HashSet<>();
        for (ModelRetention rule : given) {
            String model = Util.fixNull(rule.getModel());
            String whose = model.isEmpty() ? "all models" : "'" + model + "'";
            if (!models.add(model)) {
                throw new IllegalArgumentException("rules: expected one rule for " + whose + ", found two");
            }
            try {
                rule.toRule();
            } catch (IllegalArgumentException x) {
                throw new IllegalArgumentException("rules: the rule of " + whose + ": " + x.getMessage(), x);
            }
        }
        this.rules = new ArrayList<>(given);
        save();
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        if (!form.has("rules")) {
            // A list that was emptied is not sent.
            setRules(null);
        }
        return super.configure(request, form);
    }

    /** The rule for a model: its own, else that of all models, else one that keeps all. */
    public RetentionRule ruleOf(String model) {
        return find(model).or(() -> find("")).map(ModelRetention::toRule).orElse(RetentionRule.ALL);
    }

    /** Whether a model has a rule of its own. */
    public boolean hasOwnRule(String model) {
        return find(model).isPresent();
    }

    private Optional<ModelRetention> find(String model) {
        return getRules().stream()
                .filter(rule -> Util.fixNull(rule.getModel()).equals(model))
                .findFirst();
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.RetentionConfiguration_displayName();
    }
}
