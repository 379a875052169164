package io.jenkins.plugins.mlops.registry.gates;

import hudson.AbortException;
import hudson.ExtensionPoint;
import hudson.model.Describable;
import io.jenkins.mlops.evaluation.Direction;
import io.jenkins.mlops.gate.Cost;
import io.jenkins.mlops.gate.EverySlice;
import io.jenkins.mlops.gate.GateRule;
import io.jenkins.mlops.gate.Latency;
import io.jenkins.mlops.gate.NoWorseThan;
import io.jenkins.mlops.gate.SampleSize;
import io.jenkins.mlops.gate.Threshold;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A gate as it stands in a Jenkinsfile: {@code threshold(metric: 'auc', atLeast: 0.95)}. */
public abstract class Gate implements Describable<Gate>, ExtensionPoint, Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * The rule that this gate stands for.
     *
     * @throws IllegalArgumentException if the options contradict each other or leave their ranges
     */
    public abstract GateRule toRule();

    /** The gate that stands for a rule. */
    public static Gate of(GateRule rule) {
        if (rule instanceof Threshold threshold) {
            ThresholdGate gate = new ThresholdGate(threshold.metric());
            gate.setAtLeast(threshold.atLeast());
            gate.setAtMost(threshold.atMost());
            gate.setConfidence(threshold.confidence());
            return gate;
        }
        if (rule instanceof NoWorseThan noWorse) {
            NoWorseThanGate gate = new NoWorseThanGate(noWorse.metric());
            gate.setAlias(noWorse.alias());
            gate.setMargin(noWorse.margin());
            gate.setConfidence(noWorse.confidence());
            Direction direction = noWorse.direction();
            gate.setDirection(direction == null ? null : direction.name().toLowerCase(Locale.ROOT));
            return gate;
        }
        if (rule instanceof EverySlice everySlice) {
            EverySliceGate gate = new EverySliceGate(everySlice.metric());
            gate.setAtLeast(everySlice.atLeast());
            gate.setAtMost(everySlice.atMost());
            gate.setMinRows(everySlice.minRows());
            return gate;
        }
        if (rule instanceof SampleSize sampleSize) {
            SampleSizeGate gate = new SampleSizeGate(sampleSize.atLeast());
            gate.setSlices(sampleSize.slices());
            return gate;
        }
        if (rule instanceof Latency latency) {
            LatencyGate gate = new LatencyGate(latency.atMostMillis());
            gate.setPercentile(latency.percentile());
            return gate;
        }
        return new CostGate(((Cost) rule).atMost());
    }

    /**
     * The rules of these gates, in their order.
     *
     * @throws AbortException if one of them is not well-formed; nothing has been judged then
     */
    public static ArrayList<GateRule> rules(List<Gate> gates) throws AbortException {
        ArrayList<GateRule> rules = new ArrayList<>();
        for (Gate gate : gates) {
            try {
                rules.add(gate.toRule());
            } catch (IllegalArgumentException x) {
                AbortException refused = new AbortException("A gate cannot be read: " + x.getMessage());
                refused.initCause(x);
                throw refused;
            }
        }
        return rules;
    }
}
