package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.Collections;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Which versions of a model a page shows, and in which order.
 *
 * @param model the model's name
 * @param jobs full names of the jobs whose versions the reader may see; null for all versions
 * @param search only versions with this number or digest, and of the newest {@value #SEARCHED} those whose digest begins
 *     with these digits, or whose description, creator or a tag's value contains this in any case (of their first
 *     100,000 characters together); null or blank for all
 * @param metric the headline metric to sort by, equal ones by number, versions without it last and the newest of them
 *     first; null sorts by number
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
    /** Among how many of the newest numbers of a model texts are searched for. */
    public static final int SEARCHED = 10_000;

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

    /**
     * The order of version numbers by a metric.
     *
     * @param value the metric of the version with a number; null or NaN where it has none
     */
    public static Comparator<Integer> byMetric(Function<Integer, Double> value, boolean descending) {
        Function<Integer, Double> defined = number -> {
            Double known = value.apply(number);
            return known == null || known.isNaN() ? null : known;
        };
        Comparator<Double> values = Comparator.naturalOrder();
        Comparator<Integer> numbers = Comparator.naturalOrder();
        return Comparator.comparing(defined, Comparator.nullsLast(descending ? values.reversed() : values))
                .thenComparing((a, b) ->
                        (descending || defined.apply(a) == null ? numbers.reversed() : numbers).compare(a, b));
    }
}
