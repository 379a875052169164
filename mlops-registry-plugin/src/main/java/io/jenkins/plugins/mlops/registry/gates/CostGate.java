package io.jenkins.plugins.mlops.registry.gates;

import hudson.Extension;
import hudson.util.FormValidation;
import io.jenkins.mlops.gate.Cost;
import io.jenkins.mlops.gate.GateRule;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Bounds a measured cost. */
public final class CostGate extends Gate {
    private static final long serialVersionUID = 1L;

    private final double atMost;

    @DataBoundConstructor
    public CostGate(double atMost) {
        this.atMost = atMost;
    }

    public double getAtMost() {
        return atMost;
    }

    @Override
    public GateRule toRule() {
        return new Cost(atMost);
    }

    /** Describes the gate {@code cost}. */
    @Extension
    @Symbol("cost")
    public static final class DescriptorImpl extends GateDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.CostGate_displayName();
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public FormValidation doCheckAtMost(@QueryParameter String value) {
            return checkNumber(value, number -> number >= 0, "a number that is not negative");
        }
    }
}
