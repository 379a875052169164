package io.jenkins.mlops.testbed.pipeline;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Env;
import com.cloudbees.groovy.cps.Envs;
import com.cloudbees.groovy.cps.Outcome;
import com.cloudbees.groovy.cps.impl.CpsCallableInvocation;
import com.cloudbees.groovy.cps.sandbox.SandboxInvoker;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import groovy.lang.Closure;
import groovy.lang.Script;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** One thread of a script: the main one, or one run of a step's body. */
final class ProgramThread implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(ProgramThread.class.getName());

    final int id;
    final Program program;
    final ContextVariables context;

    @CheckForNull
    final ProgramBody body;

    private Continuable continuable;

    /** What the script goes on with; null while it waits. */
    @CheckForNull
    private Outcome next;

    @CheckForNull
    private volatile RunningStep step;

    private transient FlowNode head;
    private String headId;

    ProgramThread(Program program, int id, ContextVariables context, @CheckForNull ProgramBody body) {
        this.program = program;
        this.id = id;
        this.context = context;
        this.body = body;
    }

    void run(Script script) {
        continuable = new Continuable(script, newEnv());
        next = new Outcome(null, null);
    }

    void run(Closure<?> closure) {
        try {
            Object value = closure.call();
            continuable = null;
            next = new Outcome(value, null);
        } catch (CpsCallableInvocation call) {
            continuable = new Continuable(call.asBlock(), newEnv());
            next = new Outcome(null, null);
        } catch (RuntimeException x) {
            continuable = null;
            next = new Outcome(null, x);
        }
    }

    private Env newEnv() {
        return program.execution().isSandbox() ? Envs.empty(new SandboxInvoker()) : Envs.empty();
    }

    boolean isRunnable() {
        return next != null;
    }

    @SuppressWarnings("rawtypes")
    void runChunk(List<Class> categories) {
        Outcome input = next;
        next = null;
        if (continuable == null) {
            program.ended(this, input);
            return;
        }
        Outcome outcome = program.loader().guard(() -> continuable.run0(input, categories));
        RunningStep waiting = step;
        if (continuable.isResumable() && waiting != null) {
            waiting.waits();
        } else {
            program.ended(this, outcome);
        }
    }

    /** Goes on after a step that had to wait. */
    void proceed(RunningStep ended, Outcome outcome) {
        if (step == ended) {
            step = null;
            next = outcome;
        }
    }

    void begin(@CheckForNull RunningStep running) {
        step = running;
    }

    @CheckForNull
    RunningStep step() {
        return step;
    }

    @CheckForNull
    StepExecution stepExecution() {
        RunningStep running = step;
        return running == null ? null : running.execution();
    }

    boolean isIn(ProgramBody outer) {
        for (ProgramBody around = body; around != null; ) {
            if (around == outer) {
                return true;
            }
            ProgramThread parent = program.thread(around.parentId());
            around = parent == null ? null : parent.body;
        }
        return false;
    }

    /** Ends the step that this thread waits for, or what it would go on with. */
    void stop(Throwable cause) {
        RunningStep waiting = step;
        if (waiting == null || waiting.outcome() != null) {
            if (waiting != null) {
                StepCaller.leave(waiting);
                step = null;
            }
            next = new Outcome(null, cause);
            return;
        }
        StepExecution running = waiting.execution();
        try {
            running.stop(cause);
        } catch (Exception x) {
            cause.addSuppressed(x);
            running.getContext().onFailure(cause);
        }
    }

    void enter(FlowNode node) {
        head = node;
        headId = node.getId();
        try {
            node.save();
        } catch (IOException x) {
            LOGGER.log(Level.WARNING, "cannot save " + node, x);
        }
        program.events().newHead(node);
    }

    FlowNode head() {
        if (head == null) {
            try {
                head = NodeFiles.read(program.execution(), headId);
            } catch (IOException x) {
                throw new IllegalStateException("the node " + headId + " of " + program.execution() + " is lost", x);
            }
        }
        return head;
    }

    /** After the program was read back. */
    void resume() {
        RunningStep running = step;
        if (running != null) {
            running.resume();
        }
    }
}
