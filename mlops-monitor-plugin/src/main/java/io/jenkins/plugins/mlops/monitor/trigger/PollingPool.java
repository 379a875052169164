package io.jenkins.plugins.mlops.monitor.trigger;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Looks at watched data, {@value #THREADS} jobs at a time, on threads that nothing else uses.
 *
 * <p>A job waits here at most once: when its time comes again while it waits or is looked at, that time is left out. A
 * look that takes longer than {@value #LIMIT_MINUTES} minutes is interrupted, so that an agent or a store that hangs
 * holds up nobody else for long.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class PollingPool {
    static final int THREADS = 4;
    static final int LIMIT_MINUTES = 15;

    private static final Logger LOGGER = Logger.getLogger(PollingPool.class.getName());

    private final ThreadPoolExecutor threads;
    private final ScheduledThreadPoolExecutor watchdog;
    private final Set<DataChangedTrigger> started =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    /** By job: a trigger may be made anew while the old one is looked at. */
    private final Map<String, Future<?>> waiting = new ConcurrentHashMap<>();
    /** Changes that a build was asked for since Jenkins has started. */
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    public PollingPool() {
        NamingThreadFactory factory = new NamingThreadFactory(new DaemonThreadFactory(), "MLOps data polling");
        threads = new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        threads.allowCoreThreadTimeOut(true);
        watchdog = new ScheduledThreadPoolExecutor(1, factory);
        watchdog.setRemoveOnCancelPolicy(true);
    }

    public static PollingPool get() {
        return ExtensionList.lookupSingleton(PollingPool.class);
    }

    void add(DataChangedTrigger trigger) {
        started.add(trigger);
    }

    void remove(DataChangedTrigger trigger) {
        started.remove(trigger);
    }

    /** The triggers that watch a dataset of a job. */
    List<DataChangedTrigger> watching(String recordingJob) {
        synchronized (started) {
            return started.stream()
                    .filter(trigger -> trigger.getSources().stream()
                            .anyMatch(source -> source instanceof DatasetSource dataset
                                    && dataset.getJob().equals(recordingJob)))
                    .toList();
        }
    }

    /** Remembers that a build was asked for; false if it was already. */
    boolean ask(String changeId) {
        return asked.add(changeId);
    }

    /** Whether a build was asked for since Jenkins has started. */
    boolean isAsked(String changeId) {
        return asked.contains(changeId);
    }

    void forget(String changeId) {
        asked.remove(changeId);
    }

    /** Looks soon, unless it is about to anyway. */
    void submit(DataChangedTrigger trigger) {
        Job<?, ?> job = trigger.job();
        if (job == null) {
            return;
        }
        String name = job.getFullName();
        waiting.compute(name, (key, before) -> {
            if (before != null && !before.isDone()) {
                LOGGER.log(Level.FINE, "{0} is still being looked at; this time is left out", name);
                return before;
            }
            try {
                return threads.submit(() -> look(trigger, job));
            } catch (RejectedExecutionException x) {
                LOGGER.log(Level.FINE, "Jenkins ends", x);
                return null;
            }
        });
    }

    private void look(DataChangedTrigger trigger, Job<?, ?> job) {
        Thread self = Thread.currentThread();
        Future<?> limit = watchdog.schedule(self::interrupt, LIMIT_MINUTES, TimeUnit.MINUTES);
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            if (Jenkins.get().getItemByFullName(job.getFullName()) == job) {
                new DataPoll(job, trigger, this).run();
            }
        } catch (RuntimeException x) {
            LOGGER.log(Level.WARNING, x, () -> "Looking at the data of " + job.getFullName() + " failed");
        } finally {
            limit.cancel(false);
            // An interrupt that came late belongs to nobody.
            Thread.interrupted();
        }
    }

    /** Waits until nothing is being looked at; for tests. */
    public void await() throws InterruptedException {
        for (Future<?> future : List.copyOf(waiting.values())) {
            try {
                future.get(60, TimeUnit.SECONDS);
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException x) {
                throw new IllegalStateException(x);
            }
        }
    }

    void stop() {
        threads.shutdownNow();
        watchdog.shutdownNow();
    }

    /** Lets go of the threads before the class loader of this plugin goes away. */
    @Terminator
    @Restricted(NoExternalUse.class) // called by Jenkins
    public static void shutDown() {
        get().stop();
    }
}
