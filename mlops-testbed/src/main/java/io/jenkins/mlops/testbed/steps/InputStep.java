package io.jenkins.mlops.testbed.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Failure;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.User;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Waits until a person says yes or no. */
public final class InputStep extends Step {
    private final String message;
    private String id;
    private String ok;
    private String submitter;

    @DataBoundConstructor
    public InputStep(String message) {
        this.message = message == null ? "Pipeline has paused and needs your input before proceeding" : message;
    }

    @DataBoundSetter
    public void setId(String id) {
        this.id = id;
    }

    @DataBoundSetter
    public void setOk(String ok) {
        this.ok = ok;
    }

    @DataBoundSetter
    public void setSubmitter(String submitter) {
        this.submitter = submitter;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, this);
    }

    /** A question that waits for its answer. */
    public static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1L;
        private final String message;
        private final String id;
        private final String ok;

        @CheckForNull
        private final String submitter;

        Execution(StepContext context, InputStep step) {
            super(context);
            message = step.message;
            id = step.id == null ? Integer.toHexString(context.hashCode()) : step.id;
            ok = step.ok == null ? "Proceed" : step.ok;
            submitter = step.submitter;
        }

        @Override
        public boolean start() throws Exception {
            getContext().get(FlowNode.class).addAction(new PauseAction("Input"));
            TaskListener listener = getContext().get(TaskListener.class);
            listener.getLogger().println(message);
            listener.getLogger().println(ok + " or Abort");
            return false;
        }

        public String getId() {
            return id;
        }

        public String getMessage() {
            return message;
        }

        /** Goes on, as the current user. */
        public void proceed() throws Exception {
            String user = decide();
            getContext().get(TaskListener.class).getLogger().println("Approved by " + user);
            getContext().onSuccess(null);
        }

        /** Ends the build, as the current user. */
        public void reject() throws Exception {
            String user = decide();
            getContext().onFailure(new FlowInterruptedException(Result.ABORTED, true, new Rejection(user)));
        }

        private String decide() throws Exception {
            User user = User.current();
            String name = user == null ? "anonymous" : user.getId();
            if (submitter != null && !List.of(submitter.split("\\s*,\\s*")).contains(name)) {
                throw new Failure("You need to be " + submitter + " to submit this.");
            }
            PauseAction.endCurrentPause(getContext().get(FlowNode.class));
            return name;
        }

        @Override
        public void stop(Throwable cause) throws Exception {
            PauseAction.endCurrentPause(getContext().get(FlowNode.class));
            super.stop(cause);
        }

        @Override
        public String getStatus() {
            return "waiting for input";
        }

        /** The questions that wait in a build. */
        public static List<Execution> of(Run<?, ?> run) {
            List<Execution> found = new ArrayList<>();
            if (run instanceof org.jenkinsci.plugins.workflow.job.WorkflowRun build && build.getExecution() != null) {
                com.google.common.util.concurrent.Futures.getUnchecked(
                                build.getExecution().getCurrentExecutions(true))
                        .stream()
                        .filter(Execution.class::isInstance)
                        .map(Execution.class::cast)
                        .forEach(found::add);
            }
            return found;
        }
    }

    private static final class Rejection extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;
        private final String user;

        Rejection(String user) {
            this.user = user;
        }

        @Override
        public String getShortDescription() {
            return "Rejected by " + user;
        }
    }

    /** The kind. */
    @Extension
    public static final class DescriptorImpl extends BasicStepDescriptor {
        public DescriptorImpl() {
            super("input", "Wait for interactive input", false, FlowNode.class, Run.class, TaskListener.class);
        }
    }
}
