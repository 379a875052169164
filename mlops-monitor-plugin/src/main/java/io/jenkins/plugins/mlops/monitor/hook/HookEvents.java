package io.jenkins.plugins.mlops.monitor.hook;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.mlops.webhook.SeenEvents;
import io.jenkins.mlops.webhook.WebhookEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;

/** Makes builds of a job's events: each once, however often it is told and whenever Jenkins was restarted. */
final class HookEvents {
    /** Causes that one waiting build may have; more events are told by it in number only. */
    static final int MOST_CAUSES = 20;

    private static final Logger LOGGER = Logger.getLogger(HookEvents.class.getName());
    private static final int MOST_BUILDS = 20;

    /**
     * Held while a job's events are looked at. Not the job's own monitor: the queue takes that when it starts a build, with
     * its own lock held, which is asked for here.
     */
    private static final List<Object> LOCKS =
            IntStream.range(0, 64).mapToObj(i -> new Object()).toList();

    private final Job<?, ?> job;
    private final String kind;

    /** Says that a job, such as a disabled one, takes no builds; no fault, but what people wanted. */
    static final class NoBuilds extends IOException {
        private static final long serialVersionUID = 1L;

        NoBuilds(Job<?, ?> job) {
            super(job.getFullName() + " takes no builds now");
        }
    }

    HookEvents(Job<?, ?> job, String kind) {
        this.job = job;
        this.kind = kind;
    }

    /**
     * Starts a build for the events that are new.
     *
     * @return how many were
     * @throws IOException if they could not be noted, or the job takes no builds: they are to be sent again
     */
    int start(List<WebhookEvent> events, long nowMillis) throws IOException {
        synchronized (LOCKS.get(Math.floorMod(job.getFullName().hashCode(), LOCKS.size()))) {
            SeenEvents seen = read();
            List<WebhookEvent> fresh = new ArrayList<>();
            for (WebhookEvent event : events) {
                // One that was started for, but not noted before Jenkins ended, is known by its build.
                if (seen.add(event.id(), nowMillis) && !isKnown(event.id())) {
                    fresh.add(event);
                }
            }
            if (!fresh.isEmpty()) {
                schedule(fresh);
            }
            if (!events.isEmpty()) {
                write(seen);
            }
            return fresh.size();
        }
    }

    private void schedule(List<WebhookEvent> events) throws IOException {
        List<Cause> causes = new ArrayList<>();
        for (WebhookEvent event : events.subList(0, Math.min(events.size(), room()))) {
            causes.add(new HookCause(kind, event));
        }
        if (causes.isEmpty()) {
            LOGGER.log(Level.INFO, "{0} more events for the build of {1} that waits already", new Object[] {
                events.size(), job.getFullName()
            });
            return;
        }
        if (ParameterizedJobMixIn.scheduleBuild2(job, -1, new CauseAction(causes)) == null) {
            throw new NoBuilds(job);
        }
    }

    /** How many more causes the build that waits can have. */
    private int room() {
        long has = queued().stream()
                .flatMap(item -> item.getCauses().stream())
                .filter(HookCause.class::isInstance)
                .count();
        return (int) Math.max(0, MOST_CAUSES - has);
    }

    private List<Queue.Item> queued() {
        return job instanceof Queue.Task task ? Jenkins.get().getQueue().getItems(task) : List.of();
    }

    private boolean isKnown(String id) {
        if (queued().stream().anyMatch(item -> tells(item.getCauses(), id))) {
            return true;
        }
        Run<?, ?> run = job.getLastBuild();
        for (int looked = 0; run != null && looked < MOST_BUILDS; run = run.getPreviousBuild(), looked++) {
            if (tells(run.getCauses(), id)) {
                return true;
            }
        }
        return false;
    }

    private static boolean tells(List<Cause> causes, String id) {
        return causes.stream()
                .anyMatch(cause -> cause instanceof HookCause hook && hook.id().equals(id));
    }

    private Path file() {
        return job.getRootDir().toPath().resolve("mlops-data").resolve("hooks-seen.txt");
    }

    private SeenEvents read() throws IOException {
        try {
            return SeenEvents.read(Files.readAllLines(file(), StandardCharsets.US_ASCII));
        } catch (NoSuchFileException x) {
            return new SeenEvents();
        }
    }

    private void write(SeenEvents seen) throws IOException {
        Path file = file();
        Files.createDirectories(file.resolveSibling("."));
        Path temporary = file.resolveSibling("hooks-seen.tmp");
        Files.write(temporary, seen.lines(), StandardCharsets.US_ASCII);
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
