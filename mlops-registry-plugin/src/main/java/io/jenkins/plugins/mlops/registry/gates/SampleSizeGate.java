package io.jenkins.plugins.mlops.registry.gates;

import hudson.Extension;
import hudson.util.FormValidation;
import io.jenkins.mlops.gate.GateRule;
import io.jenkins.mlops.gate.SampleSize;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Asks for a number of evaluated rows. */
public final class SampleSizeGate extends Gate {
    private static final long serialVersionUID = 1L;

    private final long atLeast;
    private boolean slices = false;

    @DataBoundConstructor
    public SampleSizeGate(long atLeast) {
        this.atLeast = atLeast;
    }

    public long getAtLeast() {
        return atLeast;
    }

    public boolean isSlices() {
        return slices;
    }

    @DataBoundSetter
    public void setSlices(boolean slices) {
        this.slices = slices;
    }

    @Override
    public GateRule toRule() {
        return new SampleSize(atLeast, slices);
    }

    /** Describes the gate {@code sampleSize}. */
    @Extension
    @Symbol("sampleSize")
    public static final class DescriptorImpl extends GateDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.SampleSizeGate_displayName();
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public FormValidation doCheckAtLeast(@QueryParameter String value) {
            return checkNumber(value, number -> number >= 1 && number == Math.rint(number), "a whole number from 1");
        }
    }
}
