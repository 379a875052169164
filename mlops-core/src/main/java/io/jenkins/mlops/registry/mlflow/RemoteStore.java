package io.jenkins.mlops.registry.mlflow;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Listing;
import io.jenkins.mlops.registry.RegistryException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is kept beside the registry about the MLflow server that follows it: the outbox, which version is which there,
 * and what was found there that is not on record.
 *
 * <p>Every change is one transaction, with its ledger entry where it has one. Methods throw {@link RegistryException}
 * as the registry's do.
 */
public interface RemoteStore {
    /**
     * Begins to follow the ledger for a server; for the one that is followed already it does nothing. What was kept
     * about another is forgotten. The holders of aliases are put into the outbox.
     *
     * @param everything also put all versions into the outbox that were registered before
     */
    void connect(String server, boolean everything);

    /** How things stand; empty when no server was ever connected. */
    Optional<RemoteState> state();

    /**
     * Makes one of several controllers on the same database the one that works.
     *
     * @return whether it is {@code owner}, until then
     */
    boolean lease(String owner, long nowMillis, long untilMillis);

    /** Turns the ledger's new entries into tasks. @return how many entries there were, at most so many at once */
    int collect();

    /** The tasks that may be carried out now: of each model the oldest one, none while it has to wait. */
    List<RemoteTask> due(long nowMillis, int most);

    /** Takes a task out of the outbox, unless it was asked for once more meanwhile. */
    void done(RemoteTask task);

    /** Notes why a task failed, and when it is tried again. */
    void failed(RemoteTask task, boolean refused, long dueMillis, String message);

    /** Puts a task into the outbox; one that is there already is due at once. */
    void enqueue(RemoteTask.About about);

    /** The tasks of a model, or of all with null, oldest first. */
    List<RemoteTask> tasks(@CheckForNull String model, int most);

    /** Notes what the server offers and that it answered. */
    void contacted(String offers);

    /** Notes that all models were looked at. */
    void polled();

    /** Lets the tasks that wait be due at once, because the server answers again; those that it refused wait on. */
    void hurry(long nowMillis);

    /** Notes that the server can't be reached. */
    void failing(String reason);

    Optional<RemoteLink> link(String model, int number);

    List<RemoteLink> links(String model);

    /** The models that have versions there. */
    Set<String> linkedModels();

    /** Notes which version is which; one that was registered from outside is no longer listed as such. */
    void link(RemoteLink link);

    /** Forgets which version is which, because it is gone there. */
    void unlink(String model, int number);

    /**
     * Notes what stands otherwise at the server than on record: all of a model's. What is new goes into the ledger as
     * {@code remote.drifted}, what is no more as {@code remote.drift-ended}.
     *
     * @param how by what it was found: {@code poll} or {@code webhook}
     * @return what is new
     */
    List<Drift> noteDrift(String model, List<Drift> found, String how);

    /** Puts an alias back at the server as it is on record: a task, and {@code remote.restored} in the ledger. */
    void restore(Drift drift, String actor);

    /** What stands otherwise than on record, of a model or of all with null, oldest first. */
    List<Drift> drifts(@CheckForNull String model);

    /** Notes a model's versions that others registered, all of them; new ones go into the ledger. */
    void noteOutside(String model, Collection<OutsideVersion> found);

    /** A model's versions that others registered, newest first. */
    default List<OutsideVersion> outside(String model, int most) {
        return outside(model, 0, most).items();
    }

    /**
     * A stretch of a model's versions that others registered, newest first.
     *
     * @param offset how many newer ones are left out, from 0
     * @param limit most versions, from 1
     */
    Listing<OutsideVersion> outside(String model, int offset, int limit);

    /** Notes a webhook's delivery; false when it was taken before. */
    boolean firstDelivery(String deliveryId, long nowMillis);
}
