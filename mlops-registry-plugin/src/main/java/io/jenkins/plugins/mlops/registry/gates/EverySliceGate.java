package io.jenkins.plugins.mlops.registry.gates;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.util.FormValidation;
import io.jenkins.mlops.gate.EverySlice;
import io.jenkins.mlops.gate.GateRule;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Holds every slice of the evaluation to a bound. */
public final class EverySliceGate extends Gate {
    private static final long serialVersionUID = 1L;

    private final String metric;

    @CheckForNull
    private Double atLeast;

    @CheckForNull
    private Double atMost;

    private long minRows = 0;

    @DataBoundConstructor
    public EverySliceGate(String metric) {
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

    public long getMinRows() {
        return minRows;
    }

    @DataBoundSetter
    public void setMinRows(long minRows) {
        this.minRows = minRows;
    }

    @Override
    public GateRule toRule() {
        return new EverySlice(metric, atLeast, atMost, minRows);
    }

    /** Describes the gate {@code everySlice}. */
    @Extension
    @Symbol("everySlice")
    public static final class DescriptorImpl extends GateDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.EverySliceGate_displayName();
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
        public FormValidation doCheckMinRows(@QueryParameter String value) {
            return checkNumber(value, number -> number >= 0 && number == Math.rint(number), "a whole number from 0");
        }
    }
}
