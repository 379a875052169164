package io.jenkins.mlops.testbed.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** Takes an executor and a workspace on a node. */
public final class NodeStep extends Step {
    @CheckForNull
    private final String label;

    @DataBoundConstructor
    public NodeStep(String label) {
        this.label = Util.fixEmptyAndTrim(label);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, label);
    }

    /** A wait for an executor, then its use. */
    static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1L;

        @CheckForNull
        private final String label;

        @CheckForNull
        private String nodeName;

        @CheckForNull
        private String path;

        private BodyExecution body;

        Execution(StepContext context, @CheckForNull String label) {
            super(context);
            this.label = label;
        }

        @Override
        public boolean start() throws Exception {
            if (!NodePool.get().request(this)) {
                TaskListener listener = getContext().get(TaskListener.class);
                listener.getLogger().println("Still waiting to schedule task");
                listener.getLogger().println(waitingFor());
            }
            return false;
        }

        private String waitingFor() {
            return label == null
                    ? "Waiting for next available executor"
                    : "There are no free nodes with the label ‘" + label + "’";
        }

        @CheckForNull
        String label() {
            return label;
        }

        /** The pool has found a slot for this step. */
        void granted(Node node, FilePath workspace) {
            nodeName = node.getNodeName();
            path = workspace.getRemote();
            try {
                Computer computer = node.toComputer();
                getContext()
                        .get(TaskListener.class)
                        .getLogger()
                        .println("Running on " + node.getDisplayName() + " in " + path);
                body = getContext()
                        .newBodyInvoker()
                        .withContexts(computer, workspace, computer.getEnvironment())
                        .withCallback(new Release(this))
                        .start();
            } catch (Exception x) {
                release();
                getContext().onFailure(x);
            }
        }

        Run<?, ?> run() throws Exception {
            return getContext().get(Run.class);
        }

        private void release() {
            NodePool.get().release(nodeName, path);
        }

        @Override
        public void onResume() {
            if (path == null) {
                NodePool.get().request(this);
            } else {
                NodePool.get().takeBack(nodeName, path);
            }
        }

        @Override
        public void stop(Throwable cause) throws Exception {
            if (body == null) {
                NodePool.get().cancel(this);
                super.stop(cause);
            } else {
                body.cancel(cause);
            }
        }

        @Override
        public String getStatus() {
            return path == null ? "waiting for an executor" : "running on " + nodeName;
        }
    }

    private static final class Release extends BodyExecutionCallback.TailCall {
        private static final long serialVersionUID = 1L;
        private final Execution execution;

        Release(Execution execution) {
            this.execution = execution;
        }

        @Override
        protected void finished(StepContext context) {
            execution.release();
        }
    }

    /** The kind. */
    @Extension
    public static final class DescriptorImpl extends BasicStepDescriptor {
        public DescriptorImpl() {
            super("node", "Allocate node", true, Run.class, TaskListener.class);
        }

        @Override
        public Set<? extends Class<?>> getProvidedContext() {
            return Set.of(Computer.class, FilePath.class, Node.class, Launcher.class);
        }
    }
}
