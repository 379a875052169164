package io.jenkins.mlops.testbed.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.Functions;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Blocks that deal with failures of their bodies: {@code retry}, {@code catchError}, {@code warnError}. */
final class ControlSteps {
    private ControlSteps() {}

    /** Runs its body until it succeeds, a limited number of times. */
    public static final class Retry extends Step {
        private final int count;

        @DataBoundConstructor
        public Retry(int count) {
            this.count = count;
        }

        @Override
        public StepExecution start(StepContext context) {
            return new RetryExecution(context, count);
        }

        /** The kind. */
        @Extension
        public static final class DescriptorImpl extends BasicStepDescriptor {
            public DescriptorImpl() {
                super("retry", "Retry the body up to N times", true, TaskListener.class);
            }
        }
    }

    private static final class RetryExecution extends StepExecution {
        private static final long serialVersionUID = 1L;
        private final int count;

        RetryExecution(StepContext context, int count) {
            super(context);
            this.count = count;
        }

        @Override
        public boolean start() {
            getContext().newBodyInvoker().withCallback(new RetryCallback(count)).start();
            return false;
        }
    }

    private static final class RetryCallback extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;
        private int left;

        RetryCallback(int left) {
            this.left = left;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            context.onSuccess(result);
        }

        @Override
        public void onFailure(StepContext context, Throwable t) {
            try {
                boolean stopped = t instanceof FlowInterruptedException x && x.isActualInterruption();
                if (stopped || --left <= 0) {
                    context.onFailure(t);
                    return;
                }
                TaskListener listener = context.get(TaskListener.class);
                report(t, context, "Execution failed");
                listener.getLogger().println("Retrying");
                context.newBodyInvoker().withCallback(this).start();
            } catch (Exception x) {
                t.addSuppressed(x);
                context.onFailure(t);
            }
        }
    }

    private static void report(Throwable t, StepContext context, String message) throws Exception {
        TaskListener listener = context.get(TaskListener.class);
        if (t instanceof AbortException) {
            listener.error(t.getMessage());
        } else if (t instanceof FlowInterruptedException interrupted) {
            interrupted.handle(context.get(Run.class), listener);
        } else {
            listener.error(message).println(Functions.printThrowable(t).stripTrailing());
        }
    }

    /** Goes on after a failure of its body, with a worse result. */
    public static final class CatchError extends Step {
        private String message;
        private Result buildResult = Result.FAILURE;
        private Result stageResult = Result.SUCCESS;
        private boolean catchInterruptions = true;

        @DataBoundConstructor
        public CatchError() {}

        @DataBoundSetter
        public void setMessage(String message) {
            this.message = message;
        }

        @DataBoundSetter
        public void setBuildResult(String buildResult) {
            this.buildResult = parse(buildResult);
        }

        @DataBoundSetter
        public void setStageResult(String stageResult) {
            this.stageResult = parse(stageResult);
        }

        @DataBoundSetter
        public void setCatchInterruptions(boolean catchInterruptions) {
            this.catchInterruptions = catchInterruptions;
        }

        private static Result parse(String text) {
            if (text == null) {
                return Result.SUCCESS;
            }
            Result result = Result.fromString(text);
            if (!result.toString().equalsIgnoreCase(text)) {
                throw new IllegalArgumentException("Result is invalid: " + text);
            }
            return result;
        }

        @Override
        public StepExecution start(StepContext context) {
            return new CatchExecution(
                    context, new CatchCallback(message, buildResult, stageResult, catchInterruptions));
        }

        /** The kind. */
        @Extension
        public static final class DescriptorImpl extends BasicStepDescriptor {
            public DescriptorImpl() {
                super("catchError", "Catch error and set build result to failure", true, TaskListener.class);
            }
        }
    }

    /** Goes on after a failure of its body, unstable. */
    public static final class WarnError extends Step {
        private final String message;
        private boolean catchInterruptions = true;

        @DataBoundConstructor
        public WarnError(String message) {
            this.message = message;
        }

        @DataBoundSetter
        public void setCatchInterruptions(boolean catchInterruptions) {
            this.catchInterruptions = catchInterruptions;
        }

        @Override
        public StepExecution start(StepContext context) {
            return new CatchExecution(
                    context, new CatchCallback(message, Result.UNSTABLE, Result.UNSTABLE, catchInterruptions));
        }

        /** The kind. */
        @Extension
        public static final class DescriptorImpl extends BasicStepDescriptor {
            public DescriptorImpl() {
                super("warnError", "Catch error and set build and stage result to unstable", true, TaskListener.class);
            }
        }
    }

    private static final class CatchExecution extends StepExecution {
        private static final long serialVersionUID = 1L;
        private final CatchCallback callback;

        CatchExecution(StepContext context, CatchCallback callback) {
            super(context);
            this.callback = callback;
        }

        @Override
        public boolean start() {
            getContext().newBodyInvoker().withCallback(callback).start();
            return false;
        }
    }

    private static final class CatchCallback extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;
        private final String message;
        private final Result buildResult;
        private final Result stageResult;
        private final boolean catchInterruptions;

        CatchCallback(String message, Result buildResult, Result stageResult, boolean catchInterruptions) {
            this.message = message;
            this.buildResult = buildResult;
            this.stageResult = stageResult;
            this.catchInterruptions = catchInterruptions;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            context.onSuccess(null);
        }

        @Override
        public void onFailure(StepContext context, Throwable t) {
            try {
                boolean interrupted = t instanceof FlowInterruptedException x && x.isActualInterruption();
                if (interrupted && !catchInterruptions) {
                    context.onFailure(t);
                    return;
                }
                TaskListener listener = context.get(TaskListener.class);
                if (message != null) {
                    listener.error(message);
                }
                report(t, context, "Execution failed");
                Result ofBuild = t instanceof FlowInterruptedException x ? x.getResult() : buildResult;
                if (buildResult.isWorseThan(Result.SUCCESS)) {
                    context.setResult(ofBuild);
                }
                if (stageResult.isWorseThan(Result.SUCCESS)) {
                    context.get(FlowNode.class)
                            .addAction(new WarningAction(stageResult)
                                    .withMessage(message == null ? t.getMessage() : message));
                }
                context.onSuccess(null);
            } catch (Exception x) {
                context.onFailure(x);
            }
        }
    }
}
