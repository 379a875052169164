package io.jenkins.plugins.mlops.monitor.trigger;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.mlops.monitor.trigger.DataChange;
import io.jenkins.mlops.monitor.trigger.DataState;
import io.jenkins.mlops.monitor.trigger.Watch;
import io.jenkins.mlops.monitor.trigger.WatchFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;

/** One look at all sources of a job's trigger, and the builds that come of it. */
final class DataPoll {
    private static final Logger LOGGER = Logger.getLogger(DataPoll.class.getName());
    private static final String FOLDER = "mlops-data";
    private static final String LOG = "polling.log";
    private static final int MOST_BUILDS = 100;

    private final Job<?, ?> job;
    private final DataChangedTrigger trigger;
    private final PollingPool pool;
    private final StringBuilder log = new StringBuilder();

    DataPoll(Job<?, ?> job, DataChangedTrigger trigger, PollingPool pool) {
        this.job = job;
        this.trigger = trigger;
        this.pool = pool;
    }

    /** Where what was seen is kept: beside the job's configuration, so that it moves and goes with the job. */
    static Path folder(Job<?, ?> job) {
        return job.getRootDir().toPath().resolve(FOLDER);
    }

    static Path logFile(Job<?, ?> job) {
        return folder(job).resolve(LOG);
    }

    static WatchFile watchFile(Job<?, ?> job, String key) {
        return new WatchFile(folder(job).resolve(key + ".json"));
    }

    void run() {
        say("Looking at " + trigger.getSources().size() + " source(s)");
        for (DataSource source : trigger.getSources()) {
            try {
                synchronized (lock(job)) {
                    look(source);
                }
            } catch (IOException x) {
                say(source.describe() + ": " + x.getMessage());
                LOGGER.log(Level.WARNING, x, () -> "The watch over data of " + job.getFullName() + " is not kept");
            } catch (InterruptedException x) {
                say("interrupted");
                break;
            }
        }
        try {
            Files.createDirectories(folder(job));
            Files.writeString(logFile(job), log, StandardCharsets.UTF_8);
        } catch (IOException x) {
            LOGGER.log(Level.WARNING, x, () -> "The polling log of " + job.getFullName() + " is not written");
        }
    }

    /** One for all that changes a job's watches. */
    private static Object lock(Job<?, ?> job) {
        return job;
    }

    private void look(DataSource source) throws IOException, InterruptedException {
        WatchFile file = watchFile(job, source.key());
        Watch before = file.read().orElseGet(() -> Watch.of(source.describe()));
        Watch watch = settle(before);
        long now = System.currentTimeMillis();
        if (watch.isDue(now)) {
            try {
                DataState seen = source.look(job, watch.seen(), trigger.getMinimumNewRows() > 0);
                watch = watch.saw(
                        seen, trigger.getMinimumNewRows(), UUID.randomUUID().toString(), now);
                say(source.describe() + ": " + seen.shortDigest()
                        + (seen.rows() < 0 ? "" : ", " + seen.rows() + " rows"));
            } catch (InterruptedException x) {
                file.write(watch.failed("it took longer than " + PollingPool.LIMIT_MINUTES + " minutes", now));
                throw x;
            } catch (IOException | RuntimeException x) {
                LOGGER.log(Level.FINE, x, () -> source.describe() + " of " + job.getFullName());
                watch = watch.failed(String.valueOf(x.getMessage()), now);
                say(source.describe() + ": " + x.getMessage() + "; looked at again not before "
                        + time(watch.retryMillis()));
            }
        } else {
            say(source.describe() + ": failed " + watch.failures() + " times, looked at again not before "
                    + time(watch.retryMillis()));
        }
        // On disk before a build is asked for: whatever ends Jenkins now, the change is known after it.
        if (!watch.equals(before)) {
            file.write(watch);
        }
        DataChange pending = watch.pending();
        if (pending != null) {
            start(source, pending);
        }
    }

    /** Whether the change that was pending was told meanwhile. */
    private Watch settle(Watch watch) {
        DataChange pending = watch.pending();
        if (pending == null || isQueued(pending.id())) {
            return watch;
        }
        Optional<Run<?, ?>> build = build(pending);
        if (build.isPresent()) {
            say("build " + build.get().getDisplayName() + " was told: " + pending.text());
        } else if (pool.isAsked(pending.id())) {
            // Neither in the queue nor built, and this Jenkins has asked: somebody took it out of the queue.
            say("the build was taken out of the queue: " + pending.text());
        } else {
            return watch;
        }
        pool.forget(pending.id());
        return watch.settled();
    }

    private void start(DataSource source, DataChange change) {
        say(change.text());
        if (isQueued(change.id())) {
            say("its build waits in the queue");
            return;
        }
        pool.ask(change.id());
        Queue.Item item = ParameterizedJobMixIn.scheduleBuild2(
                job, -1, new CauseAction(new DataChangedCause(change, source.key())));
        if (item == null) {
            pool.forget(change.id());
            say("the job takes no builds now; it is told when it does");
        } else {
            say("a build was asked for");
        }
    }

    private boolean isQueued(String id) {
        List<Queue.Item> items =
                job instanceof Queue.Task task ? Jenkins.get().getQueue().getItems(task) : List.of();
        return items.stream().anyMatch(item -> tells(item.getCauses(), id));
    }

    private Optional<Run<?, ?>> build(DataChange change) {
        // A clock may have been put back since; builds are few to look at.
        long notBefore = change.seenMillis() - 24 * 3_600_000L;
        Run<?, ?> run = job.getLastBuild();
        for (int seen = 0; run != null && seen < MOST_BUILDS; run = run.getPreviousBuild(), seen++) {
            if (tells(run.getCauses(), change.id())) {
                return Optional.of(run);
            }
            if (run.getTimeInMillis() < notBefore) {
                break;
            }
        }
        return Optional.empty();
    }

    private static boolean tells(List<Cause> causes, String id) {
        return causes.stream()
                .anyMatch(cause ->
                        cause instanceof DataChangedCause data && data.id().equals(id));
    }

    /** Notes that a build has started for a change, so that it is never started for it again, whatever is discarded. */
    static void settle(Job<?, ?> job, DataChangedCause cause) throws IOException {
        synchronized (lock(job)) {
            WatchFile file = watchFile(job, cause.key());
            Optional<Watch> watch = file.read();
            DataChange pending = watch.map(Watch::pending).orElse(null);
            if (pending != null && pending.id().equals(cause.id())) {
                file.write(watch.get().settled());
            }
        }
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private void say(String line) {
        log.append(time(System.currentTimeMillis())).append(' ').append(line).append('\n');
    }
}
