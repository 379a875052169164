package io.jenkins.plugins.mlops.registry.gates;

import hudson.AbortException;
import hudson.ExtensionPoint;
import hudson.model.Describable;
import io.jenkins.mlops.gate.GateRule;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** A gate as it stands in a Jenkinsfile: {@code threshold(metric: 'auc', atLeast: 0.95)}. */
public abstract class Gate implements Describable<Gate>, ExtensionPoint, Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * The rule that this gate stands for.
     *
     * @throws IllegalArgumentException if the options contradict each other or leave their ranges
     */
    public abstract GateRule toRule();

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
