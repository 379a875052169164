package io.jenkins.mlops.registry.retention;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Limits;
import io.jenkins.mlops.registry.Listing;
import io.jenkins.mlops.registry.ModelCatalog;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.VersionListing;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a sweep would let go of a model, for a reader of all jobs or of some.
 *
 * @param model the model's name
 * @param jobs full names of the jobs whose versions the reader may see; null for all
 * @param rule the rule that applies
 * @param nowMillis the moment of the sweep, in epoch milliseconds
 * @param total how much goes
 */
public record RetentionPreview(
        String model, @CheckForNull Set<String> jobs, RetentionRule rule, long nowMillis, RetentionTotal total)
        implements Serializable {
    public RetentionPreview {
        Limits.required("The rule", rule);
        Limits.required("The total", total);
    }

    /** Looks at a model's versions. */
    public static RetentionPreview of(
            RetentionStore store, String model, @CheckForNull Set<String> jobs, RetentionRule rule, long nowMillis) {
        return new RetentionPreview(
                model,
                jobs,
                rule,
                nowMillis,
                rule.isLimiting() ? store.total(rule.query(model, jobs, nowMillis)) : RetentionTotal.NOTHING);
    }

    /**
     * What the rule asks at that moment.
     *
     * @throws IllegalStateException when the rule keeps all
     */
    public RetentionQuery query() {
        return rule.query(model, jobs, nowMillis);
    }

    /**
     * A stretch of the versions that go, oldest first.
     *
     * @param offset how many to pass over
     * @param limit most versions wanted, 1 to {@value RetentionStore#AT_ONCE}
     */
    public List<RetentionOutcome> going(RetentionStore store, int offset, int limit) {
        return rule.isLimiting()
                ? store.expendable(query(), offset, limit).stream()
                        .map(version -> new RetentionOutcome(version, Set.of()))
                        .toList()
                : List.of();
    }

    /** What becomes of versions of the model. */
    public List<RetentionOutcome> outcomes(RetentionStore store, Collection<ModelVersion> versions) {
        Map<Integer, Set<Keeping>> kept = rule.isLimiting()
                ? store.keepings(
                        query(), versions.stream().map(ModelVersion::number).collect(Collectors.toSet()))
                : Map.of();
        // One that was deleted meanwhile is no longer kept by anything, and goes nowhere any more.
        return versions.stream()
                .filter(version -> !rule.isLimiting() || kept.containsKey(version.number()))
                .map(version ->
                        new RetentionOutcome(version, kept.getOrDefault(version.number(), Set.of(Keeping.RULE))))
                .toList();
    }

    /**
     * A stretch of a list of the model's versions.
     *
     * @param all whether it is of all versions, the newest first; else of those that go, the oldest first
     * @param offset how many to pass over
     * @param limit most versions wanted, 1 to {@value RetentionStore#AT_ONCE}
     */
    public Listing<RetentionOutcome> listing(
            RetentionStore store, ModelCatalog catalog, boolean all, int offset, int limit) {
        if (!all) {
            return new Listing<>(going(store, offset, limit), total.versions(), offset, limit);
        }
        Listing<ModelVersion> versions =
                catalog.versions(new VersionListing(model, jobs, null, null, true, offset, limit));
        return new Listing<>(outcomes(store, versions.items()), versions.total(), offset, limit);
    }
}
