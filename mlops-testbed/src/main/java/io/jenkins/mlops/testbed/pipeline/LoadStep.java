package io.jenkins.mlops.testbed.pipeline;

import hudson.Extension;
import hudson.FilePath;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** Runs a script from the workspace as a part of the build's own and gives its value. */
public final class LoadStep extends Step {
    private final String path;

    @DataBoundConstructor
    public LoadStep(String path) {
        this.path = path;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution((ProgramStepContext) context, path);
    }

    private static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1L;
        private final transient ProgramStepContext context;
        private final String path;

        Execution(ProgramStepContext context, String path) {
            super(context);
            this.context = context;
            this.path = path;
        }

        @Override
        public boolean start() throws Exception {
            String text = context.get(FilePath.class).child(path).readToString();
            context.newBodyInvoker(Program.current().program.loader().load(text))
                    .withDisplayName(path)
                    .withCallback(BodyExecutionCallback.wrap(context))
                    .start();
            return false;
        }
    }

    /** The kind. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "load";
        }

        @Override
        public String getDisplayName() {
            return "Evaluate a Groovy source file into the Pipeline script";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(FilePath.class);
        }
    }
}
