package io.jenkins.mlops.testbed.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.Result;
import hudson.model.TaskListener;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.kohsuke.stapler.DataBoundConstructor;

/** Steps that say something: {@code echo}, {@code error}, {@code unstable}. */
final class MessageSteps {
    private MessageSteps() {}

    /** Prints a message. */
    public static final class Echo extends Step {
        private final String message;

        @DataBoundConstructor
        public Echo(String message) {
            this.message = message;
        }

        @Override
        public StepExecution start(StepContext context) {
            return StepExecutions.synchronousVoid(
                    context, c -> c.get(TaskListener.class).getLogger().println(message));
        }

        /** The kind. */
        @Extension
        public static final class DescriptorImpl extends BasicStepDescriptor {
            public DescriptorImpl() {
                super("echo", "Print Message", false, TaskListener.class);
            }
        }
    }

    /** Fails with a message. */
    public static final class ErrorStep extends Step {
        private final String message;

        @DataBoundConstructor
        public ErrorStep(String message) {
            this.message = message;
        }

        @Override
        public StepExecution start(StepContext context) {
            return StepExecutions.synchronousVoid(context, c -> {
                throw new AbortException(message);
            });
        }

        /** The kind. */
        @Extension
        public static final class DescriptorImpl extends BasicStepDescriptor {
            public DescriptorImpl() {
                super("error", "Error signal", false);
            }
        }
    }

    /** Sets the result to unstable. */
    public static final class Unstable extends Step {
        private final String message;

        @DataBoundConstructor
        public Unstable(String message) {
            this.message = message;
        }

        @Override
        public StepExecution start(StepContext context) {
            return StepExecutions.synchronousVoid(context, c -> {
                c.get(TaskListener.class).getLogger().println("WARNING: " + message);
                c.get(FlowNode.class).addAction(new WarningAction(Result.UNSTABLE).withMessage(message));
                c.setResult(Result.UNSTABLE);
            });
        }

        /** The kind. */
        @Extension
        public static final class DescriptorImpl extends BasicStepDescriptor {
            public DescriptorImpl() {
                super("unstable", "Set stage result to unstable", false, TaskListener.class);
            }
        }
    }
}
