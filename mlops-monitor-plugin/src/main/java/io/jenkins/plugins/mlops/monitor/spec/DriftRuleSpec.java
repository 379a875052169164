package io.jenkins.plugins.mlops.monitor.spec;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import io.jenkins.mlops.monitor.drift.ColumnKind;
import io.jenkins.mlops.monitor.drift.DriftRule;
import io.jenkins.mlops.monitor.drift.DriftStatistic;
import io.jenkins.mlops.monitor.plan.DriftPlan;
import java.io.Serializable;
import java.util.Locale;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** How a column, or the columns of a kind, are compared otherwise than by Evidently's choice. */
public final class DriftRuleSpec implements Describable<DriftRuleSpec>, Serializable {
    private static final long serialVersionUID = 1L;

    private String column = "";
    private String kind = "";
    private String statistic = "";
    private Double threshold;

    @DataBoundConstructor
    public DriftRuleSpec() {}

    public String getColumn() {
        return column;
    }

    /** The column, or the name of the vectors that several columns hold; empty for all columns of a kind. */
    @DataBoundSetter
    public void setColumn(@CheckForNull String column) {
        this.column = Util.fixNull(column).trim();
    }

    public String getKind() {
        return kind;
    }

    /** {@code numeric}, {@code categorical} or {@code text}: which columns, or what the named column is taken for. */
    @DataBoundSetter
    public void setKind(@CheckForNull String kind) {
        this.kind = Util.fixNull(kind).trim();
    }

    public String getStatistic() {
        return statistic;
    }

    /** The statistic, such as {@code psi}; empty for the usual one. */
    @DataBoundSetter
    public void setStatistic(@CheckForNull String statistic) {
        this.statistic = Util.fixNull(statistic).trim();
    }

    @CheckForNull
    public Double getThreshold() {
        return threshold;
    }

    /** Where drift begins: a p-value below it, or a distance from it on; none for the statistic's usual one. */
    @DataBoundSetter
    public void setThreshold(@CheckForNull Double threshold) {
        this.threshold = threshold;
    }

    /** @throws IllegalArgumentException saying which option was expected to be what */
    DriftPlan.Rule plan() {
        DriftRule rule = null;
        if (!statistic.isEmpty()) {
            DriftStatistic chosen = DriftStatistic.of(statistic);
            rule = threshold == null ? DriftRule.of(chosen) : new DriftRule(chosen, threshold);
        } else if (threshold != null) {
            throw new IllegalArgumentException(
                    "driftRule: expected the statistic that the threshold " + threshold + " is of, found none");
        }
        return new DriftPlan.Rule(column, kind.isEmpty() ? null : kind(), rule);
    }

    private ColumnKind kind() {
        try {
            return ColumnKind.valueOf(kind.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException x) {
            throw new IllegalArgumentException("kind: expected numeric, categorical or text, found '" + kind + "'", x);
        }
    }

    /** Describes it. */
    @Extension
    @Symbol("driftRule")
    public static final class DescriptorImpl extends Descriptor<DriftRuleSpec> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DriftRuleSpec_displayName();
        }
    }
}
