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
    private final Map<String, Turn> turns = new ConcurrentHashMap<>();
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

    /** Looks soon by the clock: left out if the job waits or is being looked at. */
    void submit(DataChangedTrigger trigger) {
        submit(trigger, false);
    }

    /** Looks soon because something has happened: once more after a look that is under way, as that may have come before. */
    void submitAfresh(DataChangedTrigger trigger) {
        submit(trigger, true);
    }

    private void submit(DataChangedTrigger trigger, boolean afresh) {
        Job<?, ?> job = trigger.job();
        if (job == null) {
            return;
        }
        String name = job.getFullName();
        turns.compute(name, (key, turn) -> {
            if (turn != null) {
                turn.again |= afresh && turn.begun;
                LOGGER.log(Level.FINE, "{0} is looked at already", name);
                return turn;
            }
            Turn mine = new Turn(trigger, job);
            try {
                threads.submit(() -> take(name, mine));
                return mine;
            } catch (RejectedExecutionException x) {
                LOGGER.log(Level.FINE, "Jenkins ends", x);
                return null;
            }
        });
    }

    /** A job that waits to be looked at, or is; changed within the map's own lock. */
    private static final class Turn {
        private final DataChangedTrigger trigger;
        private final Job<?, ?> job;
        private boolean begun;
        private boolean again;

        Turn(DataChangedTrigger trigger, Job<?, ?> job) {
            this.trigger = trigger;
            this.job = job;
        }
    }

    private void take(String name, Turn turn) {
        turns.computeIfPresent(name, (key, same) -> {
            same.begun = true;
            return same;
        });
        try {
            look(turn.trigger, turn.job);
        } finally {
            boolean[] again = new boolean[1];
            turns.computeIfPresent(name, (key, same) -> {
                again[0] = same.again;
                return null;
            });
            if (again[0]) {
                submit(turn.trigger, true);
            }
        }
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
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!turns.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("still looking at " + turns.keySet());
            }
            Thread.sleep(5);
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
