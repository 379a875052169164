package io.jenkins.mlops.registry.mlflow;

import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.mlflow.RemoteException.Kind;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps one MLflow server in step with the registry: works off the outbox, and looks what was changed there.
 *
 * <p>{@link #run} is called from time to time, and whenever there may be something to do. A server that is down costs
 * one call each time; what it was to be told waits. A task that failed for the moment is tried again after 5 s, 10 s
 * and so on up to 10 minutes, or when the server wants to be asked again, or at once when all models could be looked at
 * there; one that it refuses after 6 hours, or when what it is about changes. Of several controllers on one database one works.
 */
public final class RemoteMirror {
    private static final Logger LOGGER = Logger.getLogger(RemoteMirror.class.getName());

    private static final int AT_ONCE = 50;
    private static final long FIRST_PAUSE_MILLIS = 5_000;
    private static final long LONGEST_PAUSE_MILLIS = 600_000;
    private static final long DENIED_PAUSE_MILLIS = 300_000;
    private static final long REFUSED_PAUSE_MILLIS = 6 * 3_600_000L;
    private static final long LEASE_MILLIS = 900_000;

    private final ModelRegistry registry;
    private final RemoteStore store;
    private final MlflowClient client;
    private final VersionContent content;
    private final Options options;
    private final Clock clock;
    private final Set<String> arrived = ConcurrentHashMap.newKeySet();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    /** Until when the server wants not to be written to; with {@link #run}'s lock. */
    private long leftAloneUntilMillis;

    /**
     * What an administrator says.
     *
     * @param controller tells controllers on one database apart
     * @param jenkins who deploys, for people at the server: this controller's URL or name
     * @param experiment the experiment at the server whose runs hold the versions' files
     * @param everything whether versions from before are brought over, too, and not only those that hold an alias
     * @param pollMillis how often all models are looked at
     */
    public record Options(String controller, String jenkins, String experiment, boolean everything, long pollMillis) {}

    public RemoteMirror(
            ModelRegistry registry,
            RemoteStore store,
            MlflowClient client,
            VersionContent content,
            Options options,
            Clock clock) {
        this.registry = registry;
        this.store = store;
        this.client = client;
        this.content = content;
        this.options = options;
        this.clock = clock;
    }

    /** Has a model looked at with the next run; as when a webhook tells of it. */
    public void ask(String model) {
        if (asked.size() < 10_000) { // all are looked at anyway, later
            asked.add(model);
        }
    }

    /**
     * Carries out what is due.
     *
     * @return the drifts that were found and are new
     */
    public synchronized List<Drift> run() throws InterruptedException {
        store.connect(client.address().base(), options.everything());
        if (!store.lease(options.controller(), clock.millis(), clock.millis() + LEASE_MILLIS)) {
            return List.of();
        }
        List<Drift> news = new ArrayList<>();
        try {
            while (store.collect() > 0) {
                // until the outbox has everything that is on record
            }
            boolean poll = store.state()
                    .filter(state -> clock.millis() - state.pollMillis() >= options.pollMillis())
                    .isPresent();
            List<RemoteTask> due = store.due(clock.millis(), AT_ONCE);
            if (!poll && due.isEmpty() && asked.isEmpty()) {
                return news;
            }
            Capabilities capabilities = client.capabilities();
            deliverAll(due, capabilities);
            RemoteLook look = new RemoteLook(registry, store, client, new RemoteAliases(client, capabilities));
            for (String model : List.copyOf(asked)) {
                asked.remove(model);
                news.addAll(look.look(model, "webhook"));
            }
            if (poll) {
                capabilities = client.detect();
                news.addAll(look.lookAtAll("poll"));
                store.polled();
                hurry();
            }
            store.contacted(capabilities.display());
            deliverAll(store.due(clock.millis(), AT_ONCE), capabilities);
            restored(look, news);
        } catch (IOException e) {
            store.failing(String.valueOf(e.getMessage()));
            LOGGER.log(Level.FINE, e, () -> "The MLflow server is not in step yet");
        }
        return news;
    }

    /** All models could be looked at: where the server failed before, it is back, and nothing need wait for it. */
    private void hurry() {
        boolean failed =
                store.state().filter(state -> !state.failure().isEmpty()).isPresent();
        if (failed && clock.millis() >= leftAloneUntilMillis) {
            store.hurry(clock.millis());
        }
    }

    /** What was put back is looked at once more, so that it is no longer shown as drifted. */
    private void restored(RemoteLook look, List<Drift> news) throws IOException, InterruptedException {
        for (Drift drift : news) {
            if (registry.policy(drift.model()).restoreAlias()) {
                look.look(drift.model(), "poll");
            }
        }
    }

    private void deliverAll(List<RemoteTask> first, Capabilities capabilities)
            throws IOException, InterruptedException {
        RemoteDelivery delivery = new RemoteDelivery(
                registry,
                store,
                client,
                new VersionUpload(client, capabilities, options.experiment(), content, arrived),
                new RemoteAliases(client, capabilities),
                options.jenkins(),
                this::ask);
        List<RemoteTask> due = first;
        while (!due.isEmpty()) {
            for (RemoteTask task : due) {
                deliver(delivery, task);
                store.lease(options.controller(), clock.millis(), clock.millis() + LEASE_MILLIS);
            }
            due = store.due(clock.millis(), AT_ONCE);
        }
    }

    /** @throws RemoteException when the other tasks would fail, too */
    private void deliver(RemoteDelivery delivery, RemoteTask task) throws IOException, InterruptedException {
        try {
            delivery.deliver(task);
            store.done(task);
        } catch (RemoteException e) {
            leftAloneUntilMillis = Math.max(leftAloneUntilMillis, clock.millis() + e.retryAfterMillis());
            boolean refused = !e.heals() && e.kind() != Kind.DENIED && e.kind() != Kind.MISSING;
            store.failed(task, refused, clock.millis() + pause(task, e), String.valueOf(e.getMessage()));
            if (e.heals() || e.kind() == Kind.DENIED) {
                throw e;
            }
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "The MLflow server does not take " + task.display() + " of '" + task.model()
                            + "': it is left as it is there");
        } catch (IOException e) { // the archive's, not the server's: other versions may be readable
            store.failed(
                    task, false, clock.millis() + pause(task.attempts()), "Its files can't be read: " + e.getMessage());
        } catch (RuntimeException e) { // whatever it is, it must not keep the others from being carried out
            store.failed(task, true, clock.millis() + REFUSED_PAUSE_MILLIS, "It can't be handed on: " + e.getMessage());
            LOGGER.log(Level.WARNING, e, () -> task.display() + " of '" + task.model() + "' can't be handed on");
        }
    }

    private static long pause(RemoteTask task, RemoteException e) {
        if (e.kind() == Kind.DENIED) {
            return DENIED_PAUSE_MILLIS;
        }
        return e.heals() || e.kind() == Kind.MISSING
                ? Math.max(e.retryAfterMillis(), pause(task.attempts()))
                : REFUSED_PAUSE_MILLIS;
    }

    private static long pause(int attempts) {
        return Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(attempts, 10));
    }
}
