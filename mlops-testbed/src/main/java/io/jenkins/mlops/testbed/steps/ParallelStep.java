package io.jenkins.mlops.testbed.steps;

import groovy.lang.Closure;
import hudson.Extension;
import hudson.model.Result;
import hudson.model.TaskListener;
import io.jenkins.mlops.testbed.pipeline.Branches;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Runs several bodies at the same time. */
public final class ParallelStep extends Step {
    private final Map<String, Closure<?>> branches;
    private final boolean failFast;

    private ParallelStep(Map<String, Closure<?>> branches, boolean failFast) {
        this.branches = branches;
        this.failFast = failFast;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, branches, failFast);
    }

    private static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1L;
        private final transient Map<String, Closure<?>> branches;
        private final boolean failFast;
        private final LinkedHashMap<String, Object> values = new LinkedHashMap<>();
        private final LinkedHashMap<String, Throwable> failures = new LinkedHashMap<>();
        private final List<BodyExecution> bodies = new ArrayList<>();
        private int running;

        Execution(StepContext context, Map<String, Closure<?>> branches, boolean failFast) {
            super(context);
            this.branches = branches;
            this.failFast = failFast;
        }

        @Override
        public boolean start() throws Exception {
            if (branches.isEmpty()) {
                getContext().onSuccess(Map.of());
                return true;
            }
            running = branches.size();
            branches.forEach((name, closure) -> bodies.add(Branches.invoker(getContext(), closure)
                    .withDisplayName("Branch: " + name)
                    .withCallback(new Ended(this, name))
                    .start()));
            return false;
        }

        @Override
        public void stop(Throwable cause) {
            bodies.forEach(body -> body.cancel(cause));
        }

        private void ended(String name, Object value, Throwable failure) {
            running--;
            if (failure == null) {
                values.put(name, value);
            } else {
                if (failures.isEmpty() && running > 0 && failFast) {
                    FlowInterruptedException cause =
                            new FlowInterruptedException(Result.FAILURE, true, new FailedBranch(name));
                    bodies.stream().filter(body -> !body.isDone()).forEach(body -> body.cancel(cause));
                }
                failures.put(name, failure);
            }
            if (running == 0) {
                finish();
            }
        }

        private void finish() {
            if (failures.isEmpty()) {
                getContext().onSuccess(values);
                return;
            }
            List<Throwable> all = new ArrayList<>(failures.values());
            Throwable first = all.get(0);
            all.stream().skip(1).filter(other -> other != first).forEach(first::addSuppressed);
            getContext().onFailure(first);
        }
    }

    private static final class Ended extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;
        private final Execution execution;
        private final String name;

        Ended(Execution execution, String name) {
            this.execution = execution;
            this.name = name;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            execution.ended(name, result, null);
        }

        @Override
        public void onFailure(StepContext context, Throwable t) {
            try {
                context.get(TaskListener.class).getLogger().println("Failed in branch " + name);
            } catch (Exception x) {
                t.addSuppressed(x);
            }
            execution.ended(name, null, t);
        }
    }

    private static final class FailedBranch extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;
        private final String name;

        FailedBranch(String name) {
            this.name = name;
        }

        @Override
        public String getShortDescription() {
            return "Failed in branch " + name;
        }
    }

    /** The kind. */
    @Extension
    public static final class DescriptorImpl extends BasicStepDescriptor {
        public DescriptorImpl() {
            super("parallel", "Execute in parallel", false, TaskListener.class);
        }

        @Override
        public Step newInstance(Map<String, Object> arguments) {
            Map<String, Closure<?>> branches = new LinkedHashMap<>();
            boolean failFast = false;
            for (Map.Entry<String, Object> argument : arguments.entrySet()) {
                if (argument.getValue() instanceof Closure<?> closure) {
                    branches.put(argument.getKey(), closure);
                } else if (argument.getKey().equals("failFast") && argument.getValue() instanceof Boolean flag) {
                    failFast = flag;
                } else {
                    throw new IllegalArgumentException("Expected a closure or failFast but found " + argument.getKey()
                            + "=" + argument.getValue());
                }
            }
            return new ParallelStep(branches, failFast);
        }
    }
}
