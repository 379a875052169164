package io.jenkins.mlops.testbed.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.TopLevelItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.Timer;

/** The executors of one Jenkins as far as {@code node} blocks hold them, and the workspaces that they use. */
@Extension
public final class NodePool {
    private static final Logger LOGGER = Logger.getLogger(NodePool.class.getName());
    private static final long POLL_MILLIS = 500;

    private final List<NodeStep.Execution> waiting = new ArrayList<>();
    private final Map<String, Set<String>> used = new HashMap<>();
    private boolean polling;

    static NodePool get() {
        return ExtensionList.lookupSingleton(NodePool.class);
    }

    /** Grants a slot now, or later when one is free; tells whether it did so now. */
    boolean request(NodeStep.Execution step) {
        synchronized (this) {
            waiting.add(step);
        }
        serve();
        synchronized (this) {
            return !waiting.contains(step);
        }
    }

    synchronized void cancel(NodeStep.Execution step) {
        waiting.remove(step);
    }

    synchronized void takeBack(String node, String path) {
        used.computeIfAbsent(node, n -> new HashSet<>()).add(path);
    }

    void release(String node, String path) {
        synchronized (this) {
            used.getOrDefault(node, new HashSet<>()).remove(path);
        }
        serve();
    }

    private void serve() {
        if (Jenkins.getInstanceOrNull() == null || get() != this) {
            return;
        }
        List<Runnable> grants = new ArrayList<>();
        synchronized (this) {
            for (NodeStep.Execution step : List.copyOf(waiting)) {
                try {
                    Node node = free(step.label());
                    FilePath workspace = node == null ? null : workspace(node, step);
                    if (workspace != null) {
                        waiting.remove(step);
                        used.computeIfAbsent(node.getNodeName(), n -> new HashSet<>())
                                .add(workspace.getRemote());
                        grants.add(() -> step.granted(node, workspace));
                    }
                } catch (Exception x) {
                    LOGGER.log(Level.WARNING, "cannot serve a node block", x);
                    waiting.remove(step);
                    step.getContext().onFailure(x);
                }
            }
            if (!waiting.isEmpty() && !polling) {
                polling = true;
                Timer.get().schedule(this::poll, POLL_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
        grants.forEach(Runnable::run);
    }

    /** Nodes come and go without telling: as long as somebody waits, look again. */
    private void poll() {
        synchronized (this) {
            polling = false;
        }
        serve();
    }

    @CheckForNull
    private Node free(@CheckForNull String expression) {
        List<Node> nodes = new ArrayList<>();
        nodes.add(Jenkins.get());
        nodes.addAll(Jenkins.get().getNodes());
        Label label = expression == null ? null : Label.get(expression);
        for (Node node : nodes) {
            boolean fits = label == null ? node.getMode() == Node.Mode.NORMAL : label.matches(node);
            Computer computer = node.toComputer();
            int busy = used.getOrDefault(node.getNodeName(), Set.of()).size();
            if (fits && computer != null && computer.isOnline() && busy < node.getNumExecutors()) {
                return node;
            }
        }
        return null;
    }

    /** The job's workspace on {@code node}, or the next of {@code @2}, {@code @3}... if a build uses it. */
    @CheckForNull
    private FilePath workspace(Node node, NodeStep.Execution step) throws Exception {
        WorkspaceOverride override = step.run().getAction(WorkspaceOverride.class);
        FilePath plain = override == null
                ? node.getWorkspaceFor((TopLevelItem) step.run().getParent())
                : node.createPath(override.path());
        Set<String> taken = used.getOrDefault(node.getNodeName(), Set.of());
        FilePath candidate = plain;
        for (int i = 2; candidate != null && taken.contains(candidate.getRemote()); i++) {
            candidate = plain.withSuffix("@" + i);
        }
        return candidate;
    }
}
