package io.jenkins.plugins.mlops.registry.gates;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.util.FormValidation;
import io.jenkins.mlops.gate.GateRule;
import io.jenkins.mlops.gate.Threshold;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Compares a metric with a fixed bound. */
public final class ThresholdGate extends Gate {
    private static final long serialVersionUID = 1L;

    private final String metric;

    @CheckForNull
    private Double atLeast;

    @CheckForNull
    private Double atMost;

    @CheckForNull
    private Double confidence;

    @DataBoundConstructor
    public ThresholdGate(String metric) {
        this.metric = metric;
    }

    public String getMetric() {
        return metric;
    }

    @CheckForNull
    public Double getAtLeast() {
        return atLeast;
    }

    @DataBoundSetter
    public void setAtLeast(@CheckForNull Double atLeast) {
        this.atLeast = atLeast;
    }

    @CheckForNull
    public Double getAtMost() {
        return atMost;
    }

    @DataBoundSetter
    public void setAtMost(@CheckForNull Double atMost) {
        this.atMost = atMost;
    }

    @CheckForNull
    public Double getConfidence() {
        return confidence;
    }

    @DataBoundSetter
    public void setConfidence(@CheckForNull Double confidence) {
        this.confidence = confidence;
    }

    @Override
    public GateRule toRule() {
        return new Threshold(metric, atLeast, atMost, confidence);
    }

    /** Describes the gate {@code threshold}. */
    @Extension
    @Symbol("threshold")
    public static final class DescriptorImpl extends GateDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.ThresholdGate_displayName();
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public FormValidation doCheckMetric(@QueryParameter String value) {
            return FormValidation.validateRequired(value);
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public FormValidation doCheckAtLeast(@QueryParameter String value) {
            return checkNumber(value, number -> !Double.isNaN(number) && !Double.isInfinite(number), "a number");
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public FormValidation doCheckAtMost(@QueryParameter String value) {
            return checkNumber(value, number -> !Double.isNaN(number) && !Double.isInfinite(number), "a number");
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public FormValidation doCheckConfidence(@QueryParameter String value) {
            return checkNumber(value, number -> number > 0 && number < 1, "a number between 0 and 1");
        }
    }
}
