package io.jenkins.plugins.mlops.monitor.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.init.Terminator;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.mlops.monitor.Expect;
import io.jenkins.mlops.monitor.Look;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.monitor.MonitorStore;
import io.jenkins.mlops.monitor.Retention;
import io.jenkins.mlops.monitor.WindowRecord;
import io.jenkins.mlops.monitor.plan.MonitorPlan;
import io.jenkins.mlops.monitor.plan.WindowSignals;
import io.jenkins.mlops.monitor.window.ReadingState;
import io.jenkins.mlops.monitor.window.WatchResult;
import io.jenkins.mlops.monitor.window.WatchTask;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.monitor.retraining.Retrainings;
import io.jenkins.plugins.mlops.monitor.retraining.Rollbacks;
import io.jenkins.plugins.mlops.monitor.trigger.AgentPlace;
import io.jenkins.plugins.mlops.monitor.trigger.TriggerConfiguration;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Has monitors look when their time has come: no job, no executor, {@value #THREADS} at a time on threads of its own, each
 * on the agent that has its logs.
 *
 * <p>A monitor waits here once at most. One that fails is looked at after twice the time, four times, up to 64 times; a
 * look that takes longer than {@value #LIMIT_MINUTES} minutes is interrupted, and has failed.
 */
@Extension
public final class MonitorLooks extends AsyncPeriodicWork {
    static final int THREADS = 2;
    static final int LIMIT_MINUTES = 30;

    private static final Logger LOGGER = Logger.getLogger(MonitorLooks.class.getName());
    private static final int MOST_DOUBLINGS = 6;
    private static final long PRUNED_EVERY = TimeUnit.HOURS.toMillis(1);

    private final ThreadPoolExecutor threads;
    private final ScheduledThreadPoolExecutor watchdog;
    private final Map<String, Future<?>> waiting = new ConcurrentHashMap<>();
    private volatile long prunedMillis;

    public MonitorLooks() {
        super("MLOps monitors");
        NamingThreadFactory factory = new NamingThreadFactory(new DaemonThreadFactory(), "MLOps monitors");
        threads = new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        threads.allowCoreThreadTimeOut(true);
        watchdog = new ScheduledThreadPoolExecutor(1, factory);
        watchdog.setRemoveOnCancelPolicy(true);
    }

    public static MonitorLooks get() {
        return ExtensionList.lookupSingleton(MonitorLooks.class);
    }

    @Override
    public long getRecurrencePeriod() {
        return MIN;
    }

    @Override
    protected void execute(TaskListener listener) {
        List<MonitorRecord> declared = DeclaredMonitors.all().stream()
                .flatMap(place -> place.declared().stream())
                .toList();
        if (declared.isEmpty() && !RegistryConnection.get().hasRecords()) {
            return;
        }
        long now = RegistryConnection.get().clock().millis();
        MonitorStore store = RegistryConnection.get().monitors();
        declared.forEach(wanted -> follow(store, wanted));
        for (MonitorRecord monitor : store.monitors()) {
            if (monitor.enabled() && isDue(monitor, now)) {
                submit(monitor.id());
            }
        }
        Retrainings.get().followUp(now);
        if (now - prunedMillis > PRUNED_EVERY) {
            prunedMillis = now;
            store.prune(Retention.DEFAULT, now);
        }
    }

    /** Makes or changes a monitor as it is declared; one of another job's stays that job's. */
    private static void follow(MonitorStore store, MonitorRecord wanted) {
        MonitorRecord known = store.monitor(wanted.id()).orElse(null);
        boolean taken = known != null
                && !known.job().equals(wanted.job())
                && !wanted.job().isEmpty();
        if (taken && Jenkins.get().getItemByFullName(known.job()) != null) {
            LOGGER.log(
                    Level.WARNING,
                    "The monitor {0} of {1} belongs to {2} already; give it another name",
                    new Object[] {wanted.id(), wanted.job(), known.job()});
        } else if (known == null
                || !known.configJson().equals(wanted.configJson())
                || !known.model().equals(wanted.model())
                || !known.endpoint().equals(wanted.endpoint())
                || !known.job().equals(wanted.job())) {
            store.save(wanted);
        }
    }

    private static boolean isDue(MonitorRecord monitor, long now) {
        long every;
        try {
            every = MonitorPlan.of(monitor.configJson()).everyMinutes() * MIN;
        } catch (IllegalArgumentException x) {
            every = MIN;
        }
        long pause = every << Math.min(monitor.failures(), MOST_DOUBLINGS);
        long since = now - monitor.lookedMillis();
        // A look that lies ahead comes of a clock that was put back.
        return since >= pause - MIN / 2 || since < -pause;
    }

    /** Has a monitor look soon, unless it is about to anyway. */
    public void submit(String id) {
        waiting.compute(id, (key, before) -> {
            if (before != null && !before.isDone()) {
                return before;
            }
            try {
                return threads.submit(
                        () -> look(id, RegistryConnection.get().clock().millis()));
            } catch (RejectedExecutionException x) {
                LOGGER.log(Level.FINE, "Jenkins ends", x);
                return null;
            }
        });
    }

    /**
     * Has a monitor look now, on this thread.
     *
     * @param nowMillis what time it is, in milliseconds since 1970
     * @return whether it went well; if not, the store says why
     */
    public boolean look(String id, long nowMillis) {
        Thread self = Thread.currentThread();
        Future<?> limit = watchdog.schedule(self::interrupt, LIMIT_MINUTES, TimeUnit.MINUTES);
        ReentrantLock lock = Feedbacks.get().lock(id);
        MonitorStore store = RegistryConnection.get().monitors();
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            lock.lockInterruptibly();
            try {
                MonitorRecord monitor = store.monitor(id).orElse(null);
                if (monitor != null && monitor.enabled()) {
                    look(store, monitor, nowMillis);
                }
            } finally {
                lock.unlock();
            }
            return true;
        } catch (InterruptedException x) {
            failed(
                    store,
                    id,
                    "The look was interrupted, at the latest after " + LIMIT_MINUTES + " minutes.",
                    nowMillis);
            return false;
        } catch (IOException | RuntimeException x) {
            LOGGER.log(Level.FINE, x, () -> "Monitor " + id);
            failed(store, id, String.valueOf(x.getMessage() == null ? x : x.getMessage()), nowMillis);
            return false;
        } finally {
            limit.cancel(false);
            // An interrupt that came late belongs to nobody.
            Thread.interrupted();
        }
    }

    private static void failed(MonitorStore store, String id, String text, long nowMillis) {
        try {
            store.failed(id, text.length() > Expect.SENTENCE ? text.substring(0, Expect.SENTENCE) : text, nowMillis);
        } catch (RegistryException x) {
            LOGGER.log(Level.WARNING, x, () -> "The failure of monitor " + id + " is not kept: " + text);
        }
    }

    private static void look(MonitorStore store, MonitorRecord monitor, long now)
            throws IOException, InterruptedException {
        MonitorPlan plan = MonitorPlan.of(monitor.configJson());
        ReadingState state = store.reading(monitor.id()).orElseGet(() -> ReadingState.start(plan.windows()));
        ServedData served = ServedData.of(monitor);
        WatchResult result = read(monitor, plan, served, state, now);
        WindowSignals signals = new WindowSignals(monitor.id(), plan, store.tracks(monitor.id()));
        result.windows().forEach(window -> signals.observe(window, now));
        signals.observeAge(result.next().lastRowMillis(), now);
        ServedVersions versions =
                new ServedVersions(RegistryConnection.get().registry(), monitor.endpoint(), served.version());
        List<WindowRecord> windows = result.windows().stream()
                .map(window -> new WindowRecord(monitor.id(), versions.of(window), window, now))
                .toList();
        ReadingState next = result.next().withNotes(NumberText.time(now), result.notes(), state.notes());
        boolean kept = store.keep(
                new Look(monitor.id(), monitor.revision(), next, windows, signals.tracks(), signals.changes(), now));
        if (kept) {
            Rollbacks.get().consider(monitor, plan, store.signals(monitor.id()), now);
            Retrainings.get().consider(monitor, plan, signals.tracks(), windows, now);
            if (!windows.isEmpty()) {
                Feedbacks.get().again(monitor.id(), now);
            }
        }
    }

    private static WatchResult read(
            MonitorRecord monitor, MonitorPlan plan, ServedData served, ReadingState state, long now)
            throws IOException, InterruptedException {
        WatchTask task = plan.task(served.profile(), served.inputs());
        StoredLogs stored = LogStores.of(monitor, plan, isHere(plan));
        return stored == null
                ? place(plan).act(new WatchLogsTask(plan.logs(), task, state, now, roots(plan)))
                : place(plan).act(new WatchStoredLogsTask(stored, task, state, now, roots(plan)));
    }

    /** Whether the controller itself has the logs, or fetches them. */
    static boolean isHere(MonitorPlan plan) {
        return plan.label().isEmpty() || AgentPlace.isController(plan.label());
    }

    /** The machine that has the logs. */
    static FilePath place(MonitorPlan plan) throws IOException {
        FilePath place = isHere(plan) ? Jenkins.get().getRootPath() : AgentPlace.of(plan.label());
        if (place == null) {
            throw new IOException("Jenkins has no home folder");
        }
        return place;
    }

    /** The folders of the controller that logs may be in; null on an agent, which is not asked. */
    @CheckForNull
    static List<String> roots(MonitorPlan plan) throws IOException {
        if (plan.rules().recorded()) {
            // Its own, which nobody names; there from the first look on.
            Files.createDirectories(Path.of(plan.logs()));
            List<String> roots = new ArrayList<>(TriggerConfiguration.get().roots());
            roots.add(plan.logs());
            return roots;
        }
        return isHere(plan) ? TriggerConfiguration.get().roots() : null;
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    /** Lets go of the threads before the class loader of this plugin goes away. */
    @Terminator
    @Restricted(NoExternalUse.class) // called by Jenkins
    public static void shutDown() {
        get().threads.shutdownNow();
        get().watchdog.shutdownNow();
    }
}
