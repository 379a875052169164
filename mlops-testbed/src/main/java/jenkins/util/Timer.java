package jenkins.util;

import io.jenkins.mlops.testbed.host.SystemThreads;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The pool for short periodic work, shared by everything. */
public class Timer {
    private static ScheduledThreadPoolExecutor executorService;

    private Timer() {}

    public static synchronized ScheduledExecutorService get() {
        if (executorService == null) {
            executorService = new ScheduledThreadPoolExecutor(10, SystemThreads.named("jenkins.util.Timer"));
            executorService.setRemoveOnCancelPolicy(true);
        }
        return executorService;
    }

    public static synchronized void shutdown() {
        if (executorService != null) {
            executorService.shutdownNow();
            executorService = null;
        }
    }
}
