package io.jenkins.mlops.testbed.host;

import hudson.model.Queue;
import hudson.model.queue.QueueTaskFuture;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** The start and the end of a queued task. */
public final class TaskFuture<R extends Queue.Executable> extends CompletableFuture<R> implements QueueTaskFuture<R> {
    private final CompletableFuture<R> start = new CompletableFuture<>();

    @Override
    public Future<R> getStartCondition() {
        return start;
    }

    @Override
    public R waitForStart() throws InterruptedException, ExecutionException {
        return start.get();
    }

    /** Says that the task runs now. */
    public void started(R executable) {
        start.complete(executable);
    }

    /** Says that the task will not run. */
    public void cancelled() {
        start.cancel(false);
        cancel(false);
    }

    /** Says that the task could not start or ended with an error. */
    public void failed(Throwable problem) {
        start.completeExceptionally(problem);
        completeExceptionally(problem);
    }
}
