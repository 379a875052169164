package io.jenkins.mlops.testbed.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.Job;
import hudson.model.JobProperty;
import hudson.model.TaskListener;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.properties.PipelineTriggersJobProperty;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.kohsuke.stapler.DataBoundConstructor;

/** Steps that are about the job: {@code properties}, {@code checkout}. */
final class JobSteps {
    private JobSteps() {}

    /** Sets the job's properties. */
    public static final class Properties extends Step {
        private final List<JobProperty<?>> properties;

        @DataBoundConstructor
        public Properties(List<JobProperty<?>> properties) {
            this.properties = properties;
        }

        @Override
        public StepExecution start(StepContext context) {
            return StepExecutions.synchronousVoid(context, c -> {
                set(c.get(Job.class));
                if (properties.stream().anyMatch(PipelineTriggersJobProperty.class::isInstance)) {
                    c.get(TaskListener.class)
                            .getLogger()
                            .println("the job keeps its triggers, but this host does not start builds by them");
                }
            });
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        private void set(Job job) throws Exception {
            for (JobProperty<?> property : properties) {
                Object before = job.removeProperty(property.getClass());
                job.addProperty(property);
                if (before instanceof PipelineTriggersJobProperty triggers) {
                    triggers.stopTriggers();
                }
                if (property instanceof PipelineTriggersJobProperty triggers) {
                    triggers.startTriggers(true);
                }
            }
        }

        /** The kind. */
        @Extension
        public static final class DescriptorImpl extends BasicStepDescriptor {
            public DescriptorImpl() {
                super("properties", "Set job properties", false, Job.class);
            }
        }
    }

    /** Says that there is no source control here. */
    public static final class Checkout extends Step {
        @DataBoundConstructor
        public Checkout(Object scm) {}

        @Override
        public StepExecution start(StepContext context) throws Exception {
            throw new AbortException("checkout needs a source control plugin, which this host does not have; "
                    + "the files of the Jenkinsfile's folder are in the workspace already");
        }

        /** The kind. */
        @Extension
        public static final class DescriptorImpl extends BasicStepDescriptor {
            public DescriptorImpl() {
                super("checkout", "Check out from version control", false);
            }
        }
    }
}
