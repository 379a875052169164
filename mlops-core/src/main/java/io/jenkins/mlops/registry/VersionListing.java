package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which versions of a model a page shows, and in which order.
 *
 * @param model the model's name
 * @param jobs full names of the jobs whose versions the reader may see; null for all versions
 * @param search only versions with this number, whose digest begins with this, or whose description, creator or a
 *     tag's value contains it in any case; null or blank for all
 * @param metric the headline metric to sort by, versions without it last; null sorts by number
 * @param descending whether the greatest comes first
 * @param offset how many versions to pass over
 * @param limit most versions wanted, 1 to 1,000
 */
public record VersionListing(
        String model,
        @CheckForNull Set<String> jobs,
        @CheckForNull String search,
        @CheckForNull String metric,
        boolean descending,
        int offset,
        int limit)
        implements Serializable {
    private static final int MOST_JOBS = 1_000_000;

    public VersionListing {
        model = ModelName.check(model);
        jobs = jobs(jobs);
        search = Limits.optionalLine("The text to search for", search, Limits.KEY);
        metric = Limits.optionalLine("The metric", metric, Limits.KEY);
        offset = (int) Limits.range("The offset", offset, 0, Integer.MAX_VALUE);
        limit = (int) Limits.range("A page's size", limit, 1, 1_000);
    }

    /** The newest versions of a model. */
    public static VersionListing newest(String model, @CheckForNull Set<String> jobs, int limit) {
        return new VersionListing(model, jobs, null, null, true, 0, limit);
    }

    @CheckForNull
    static Set<String> jobs(@CheckForNull Set<String> jobs) {
        if (jobs == null) {
            return null;
        }
        Limits.lines("The jobs", jobs, MOST_JOBS);
        return Collections.unmodifiableSet(new TreeSet<>(jobs));
    }
}
