package io.jenkins.plugins.mlops.registry.gates;

import hudson.Extension;
import hudson.util.FormValidation;
import io.jenkins.mlops.gate.GateRule;
import io.jenkins.mlops.gate.Latency;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Bounds a measured latency. */
public final class LatencyGate extends Gate {
    private static final long serialVersionUID = 1L;

    private final double atMostMillis;
    private double percentile = 95;

    @DataBoundConstructor
    public LatencyGate(double atMostMillis) {
        this.atMostMillis = atMostMillis;
    }

    public double getAtMostMillis() {
        return atMostMillis;
    }

    public double getPercentile() {
        return percentile;
    }

    @DataBoundSetter
    public void setPercentile(double percentile) {
        this.percentile = percentile;
    }

    @Override
    public GateRule toRule() {
        return new Latency(percentile, atMostMillis);
    }

    /** Describes the gate {@code latency}. */
    @Extension
    @Symbol("latency")
    public static final class DescriptorImpl extends GateDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.LatencyGate_displayName();
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public FormValidation doCheckAtMostMillis(@QueryParameter String value) {
            return checkNumber(value, number -> number > 0, "a number above 0");
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public FormValidation doCheckPercentile(@QueryParameter String value) {
            return checkNumber(value, number -> number > 0 && number <= 100, "a number above 0 and up to 100");
        }
    }
}
