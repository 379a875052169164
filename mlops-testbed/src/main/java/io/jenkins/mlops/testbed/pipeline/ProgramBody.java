package io.jenkins.mlops.testbed.pipeline;

import com.cloudbees.groovy.cps.Outcome;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import groovy.lang.Closure;
import groovy.lang.Script;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** One run of a step's body, on a thread of its own. */
final class ProgramBody extends BodyExecution {
    private static final long serialVersionUID = 1L;

    private final RunningStep step;
    private final transient Consumer<ProgramThread> code;
    private final List<BodyExecutionCallback> callbacks;

    @CheckForNull
    private final String displayName;

    private String startNodeId;
    private transient StepNodes.Start startNode;

    @CheckForNull
    private Outcome outcome;

    private boolean cancelled;

    private ProgramBody(
            RunningStep step,
            Consumer<ProgramThread> code,
            List<BodyExecutionCallback> callbacks,
            @CheckForNull String displayName) {
        this.step = step;
        this.code = code;
        this.callbacks = new ArrayList<>(callbacks);
        this.displayName = displayName;
    }

    int parentId() {
        return step.thread.id;
    }

    boolean isOf(ProgramThread thread) {
        return step.thread == thread;
    }

    private void launch(List<Object> values) {
        Program program = step.thread.program;
        ProgramThread thread = program.newThread(step.thread.context.with(values), this);
        try {
            startNode =
                    new StepNodes.Start(program.execution(), program.nextNodeId(), step.function, true, step.node());
            startNodeId = startNode.getId();
            if (displayName != null) {
                startNode.addAction(new LabelAction(displayName));
            }
            thread.enter(startNode);
            program.log(startNode.getDisplayFunctionName());
            ProgramStepContext context = new ProgramStepContext(step, thread);
            callbacks.forEach(callback -> callback.onStart(context));
        } catch (IOException x) {
            throw new IllegalStateException(x);
        }
        code.accept(thread);
    }

    void ended(ProgramThread thread, Outcome result) {
        Program program = step.thread.program;
        try {
            if (startNode == null) {
                startNode = (StepNodes.Start) program.execution().getNode(startNodeId);
            }
            StepNodes.End end =
                    new StepNodes.End(program.execution(), program.nextNodeId(), startNode, List.of(thread.head()));
            step.thread.enter(end);
            step.bodyEnded(end);
            program.log("}");
        } catch (IOException x) {
            throw new IllegalStateException(x);
        }
        synchronized (this) {
            outcome = result;
            notifyAll();
        }
        ProgramStepContext context = new ProgramStepContext(step, step.thread);
        for (BodyExecutionCallback callback : callbacks) {
            try {
                if (result.isSuccess()) {
                    callback.onSuccess(context, result.getNormal());
                } else {
                    callback.onFailure(context, result.getAbnormal());
                }
            } catch (RuntimeException x) {
                context.onFailure(x);
            }
        }
    }

    @Override
    public Collection<StepExecution> getCurrentExecutions() {
        List<StepExecution> found = new ArrayList<>();
        for (ProgramThread thread : step.thread.program.innermost(this)) {
            StepExecution execution = thread.stepExecution();
            if (execution != null) {
                found.add(execution);
            }
        }
        return found;
    }

    @Override
    public boolean cancel(Throwable cause) {
        synchronized (this) {
            if (outcome != null) {
                return false;
            }
            cancelled = true;
        }
        step.thread.program.submit(() -> step.thread.program.innermost(this).forEach(thread -> thread.stop(cause)));
        return true;
    }

    @Override
    public synchronized boolean isCancelled() {
        return cancelled && isDone();
    }

    @Override
    public synchronized boolean isDone() {
        return outcome != null;
    }

    @Override
    public synchronized Object get() throws InterruptedException, ExecutionException {
        while (outcome == null) {
            wait();
        }
        return value();
    }

    @Override
    public synchronized Object get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        long end = System.nanoTime() + unit.toNanos(timeout);
        while (outcome == null) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new TimeoutException();
            }
            wait(left);
        }
        return value();
    }

    private Object value() throws ExecutionException {
        Outcome ended = Objects.requireNonNull(outcome, "value() before the body has ended");
        if (ended.isFailure()) {
            throw new ExecutionException(ended.getAbnormal());
        }
        return ended.getNormal();
    }

    /** Collects what a body needs, then starts it. */
    static final class Invoker extends BodyInvoker {
        private final RunningStep step;
        private final Consumer<ProgramThread> code;
        private final List<Object> values = new ArrayList<>();
        private final List<BodyExecutionCallback> callbacks = new ArrayList<>();
        private String displayName;
        private boolean started;

        Invoker(RunningStep step) {
            this(step, step.body);
        }

        Invoker(RunningStep step, Closure<?> closure) {
            this(step, thread -> thread.run(closure));
        }

        Invoker(RunningStep step, Script script) {
            this(step, thread -> thread.run(script));
        }

        private Invoker(RunningStep step, Consumer<ProgramThread> code) {
            this.step = step;
            this.code = code;
        }

        @Override
        public BodyInvoker withContext(Object context) {
            values.add(context);
            return this;
        }

        @Override
        public BodyInvoker withDisplayName(@CheckForNull String name) {
            displayName = name;
            return this;
        }

        @Override
        public BodyInvoker withCallback(BodyExecutionCallback callback) {
            callbacks.add(callback);
            return this;
        }

        @Override
        public BodyExecution start() {
            if (started) {
                throw new IllegalStateException("Already started");
            }
            started = true;
            ProgramBody body = new ProgramBody(step, code, callbacks, displayName);
            if (step.thread.program.isVmThread()) {
                body.launch(values);
            } else {
                step.thread.program.submit(() -> body.launch(values));
            }
            return body;
        }
    }
}
