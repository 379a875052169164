package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.lineage.LineageAction;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.springframework.security.core.Authentication;

/**
 * An execution whose work leaves the CPS thread and is taken up again after a restart of the controller.
 *
 * <p>Pipeline's own {@code SynchronousNonBlockingStepExecution} fails whenever the controller restarts. The work of
 * this suite's steps is idempotent by design: what changes the registry carries {@link #operationKey()}, so it can be
 * run once more and finds what it had done before. So here a restart costs a repetition, not the build.
 */
abstract class BackgroundExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    /** How long a resumed step waits for its agent to come back before it gives up. */
    private static final long RECONNECT_MILLIS = TimeUnit.MINUTES.toMillis(5);

    private static final long RECONNECT_POLL_MILLIS = 500;

    @CheckForNull
    private volatile String operationKey;

    private transient volatile Future<?> task;
    private transient volatile boolean stopping;
    private transient volatile boolean working;

    BackgroundExecution(StepContext context) {
        super(context);
    }

    /** Work that may fail in any way; a failure fails the step. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    @Override
    public boolean start() throws Exception {
        operationKey = newOperationKey();
        background(this::work);
        return false;
    }

    /** Does the step's work, from its beginning, and ends the step through its context. */
    abstract void work() throws Exception;

    @Override
    public void onResume() {
        background(this::work);
    }

    @Override
    public void stop(@NonNull Throwable cause) throws Exception {
        interruptWork();
        super.stop(cause);
    }

    /**
     * Interrupts the work, whose failure from then on is no longer the step's.
     *
     * @return whether there was any under way; work that had not begun yet does not begin any more
     */
    final boolean interruptWork() {
        stopping = true;
        Future<?> running = task;
        return running != null && running.cancel(true) && working;
    }

    /** Runs work off the CPS thread, as the identity that the build runs as. */
    final void background(Work work) {
        working = false;
        task = Computer.threadPoolForRemoting.submit(() -> {
            working = true;
            try (ACLContext ignored = ACL.as2(buildAuthentication())) {
                work.run();
            } catch (Throwable x) { // whatever it is, an unreported one would leave the step waiting for ever
                if (!stopping) {
                    getContext().onFailure(Explained.of(x));
                }
            }
        });
    }

    final boolean isStopping() {
        return stopping;
    }

    /** Calls back after a while, off the shared timer. */
    final void backgroundLater(Work work, long delayMillis) {
        Timer.get().schedule(() -> background(work), delayMillis, TimeUnit.MILLISECONDS);
    }

    /** Names this execution of this step for ever, so that what it changes outside is changed once. */
    final String operationKey() {
        return operationKey;
    }

    private String newOperationKey() throws IOException, InterruptedException {
        return run().getExternalizableId() + "/" + required(FlowNode.class).getId();
    }

    final Run<?, ?> run() throws IOException, InterruptedException {
        return required(Run.class);
    }

    final TaskListener listener() throws IOException, InterruptedException {
        return required(TaskListener.class);
    }

    final LineageAction lineage() throws IOException, InterruptedException {
        return LineageAction.of(run());
    }

    final RegistryConnection registry() {
        return RegistryConnection.get();
    }

    final <T> T required(Class<T> type) throws IOException, InterruptedException {
        T value = getContext().get(type);
        if (value == null) {
            throw new AbortException("Expected a " + type.getSimpleName()
                    + " around this step, found none. Put the step inside node { } (or a stage with an agent).");
        }
        return value;
    }

    /**
     * Returns the workspace, waiting for an agent that is on its way back after a restart.
     *
     * @throws AbortException if the agent does not come back in time
     */
    final FilePath workspace() throws IOException, InterruptedException {
        return awaitAgent(() -> getContext().get(FilePath.class), "workspace");
    }

    private <T> T awaitAgent(Callable<T> look, String what) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RECONNECT_MILLIS);
        boolean told = false;
        while (true) {
            Exception reason = null;
            try {
                T found = look.call();
                if (found != null) {
                    return found;
                }
            } catch (InterruptedException x) {
                throw x;
            } catch (Exception x) { // the agent is offline: the Pipeline says so by an exception of its own
                reason = x;
            }
            if (System.nanoTime() > deadline) {
                AbortException gone = new AbortException("Expected the agent of this step to come back within "
                        + TimeUnit.MILLISECONDS.toMinutes(RECONNECT_MILLIS)
                        + " minutes, but it is still offline. Bring the agent back and run the build again.");
                if (reason != null) {
                    gone.initCause(reason);
                }
                throw gone;
            }
            if (!told) {
                listener().getLogger().println("[mlops] waiting for the agent to bring back the " + what);
                told = true;
            }
            Thread.sleep(RECONNECT_POLL_MILLIS);
        }
    }

    private Authentication buildAuthentication() throws IOException, InterruptedException {
        return required(FlowExecution.class).getAuthentication2();
    }
}
