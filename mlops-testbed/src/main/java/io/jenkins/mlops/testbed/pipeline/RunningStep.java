package io.jenkins.mlops.testbed.pipeline;

import com.cloudbees.groovy.cps.Outcome;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import groovy.lang.Closure;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** A step between its start and the script's going on. */
final class RunningStep implements Serializable {
    private static final long serialVersionUID = 1L;

    final ProgramThread thread;
    final String function;
    final String nodeId;

    @CheckForNull
    final Closure<?> body;

    private transient FlowNode node;

    /** Where its bodies have ended: a step with branches has all of their ends before its own. */
    private final ArrayList<String> bodyEnds = new ArrayList<>();

    @CheckForNull
    private StepExecution execution;

    @CheckForNull
    private Outcome outcome;

    private boolean waiting;

    RunningStep(ProgramThread thread, String function, FlowNode node, @CheckForNull Closure<?> body) {
        this.thread = thread;
        this.function = function;
        this.node = node;
        this.nodeId = node.getId();
        this.body = body;
    }

    FlowNode node() throws IOException {
        if (node == null) {
            node = NodeFiles.read(thread.program.execution(), nodeId);
        }
        return node;
    }

    synchronized void bodyEnded(FlowNode end) {
        bodyEnds.add(end.getId());
    }

    /** The nodes that come before the step's end. */
    synchronized List<FlowNode> beforeEnd() throws IOException {
        List<FlowNode> before = new ArrayList<>();
        for (String id : bodyEnds) {
            before.add(NodeFiles.read(thread.program.execution(), id));
        }
        return before.isEmpty() ? List.of(thread.head()) : before;
    }

    @CheckForNull
    synchronized StepExecution execution() {
        return execution;
    }

    synchronized void setExecution(StepExecution started) {
        execution = started;
    }

    /** Takes the step's outcome; false when it has one already. */
    synchronized boolean complete(Outcome result) {
        if (outcome != null) {
            return false;
        }
        outcome = result;
        if (waiting) {
            thread.program.submit(this::proceed);
        }
        return true;
    }

    @CheckForNull
    synchronized Outcome outcome() {
        return outcome;
    }

    /** The script has unwound and waits for this step. */
    synchronized void waits() {
        waiting = true;
        if (outcome != null) {
            thread.program.submit(this::proceed);
        }
    }

    private void proceed() {
        if (thread.step() == this) {
            StepCaller.leave(this);
            thread.proceed(this, outcome());
        }
    }

    synchronized void resume() {
        if (outcome != null) {
            thread.program.submit(this::proceed);
        } else if (execution != null) {
            StepExecution resumed = execution;
            Program.POOL.execute(() -> {
                try {
                    resumed.onResume();
                } catch (Throwable t) {
                    complete(new Outcome(null, t));
                }
            });
        }
    }
}
