package org.jenkinsci.plugins.workflow.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.Functions;
import hudson.model.Executor;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.StreamBuildListener;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.mlops.testbed.pipeline.EnvironmentOverrides;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.CauseOfInterruption;
import jenkins.model.Jenkins;
import jenkins.model.queue.AsynchronousExecution;
import org.jenkinsci.plugins.workflow.flow.FlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.flow.GraphListener;
import org.jenkinsci.plugins.workflow.graph.FlowEndNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** One build of a Pipeline job. */
public final class WorkflowRun extends Run<WorkflowJob, WorkflowRun> implements FlowExecutionOwner.Executable {
    private static final Logger LOGGER = Logger.getLogger(WorkflowRun.class.getName());

    @CheckForNull
    private volatile FlowExecution execution;

    /** The result as it was set: a build that is read back while it runs starts from FAILURE otherwise. */
    @CheckForNull
    private Result resultSoFar;

    private volatile boolean started;
    private volatile boolean completed;

    /** From the end of the Pipeline until all of it is written, the build still runs for those who wait for it. */
    private transient volatile boolean finishing;

    private transient StreamBuildListener listener;
    private transient volatile Asynchronous asynchronous;

    public WorkflowRun(WorkflowJob job) throws IOException {
        super(job);
    }

    public WorkflowRun(WorkflowJob job, File dir) throws IOException {
        super(job, dir);
    }

    @Override
    public void run() {
        onStartBuilding();
        started = true;
        Asynchronous running = new Asynchronous();
        asynchronous = running;
        charset = StandardCharsets.UTF_8.name();
        try {
            listener();
            getCauses().forEach(cause -> cause.print(listener));
            RunListener.fireStarted(this, listener());
            FlowDefinition definition = getParent().getDefinition();
            if (definition == null) {
                throw new AbortException("No flow definition, cannot run");
            }
            FlowExecution created = definition.create(asFlowExecutionOwner(), listener(), getAllActions());
            execution = created;
            created.addListener(new EndListener());
            save();
            created.start();
        } catch (Throwable t) {
            finish(Result.FAILURE, t);
        }
        throw running;
    }

    private synchronized StreamBuildListener listener() throws IOException {
        if (listener == null) {
            listener = new StreamBuildListener(new FileOutputStream(getLogFile(), true), StandardCharsets.UTF_8);
        }
        return listener;
    }

    @Override
    protected void onLoad() {
        super.onLoad();
        FlowExecution loaded = execution;
        if (loaded == null) {
            completed = true;
            return;
        }
        try {
            loaded.onLoad(asFlowExecutionOwner());
            if (!completed) {
                result = resultSoFar;
                loaded.addListener(new EndListener());
            }
        } catch (IOException x) {
            LOGGER.log(Level.WARNING, "cannot load the execution of " + this, x);
            execution = null;
        }
    }

    private void finish(Result r, @CheckForNull Throwable failure) {
        try {
            setResult(r);
            duration = Math.max(1, System.currentTimeMillis() - getStartTimeInMillis());
            StreamBuildListener log = listener();
            if (failure instanceof AbortException) {
                log.error(failure.getMessage());
            } else if (failure instanceof FlowInterruptedException interrupted) {
                interrupted.handle(this, log);
            } else if (failure != null) {
                log.getLogger().print(Functions.printThrowable(failure));
            }
            RunListener.fireCompleted(this, log);
            log.getLogger().println("Finished: " + getResult());
            log.close();
        } catch (IOException | RuntimeException x) {
            LOGGER.log(Level.WARNING, "failed to finish " + this, x);
        } finally {
            finishing = true;
            completed = true;
            try {
                save();
            } catch (IOException x) {
                LOGGER.log(Level.WARNING, "failed to save " + this, x);
            }
            onEndBuilding();
            finishing = false;
            if (asynchronous != null) {
                asynchronous.completed(null);
            }
        }
    }

    @NonNull
    @Override
    public EnvVars getEnvironment(@NonNull TaskListener log) throws IOException, InterruptedException {
        EnvVars env = super.getEnvironment(log);
        EnvironmentOverrides overrides = getAction(EnvironmentOverrides.class);
        if (overrides != null) {
            overrides.apply(env);
        }
        return env;
    }

