package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.Set;

/**
 * Which models a page shows, and in which order.
 *
 * @param search only models whose name contains this, in any case; null or blank for all
 * @param jobs full names of the jobs whose versions the reader may see; null for all models, also those without any
 *     version. Nothing in the answer tells of versions of other jobs
 * @param order what to sort by
 * @param descending whether the greatest, or the newest, comes first
 * @param offset how many models to pass over
 * @param limit most models wanted, 1 to 1,000
 */
public record ModelListing(
        @CheckForNull String search,
        @CheckForNull Set<String> jobs,
        Order order,
        boolean descending,
        int offset,
        int limit)
        implements Serializable {
    /** What a list of models can be sorted by; models that are equal in it stand by name. */
    public enum Order {
        /** By name. */
        NAME,
        /** By when the newest version was registered. */
        NEWEST,
        /** By how many promotions await approval. */
        WAITING
    }

    public ModelListing {
        search = Limits.optionalLine("The text to search for", search, Limits.KEY);
        jobs = VersionListing.jobs(jobs);
        order = Limits.required("The order", order);
        offset = (int) Limits.range("The offset", offset, 0, Integer.MAX_VALUE);
        limit = (int) Limits.range("A page's size", limit, 1, 1_000);
    }

    /** All models by name. */
    public static ModelListing first(int limit) {
        return new ModelListing(null, null, Order.NAME, false, 0, limit);
    }

    /** The same for a reader of these jobs alone. */
    public ModelListing visibleBy(@CheckForNull Set<String> newJobs) {
        return new ModelListing(search, newJobs, order, descending, offset, limit);
    }
}
