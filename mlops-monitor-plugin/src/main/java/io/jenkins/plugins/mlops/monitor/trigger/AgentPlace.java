package io.jenkins.plugins.mlops.monitor.trigger;

import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Label;
import hudson.model.Node;
import java.io.IOException;
import jenkins.model.Jenkins;

/** Finds the machine that a label names. It takes no executor: a look is short and computes little. */
public final class AgentPlace {
    private AgentPlace() {}

    /**
     * The root folder of an agent that is online.
     *
     * @param label a label expression; empty for any agent
     * @throws IOException if there is none; never the controller
     */
    public static FilePath of(String label) throws IOException {
        Label expression = label.isEmpty() ? null : Label.get(label);
        for (Node node : Jenkins.get().getNodes()) {
            boolean fits = expression == null ? node.getMode() == Node.Mode.NORMAL : expression.contains(node);
            Computer computer = fits ? node.toComputer() : null;
            FilePath root = computer != null && computer.isOnline() ? node.getRootPath() : null;
            if (root != null) {
                return root;
            }
        }
        throw new IOException("Expected an agent " + (label.isEmpty() ? "" : "with the label '" + label + "' ")
                + "that is online, found none.");
    }

    /** Whether the label names the controller itself and no agent. */
    public static boolean isController(String label) {
        Label expression = Label.get(label);
        return expression != null
                && expression.contains(Jenkins.get())
                && Jenkins.get().getNodes().stream().noneMatch(expression::contains);
    }
}