    @Override
    public void setResult(@NonNull Result r) {
        if (result == null || r.isWorseThan(result)) {
            result = r;
            resultSoFar = r;
            if (isInProgress()) {
                try {
                    save();
                } catch (IOException x) {
                    LOGGER.log(Level.WARNING, "cannot save " + this, x);
                }
            }
        }
    }

    @CheckForNull
    public FlowExecution getExecution() {
        return execution;
    }

    @NonNull
    @Override
    public FlowExecutionOwner asFlowExecutionOwner() {
        return new Owner(this);
    }

    @Override
    public boolean isBuilding() {
        return !completed || finishing;
    }

    @Override
    public boolean isInProgress() {
        return started && isBuilding();
    }

    @Override
    public boolean isLogUpdated() {
        return isBuilding();
    }

    /** Stops the build, as from its page. */
    @RequirePOST
    public HttpResponse doStop() {
        checkPermission(hudson.model.Item.CANCEL);
        FlowExecution running = execution;
        if (running != null && !completed) {
            String user = Jenkins.getAuthentication2().getName();
            stop(running, Result.ABORTED, new CauseOfInterruption.UserInterruption(user));
        }
        return HttpResponses.forwardToPreviousPage();
    }

    /** The executor's view of a build that goes on without it. */
    private final class Asynchronous extends AsynchronousExecution {
        private static final long serialVersionUID = 1L;

        @Override
        public void interrupt(boolean forShutdown) {
            FlowExecution running = execution;
            if (forShutdown || running == null) {
                return;
            }
            Executor executor = getExecutor();
            Result r = executor == null ? Result.ABORTED : executor.abortResult();
            CauseOfInterruption[] causes = executor == null
                    ? new CauseOfInterruption[0]
                    : executor.getCausesOfInterruption().toArray(new CauseOfInterruption[0]);
            stop(running, r, causes);
        }

        @Override
        public boolean blocksRestart() {
            return false;
        }

        @Override
        public boolean displayCell() {
            return false;
        }
    }

    private void stop(FlowExecution running, Result r, CauseOfInterruption... causes) {
        try {
            running.interrupt(r, causes);
        } catch (IOException x) {
            LOGGER.log(Level.WARNING, "cannot stop " + this, x);
        } catch (InterruptedException x) {
            Thread.currentThread().interrupt();
        }
    }

    private final class EndListener implements GraphListener {
        @Override
        public void onNewHead(FlowNode node) {
            if (node instanceof FlowEndNode end) {
                finish(end.getResult(), node.getExecution().getCauseOfFailure());
            }
        }
    }

    /** A build by the name of its job and its number. */
    private static final class Owner extends FlowExecutionOwner {
        private static final long serialVersionUID = 1L;
        private final String job;
        private final int number;
        private transient WorkflowRun run;

        Owner(WorkflowRun run) {
            this.job = run.getParent().getFullName();
            this.number = run.getNumber();
            this.run = run;
        }

        private WorkflowRun run() throws IOException {
            if (run == null) {
                WorkflowJob parent = Jenkins.get().getItemByFullName(job, WorkflowJob.class);
                run = parent == null ? null : parent.getBuildByNumber(number);
                if (run == null) {
                    throw new IOException("no such build: " + this);
                }
            }
            return run;
        }

        @NonNull
        @Override
        public FlowExecution get() throws IOException {
            FlowExecution found = run().getExecution();
            if (found == null) {
                throw new IOException(this + " did not yet start");
            }
            return found;
        }

        @Override
        public File getRootDir() throws IOException {
            return run().getRootDir();
        }

        @Override
        public Executable getExecutable() throws IOException {
            return run();
        }

        @Override
        public String getUrl() throws IOException {
            return run().getUrl();
        }

        @NonNull
        @Override
        public TaskListener getListener() throws IOException {
            return run().listener();
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Owner that && job.equals(that.job) && number == that.number;
        }

        @Override
        public int hashCode() {
            return job.hashCode() ^ number;
        }

        @Override
        public String toString() {
            return job + " #" + number;
        }
    }
}
