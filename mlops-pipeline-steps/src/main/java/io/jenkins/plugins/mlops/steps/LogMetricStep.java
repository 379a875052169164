package io.jenkins.plugins.mlops.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.mlops.tracking.MetricPoint;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The step {@code logMetric}: logs one value of a metric to the run of the {@code trainModel} around it. */
public final class LogMetricStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final double value;
    private long step;

    /**
     * @param name the metric's name
     * @param value its value
     */
    @DataBoundConstructor
    public LogMetricStep(String name, double value) {
        this.name = name;
        this.value = value;
    }

    public String getName() {
        return name;
    }

    public double getValue() {
        return value;
    }

    public long getStep() {
        return step;
    }

    /** The epoch or step of training that the value belongs to; 0 where there is only one. */
    @DataBoundSetter
    public void setStep(long step) {
        this.step = step;
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        if (name == null) {
            throw new AbortException(
                    "logMetric: expected a name, found none. Write for example logMetric name: 'loss', value: 0.5.");
        }
        return new Execution(context, this);
    }

    private static final class Execution extends BackgroundExecution {
        private static final long serialVersionUID = 1L;

        private final LogMetricStep step;

        /** Taken once, so that a repetition after a restart logs the same point. */
        private final long millis = System.currentTimeMillis();

        Execution(StepContext context, LogMetricStep step) {
            super(context);
            this.step = step;
        }

        @Override
        void work() throws Exception {
            List<MetricPoint> points = List.of(new MetricPoint(step.name, step.value, millis, step.step));
            TrackedValues.logMetrics(
                    registry().tracking(), required(TrackedRunHandle.class).getRunId(), points);
            MetricLines.print(points, listener());
            getContext().onSuccess(null);
        }
    }

    /** Describes {@code logMetric}. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "logMetric";
        }

        @Override
        public String getDisplayName() {
            return Messages.LogMetricStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, TrackedRunHandle.class);
        }
    }
}
