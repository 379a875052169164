package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What pages ask a registry: lists that are sorted, searched and cut where the data lie.
 *
 * <p>A reader who may not see everything hands over the jobs that he may read, and is answered as if there were no
 * others: totals, orders and aliases tell nothing of the rest. Throws {@link RegistryException} and
 * {@link IllegalArgumentException} as {@link ModelRegistry} does.
 */
public interface ModelCatalog {
    /** The catalog of a registry that offers none of its own: it is walked through, page by page. */
    static ModelCatalog walking(ModelRegistry registry) {
        return new WalkedCatalog(registry);
    }

    /** Full names of the jobs that have registered versions, sorted. */
    List<String> jobs();

    /** A stretch of the list of models. */
    Listing<ModelSummary> models(ModelListing query);

    /** A stretch of a model's versions; empty when there is no such model. */
    Listing<ModelVersion> versions(VersionListing query);

    /**
     * A headline metric over a model's newest versions, the oldest of them first.
     *
     * @param jobs full names of the jobs whose versions the reader may see; null for all
     * @param limit most versions, 1 to 10,000
     */
    List<VersionPoint> trend(String model, String metric, @CheckForNull Set<String> jobs, int limit);

    /**
     * The same of several models at once, for the list of models.
     *
     * @param metrics the metric wanted of each model, by the model's name
     * @return by the model's name; empty where a model has no such metric
     */
    Map<String, List<VersionPoint>> trends(Map<String, String> metrics, @CheckForNull Set<String> jobs, int limit);

    /** The policies in force for models, by the models' names. */
    Map<String, PromotionPolicy> policies(Set<String> models);

    /** What serves versions of these models now, or is being switched to them, by the endpoints' names. */
    List<Deployment> serving(Set<String> models, @CheckForNull Set<String> jobs);

    /**
     * What came from data, a file or a model with a digest.
     *
     * @param jobs full names of the jobs whose versions the reader may see; null for all
     * @param limit most versions to name, 1 to 1,000
     */
    Downstream downstream(String digest, @CheckForNull Set<String> jobs, int limit);

    /** The promotions of one version, newest first, at most 100. */
    List<Promotion> promotionsOf(String model, int number);

    /** The deployments of one version, newest first, at most 100. */
    List<Deployment> deploymentsOf(String model, int number);

    /** Names of all aliases that a model has or had, sorted. */
    List<String> aliasesEver(String model);
}
