package io.jenkins.mlops.tracking;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Limits;
import io.jenkins.mlops.search.Condition;
import io.jenkins.mlops.search.Lifecycle;
import io.jenkins.mlops.search.Order;
import io.jenkins.mlops.search.Query;
import java.io.Serializable;
import java.util.List;

/**
 * What a search for runs asks; every condition must hold.
 *
 * @param experimentIds the experiments; empty for all
 * @param query conditions, order (empty: newest first) and whether deleted runs are asked for; the attributes are
 *     {@code run_id}, {@code run_name}, {@code status}, {@code user_id}, {@code start_time} and {@code end_time}
 */
public record RunQuery(List<String> experimentIds, Query query) implements Serializable {
    public RunQuery {
        experimentIds = Limits.list("The experiments", experimentIds, 1_000);
        query = Limits.required("The query", query);
    }

    public RunQuery(List<String> experimentIds, List<Condition> conditions, List<Order> order, boolean deleted) {
        this(experimentIds, new Query(conditions, order, deleted ? Lifecycle.DELETED : Lifecycle.ACTIVE));
    }

    /** All runs of one experiment (null: of all), newest first. */
    public static RunQuery of(@CheckForNull String experimentId) {
        return new RunQuery(experimentId == null ? List.of() : List.of(experimentId), Query.all());
    }
}
