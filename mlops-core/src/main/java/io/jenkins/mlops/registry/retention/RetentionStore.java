package io.jenkins.mlops.registry.retention;

import io.jenkins.mlops.registry.ModelVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What retention asks of the registry's records.
 *
 * <p>What is shown, what is counted and what is deleted is decided by the same conditions, one for each {@link Keeping}.
 * Throws {@link io.jenkins.mlops.registry.RegistryException} and {@link IllegalArgumentException} as
 * {@link io.jenkins.mlops.registry.ModelRegistry} does.
 */
public interface RetentionStore {
    /** Most versions of a model that go at one sweep. */
    int AT_ONCE = 1_000;

    /** What goes at the next sweep, all told; at most {@value #AT_ONCE} versions. */
    RetentionTotal total(RetentionQuery query);

    /**
     * Versions that go at the next sweep, oldest first.
     *
     * @param offset how many to pass over
     * @param limit most versions wanted, 1 to {@value #AT_ONCE}
     */
    List<ModelVersion> expendable(RetentionQuery query, int offset, int limit);

    /** What keeps versions of the model, by their numbers; an empty set for one that goes. */
    Map<Integer, Set<Keeping>> keepings(RetentionQuery query, Set<Integer> numbers);

    /**
     * Deletes a version that {@link #expendable} has; looked at again in the same transaction. Its number stays taken.
     *
     * @param actor id of the user who asked for it, for the ledger
     * @param reason which rule let it go, for the ledger
     * @throws io.jenkins.mlops.registry.RegistryException.Conflict when something keeps it by now
     */
    void delete(RetentionQuery query, int number, String actor, String reason);
}
