package io.jenkins.plugins.mlops.registry.retention;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.mlops.registry.ModelName;
import io.jenkins.mlops.registry.retention.RetentionRule;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Which versions of a model are kept though they never served, as a form and configuration as code have it. */
public final class ModelRetention implements Describable<ModelRetention> {
    @CheckForNull
    private final String model;

    private int keepNewest = 0;
    private int keepDays = 0;
    private String keepTags = RetentionRule.KEEP;

    /** @param model the model's name; empty for every model without a rule of its own */
    @DataBoundConstructor
    public ModelRetention(@CheckForNull String model) {
        this.model = Util.fixEmptyAndTrim(model);
    }

    /**
     * The rule.
     *
     * @throws IllegalArgumentException naming the field that is out of bounds
     */
    public RetentionRule toRule() {
        if (model != null) {
            ModelName.check(model);
        }
        Set<String> tags = new TreeSet<>();
        Arrays.stream(keepTags.split("[,\n]")).map(String::trim).forEach(tags::add);
        tags.remove("");
        return new RetentionRule(keepNewest, keepDays, tags);
    }

    /** The model's name; null for every model without a rule of its own. */
    @CheckForNull
    public String getModel() {
        return model;
    }

    public int getKeepNewest() {
        return keepNewest;
    }

    /** How many of the newest versions are kept, 0 to 1,000; 0 for none on that account. */
    @DataBoundSetter
    public void setKeepNewest(int keepNewest) {
        this.keepNewest = keepNewest;
    }

    public int getKeepDays() {
        return keepDays;
    }

    /** Versions younger than this many days are kept, 0 to 36,500; 0 for none on that account. */
    @DataBoundSetter
    public void setKeepDays(int keepDays) {
        this.keepDays = keepDays;
    }

    public String getKeepTags() {
        return keepTags;
    }

    /** Versions with one of these tags are kept; keys with commas or line breaks between. */
    @DataBoundSetter
    public void setKeepTags(@CheckForNull String keepTags) {
        this.keepTags = Util.fixNull(keepTags).trim();
    }

    /** Describes a rule. */
    @Extension
    @Symbol("retention")
    public static final class DescriptorImpl extends Descriptor<ModelRetention> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ModelRetention_displayName();
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public FormValidation doCheckModel(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.READ);
            try {
                if (value != null && !value.isBlank()) {
                    ModelName.check(value.trim());
                }
                return FormValidation.ok();
            } catch (IllegalArgumentException x) {
                return FormValidation.error(x.getMessage());
            }
        }
    }
}
