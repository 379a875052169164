package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.CauseOfInterruption;
import jenkins.model.Jenkins;
import jenkins.model.queue.AsynchronousExecution;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** A slot of a computer that runs one task at a time. */
@ExportedBean
public class Executor extends Thread implements ModelObject {
    private static final Logger LOGGER = Logger.getLogger(Executor.class.getName());

    protected final @NonNull Computer owner;
    private final int number;
    private final Object lock = new Object();
    private final List<CauseOfInterruption> causes = new ArrayList<>();
    private Queue.LeftItem item;
    private volatile Queue.Executable executable;
    private volatile AsynchronousExecution asynchronous;
    private volatile Result interruptStatus;
    private Thread worker;

    public Executor(@NonNull Computer owner, int n) {
        super("Executor #" + n + " for " + owner.getDisplayName());
        this.owner = owner;
        this.number = n;
    }

    void take(Queue.WaitingItem from, Queue.LeftItem taken) {
        synchronized (lock) {
            item = taken;
            causes.clear();
            interruptStatus = null;
            worker = new Worker(this);
            worker.setDaemon(true);
            worker.start();
        }
    }

    @Override
    public void run() {
        Queue.LeftItem mine = item;
        try (ACLContext ignored = ACL.as2(mine.authenticate2())) {
            Queue.Executable e = Queue.create(mine.task);
            if (e == null) {
                throw new IllegalStateException(mine.task + " made nothing to run");
            }
            executable = e;
            if (e instanceof Actionable a) {
                for (Action action : mine.getActions()) {
                    a.addAction(action);
                }
            }
            if (e instanceof Run<?, ?> r) {
                r.setQueueId(mine.getId());
            }
            mine.started(e);
            mine.outcome().started(e);
            setName("Executor #" + number + " for " + owner.getDisplayName() + " : executing " + e);
            e.run();
            finish(null);
        } catch (AsynchronousExecution x) {
            asynchronous = x;
            x.setExecutorWithoutCompleting(this);
            x.maybeComplete();
        } catch (Throwable x) {
            LOGGER.log(Level.WARNING, "Executor threw an exception", x);
            finish(x);
        }
    }

    private void finish(Throwable problem) {
        Queue.LeftItem mine;
        Queue.Executable done;
        synchronized (lock) {
            mine = item;
            done = executable;
            item = null;
            executable = null;
            asynchronous = null;
        }
        owner.finished(this);
        if (mine != null) {
            if (problem == null) {
                mine.outcome().complete(done);
            } else {
                mine.outcome().failed(problem);
            }
        }
        Jenkins j = Jenkins.getInstanceOrNull();
        if (j != null) {
            j.getQueue().maintain();
        }
    }

    public void completedAsynchronous(@CheckForNull Throwable error) {
        finish(error);
    }

    @Override
    public void interrupt() {
        interrupt(Result.ABORTED);
    }

    public void interrupt(Result result) {
        interrupt(result, new CauseOfInterruption[] {user()});
    }

    private static CauseOfInterruption user() {
        return new CauseOfInterruption.UserInterruption(
                Jenkins.getAuthentication2().getName());
    }

    public void interrupt(Result result, CauseOfInterruption... because) {
        AsynchronousExecution running;
        synchronized (lock) {
            interruptStatus = result;
            for (CauseOfInterruption c : because) {
                if (!causes.contains(c)) {
                    causes.add(c);
                }
            }
            running = asynchronous;
            if (running == null && worker != null) {
                worker.interrupt();
            }
        }
        if (running != null) {
            running.interrupt(false);
        }
    }

    void interruptForShutdown() {
        AsynchronousExecution running = asynchronous;
        if (running != null) {
            running.interrupt(true);
        } else {
            synchronized (lock) {
                if (worker != null && item != null) {
                    worker.interrupt();
                }
            }
        }
    }

    public Result abortResult() {
        Result r = interruptStatus;
        return r == null ? Result.ABORTED : r;
    }

    public @CheckForNull Queue.Executable getCurrentExecutable() {
        return executable;
    }

    public @NonNull Collection<CauseOfInterruption> getCausesOfInterruption() {
        synchronized (lock) {
            return List.copyOf(causes);
        }
    }

    @Override
    public String getDisplayName() {
        return "Executor #" + number;
    }

    public int getNumber() {
        return number;
    }

    public boolean isIdle() {
        synchronized (lock) {
            return item == null;
        }
    }

    @RequirePOST
    public HttpResponse doStop() {
        checkStop();
        interrupt();
        return HttpResponses.forwardToPreviousPage();
    }

    private void checkStop() {
        Queue.LeftItem mine = item;
        if (mine != null) {
            mine.task.checkAbortPermission();
        }
    }

    public @NonNull Computer getOwner() {
        return owner;
    }

    public static @CheckForNull Executor currentExecutor() {
        return Thread.currentThread() instanceof Worker w ? w.executor : null;
    }

    public static @CheckForNull Executor of(Queue.Executable executable) {
        Jenkins j = Jenkins.getInstanceOrNull();
        if (j == null) {
            return null;
        }
        for (Computer computer : j.getComputers()) {
            for (Executor e : computer.getAllExecutors()) {
                if (e.getCurrentExecutable() == executable) {
                    return e;
                }
            }
        }
        return null;
    }

    /** The thread of one task; an executor outlives it. */
    private static final class Worker extends Thread {
        private final Executor executor;

        Worker(Executor executor) {
            super(executor, executor.getName());
            this.executor = executor;
        }
    }
}
