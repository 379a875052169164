package io.jenkins.plugins.mlops.registry.gates;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.mlops.evaluation.Direction;
import io.jenkins.mlops.gate.GateRule;
import io.jenkins.mlops.gate.NoWorseThan;
import java.util.Locale;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Compares a metric with the one of the model that holds an alias, on the same rows. */
public final class NoWorseThanGate extends Gate {
    private static final long serialVersionUID = 1L;

    private final String metric;
    private String alias = "champion";
    private double margin = 0;
    private double confidence = 0.95;

    @CheckForNull
    private String direction;

    @DataBoundConstructor
    public NoWorseThanGate(String metric) {
        this.metric = metric;
    }

    public String getMetric() {
        return metric;
    }

    public String getAlias() {
        return alias;
    }

    @DataBoundSetter
    public void setAlias(String alias) {
        String given = Util.fixEmptyAndTrim(alias);
        this.alias = given == null ? "champion" : given;
    }

    public double getMargin() {
        return margin;
    }

    @DataBoundSetter
    public void setMargin(double margin) {
        this.margin = margin;
    }

    public double getConfidence() {
        return confidence;
    }

    @DataBoundSetter
    public void setConfidence(double confidence) {
        this.confidence = confidence;
    }

    /** {@code higher}, {@code lower}, or null for a metric whose direction is known. */
    @CheckForNull
    public String getDirection() {
        return direction;
    }

    @DataBoundSetter
    public void setDirection(@CheckForNull String direction) {
        this.direction = Util.fixEmptyAndTrim(direction);
    }

    @CheckForNull
    private Direction statedDirection() {
        if (direction == null) {
            return null;
        }
        return switch (direction.toLowerCase(Locale.ROOT)) {
            case "higher" -> Direction.HIGHER;
            case "lower" -> Direction.LOWER;
            default ->
                throw new IllegalArgumentException(
                        "noWorseThan: direction is 'higher' or 'lower' (what is better); found '" + direction + "'");
        };
    }

    @Override
    public GateRule toRule() {
        return new NoWorseThan(alias, metric, margin, confidence, statedDirection());
    }

    /** Describes the gate {@code noWorseThan}. */
    @Extension
    @Symbol("noWorseThan")
    public static final class DescriptorImpl extends GateDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.NoWorseThanGate_displayName();
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public FormValidation doCheckMetric(@QueryParameter String value) {
            return FormValidation.validateRequired(value);
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public FormValidation doCheckMargin(@QueryParameter String value) {
            return checkNumber(value, number -> number >= 0, "a number that is not negative");
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public FormValidation doCheckConfidence(@QueryParameter String value) {
            return checkNumber(value, number -> number > 0 && number < 1, "a number between 0 and 1");
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public ListBoxModel doFillDirectionItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.NoWorseThanGate_known(), ""),
                    new ListBoxModel.Option(Messages.NoWorseThanGate_higher(), "higher"),
                    new ListBoxModel.Option(Messages.NoWorseThanGate_lower(), "lower"));
        }
    }
}
