package io.jenkins.plugins.mlops.monitor.spec;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import io.jenkins.mlops.monitor.drift.Correction;
import io.jenkins.mlops.monitor.plan.DriftPlan;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** How columns are compared otherwise than by Evidently's choice. */
public final class DriftSpec implements Describable<DriftSpec>, Serializable {
    private static final long serialVersionUID = 1L;

    private ArrayList<DriftRuleSpec> rules = new ArrayList<>();
    private String correction = "none";

    @DataBoundConstructor
    public DriftSpec() {}

    public List<DriftRuleSpec> getRules() {
        return Collections.unmodifiableList(rules);
    }

    /** Rules of columns and of kinds of columns. */
    @DataBoundSetter
    public void setRules(@CheckForNull List<DriftRuleSpec> rules) {
        this.rules = rules == null ? new ArrayList<>() : new ArrayList<>(rules);
    }

    public String getCorrection() {
        return correction;
    }

    /** {@code none}, {@code bonferroni}, {@code holm} or {@code benjamini_hochberg}, of a window's p-values. */
    @DataBoundSetter
    public void setCorrection(@CheckForNull String correction) {
        this.correction = Util.fixEmptyAndTrim(correction) == null ? "none" : correction.trim();
    }

    /** @throws IllegalArgumentException saying which option was expected to be what */
    DriftPlan plan() {
        return new DriftPlan(rules.stream().map(DriftRuleSpec::plan).toList(), correction());
    }

    private Correction correction() {
        try {
            return Correction.valueOf(correction.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException x) {
            throw new IllegalArgumentException(
                    "correction: expected none, bonferroni, holm or benjamini_hochberg, found '" + correction + "'", x);
        }
    }

    /** Describes it. */
    @Extension
    @Symbol("driftOptions")
    public static final class DescriptorImpl extends Descriptor<DriftSpec> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DriftSpec_displayName();
        }
    }
}
