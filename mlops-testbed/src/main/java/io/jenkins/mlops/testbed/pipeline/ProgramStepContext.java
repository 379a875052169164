package io.jenkins.mlops.testbed.pipeline;

import com.cloudbees.groovy.cps.Outcome;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.LauncherDecorator;
import hudson.console.ConsoleLogFilter;
import hudson.model.Computer;
import hudson.model.Job;
import hudson.model.Node;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A handle on a running step: it can be written and read back anywhere and still means the same step. */
final class ProgramStepContext extends StepContext {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(ProgramStepContext.class.getName());

    private final FlowExecutionOwner owner;
    private final int stepThread;
    private final String nodeId;

    /** The thread whose surroundings count: the step's own, or its body's. */
    private final int contextThread;

    private transient RunningStep step;
    private transient ProgramThread surroundings;

    ProgramStepContext(RunningStep step, ProgramThread surroundings) {
        this.owner = step.thread.program.owner();
        this.stepThread = step.thread.id;
        this.nodeId = step.nodeId;
        this.contextThread = surroundings.id;
        this.step = step;
        this.surroundings = surroundings;
    }

    private synchronized RunningStep step() throws IOException {
        if (step == null) {
            Program program = Program.of(owner.get());
            ProgramThread thread = program == null ? null : program.thread(stepThread);
            RunningStep found = thread == null ? null : thread.step();
            if (found == null || !found.nodeId.equals(nodeId)) {
                throw new IOException("step " + nodeId + " of " + owner + " is not running");
            }
            step = found;
            surroundings = program.thread(contextThread);
        }
        if (step.thread.program.isSuspended()) {
            throw new IOException(owner + " is suspended: its host goes down");
        }
        return step;
    }

    @Override
    public <T> T get(Class<T> key) throws IOException, InterruptedException {
        RunningStep running = step();
        ContextVariables context = surroundings.context;
        T given = context.get(key);
        if (given != null && key != TaskListener.class && key != EnvVars.class) {
            return given;
        }
        Object found = null;
        Run<?, ?> run = running.thread.program.run();
        if (key == TaskListener.class) {
            found = listener(context, run);
        } else if (key == EnvVars.class) {
            found = environment(context, run);
        } else if (key == Node.class) {
            Computer computer = context.get(Computer.class);
            found = computer == null ? null : computer.getNode();
        } else if (key == Launcher.class) {
            found = launcher(context, run);
        } else if (Run.class.isAssignableFrom(key) && key.isInstance(run)) {
            found = run;
        } else if (Job.class.isAssignableFrom(key) && key.isInstance(run.getParent())) {
            found = run.getParent();
        } else if (FlowExecution.class.isAssignableFrom(key)) {
            found = running.thread.program.execution();
        } else if (FlowNode.class.isAssignableFrom(key)) {
            found = surroundings == running.thread ? running.node() : surroundings.head();
        }
        return key.cast(found);
    }

    private TaskListener listener(ContextVariables context, Run<?, ?> run) throws IOException, InterruptedException {
        ConsoleLogFilter filter = context.get(ConsoleLogFilter.class);
        TaskListener plain = owner.getListener();
        return filter == null ? plain : new FilteredListener(plain, filter, run);
    }

    private EnvVars environment(ContextVariables context, Run<?, ?> run) throws IOException, InterruptedException {
        EnvVars ofRun = run.getEnvironment(owner.getListener());
        EnvVars ofNode = context.get(EnvVars.class);
        return EnvironmentExpander.getEffectiveEnvironment(ofRun, ofNode, context.get(EnvironmentExpander.class));
    }

    @CheckForNull
    private Launcher launcher(ContextVariables context, Run<?, ?> run) throws IOException, InterruptedException {
        Computer computer = context.get(Computer.class);
        Node node = computer == null ? null : computer.getNode();
        if (node == null || context.get(FilePath.class) == null) {
            return null;
        }
        Launcher launcher = node.createLauncher(listener(context, run));
        LauncherDecorator decorator = context.get(LauncherDecorator.class);
        return decorator == null ? launcher : decorator.decorate(launcher, node);
    }

    @Override
    public void onSuccess(Object result) {
        complete(new Outcome(result, null));
    }

    @Override
    public void onFailure(Throwable t) {
        complete(new Outcome(null, t));
    }

    private void complete(Outcome outcome) {
        try {
            if (!step().complete(outcome)) {
                LOGGER.log(
                        Level.FINE,
                        outcome.getAbnormal(),
                        () -> "step " + nodeId + " of " + owner + " has its outcome already");
            }
        } catch (IOException x) {
            LOGGER.log(Level.FINE, x, () -> "nobody waits for step " + nodeId + " of " + owner);
        }
    }

    @Override
    public boolean isReady() {
        try {
            step();
            return true;
        } catch (IOException x) {
            return false;
        }
    }

    @Override
    public ListenableFuture<Void> saveState() {
        try {
            return step().thread.program.saveState();
        } catch (IOException x) {
            return Futures.immediateFailedFuture(x);
        }
    }

    @Override
    public void setResult(Result r) {
        try {
            step().thread.program.run().setResult(r);
        } catch (IOException x) {
            LOGGER.log(Level.WARNING, "cannot set the result of " + owner, x);
        }
    }

    @Override
    public BodyInvoker newBodyInvoker() {
        try {
            RunningStep running = step();
            if (running.body == null) {
                throw new IllegalStateException("There's no body to invoke");
            }
            return new ProgramBody.Invoker(running);
        } catch (IOException x) {
            throw new IllegalStateException(x);
        }
    }

    /** An invoker of another closure than the step's own body: a branch of {@code parallel}. */
    BodyInvoker newBodyInvoker(groovy.lang.Closure<?> closure) throws IOException {
        return new ProgramBody.Invoker(step(), closure);
    }

    /** An invoker of another script than the build's own. */
    BodyInvoker newBodyInvoker(groovy.lang.Script script) throws IOException {
        return new ProgramBody.Invoker(step(), script);
    }

    @Override
    public boolean hasBody() {
        try {
            return step().body != null;
        } catch (IOException x) {
            return false;
        }
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ProgramStepContext that && owner.equals(that.owner) && nodeId.equals(that.nodeId);
    }

    @Override
    public int hashCode() {
        return owner.hashCode() * 31 + nodeId.hashCode();
    }

    @Override
    public String toString() {
        return "StepContext[" + nodeId + "]:" + owner;
    }
}
