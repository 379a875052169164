package jenkins.model.queue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Executor;

/** Thrown by an executable that goes on after its {@code run} has returned. */
public abstract class AsynchronousExecution extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private transient Executor executor;
    private transient Throwable result;
    private transient boolean done;

    protected AsynchronousExecution() {
        super(null, null, false, false);
    }

    public abstract void interrupt(boolean forShutdown);

    public abstract boolean blocksRestart();

    public abstract boolean displayCell();

    @CheckForNull
    public final synchronized Executor getExecutor() {
        return executor;
    }

    public final synchronized void setExecutorWithoutCompleting(@NonNull Executor executor) {
        this.executor = executor;
    }

    public final synchronized void maybeComplete() {
        if (done) {
            executor.completedAsynchronous(result);
        }
    }

    public final synchronized void completed(@CheckForNull Throwable error) {
        done = true;
        result = error;
        if (executor != null) {
            executor.completedAsynchronous(error);
        }
    }
}
