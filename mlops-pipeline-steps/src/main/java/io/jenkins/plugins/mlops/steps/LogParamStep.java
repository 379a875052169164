package io.jenkins.plugins.mlops.steps;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** The step {@code logParam}: logs a parameter, once, to the run of the {@code trainModel} around it. */
public final class LogParamStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String value;

    /**
     * @param name the parameter's name
     * @param value its value; a parameter that has another value already is refused
     */
    @DataBoundConstructor
    public LogParamStep(String name, String value) {
        this.name = name;
        this.value = value;
    }

    public String getName() {
        return name;
    }

    public String getValue() {
        return value;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, this);
    }

    private static final class Execution extends BackgroundExecution {
        private static final long serialVersionUID = 1L;

        private final LogParamStep step;

        Execution(StepContext context, LogParamStep step) {
            super(context);
            this.step = step;
        }

        @Override
        void work() throws Exception {
            String runId = required(TrackedRunHandle.class).getRunId();
            TrackedValues.logParams(registry().tracking(), runId, Map.of(step.name, step.value));
            listener().getLogger().println("[mlops] param " + step.name + "=" + step.value);
            getContext().onSuccess(null);
        }
    }

    /** Describes {@code logParam}. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "logParam";
        }

        @Override
        public String getDisplayName() {
            return Messages.LogParamStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, TrackedRunHandle.class);
        }
    }
}
