package io.jenkins.mlops.tracking;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Limits;
import io.jenkins.mlops.search.Condition;
import io.jenkins.mlops.search.Order;
import java.io.Serializable;
import java.util.List;

/**
 * What a search for logged models asks; every condition must hold.
 *
 * @param experimentIds the experiments, 1 to 1,000
 * @param conditions attributes are {@code name}, {@code model_id}, {@code model_type}, {@code status},
 *     {@code source_run_id}, {@code creation_timestamp} and {@code last_updated_timestamp}
 * @param datasets metrics count only where they are of one of these; without a condition on a metric, a model must have
 *     any metric of one of them; empty for any
 * @param order the first one decides; then the newest come first
 */
public record LoggedModelQuery(
        List<String> experimentIds, List<Condition> conditions, List<Dataset> datasets, List<By> order)
        implements Serializable {
    private static final int MOST = 50;

    public LoggedModelQuery {
        experimentIds = Limits.list("The experiments", experimentIds, 1_000);
        conditions = Limits.list("The conditions", conditions, MOST);
        datasets = Limits.list("The datasets", datasets, MOST);
        order = Limits.list("The keys to sort by", order, 5);
    }

    /**
     * A dataset by its name and, unless null, its digest.
     *
     * @param name the dataset's name
     * @param digest its digest; null for any
     */
    public record Dataset(String name, @CheckForNull String digest) implements Serializable {
        public Dataset {
            name = Limits.line("A dataset's name", name, 500);
        }
    }

    /**
     * A key to sort by.
     *
     * @param order a metric or an attribute
     * @param dataset the dataset that a metric must be of; null for any
     */
    public record By(Order order, @CheckForNull Dataset dataset) implements Serializable {}
}
