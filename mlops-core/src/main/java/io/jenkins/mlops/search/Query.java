package io.jenkins.mlops.search;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a search asks; every condition must hold.
 *
 * @param conditions at most 50
 * @param order the first one decides, then the second...; at most 5; empty for the store's own order
 * @param lifecycle see {@link Lifecycle}
 */
public record Query(List<Condition> conditions, List<Order> order, Lifecycle lifecycle) implements Serializable {
    /** Most conditions of one search. */
    public static final int MAX_CONDITIONS = 50;
    /** Most keys to sort by. */
    public static final int MAX_ORDER = 5;

    public Query {
        conditions = Collections.unmodifiableList(new ArrayList<>(conditions));
        order = Collections.unmodifiableList(new ArrayList<>(order));
        if (conditions.size() > MAX_CONDITIONS || order.size() > MAX_ORDER || lifecycle == null) {
            throw new IllegalArgumentException("A search takes at most " + MAX_CONDITIONS + " conditions and "
                    + MAX_ORDER + " keys to sort by, found " + conditions.size() + " and " + order.size());
        }
    }

    /** Everything that is there, in the store's own order. */
    public static Query all() {
        return new Query(List.of(), List.of(), Lifecycle.ACTIVE);
    }

    /**
     * The query that texts ask for.
     *
     * @param filter see {@link Filter}; null or blank for all
     * @param order see {@link Filter#order}
     * @throws FilterException when a text can't be read
     */
    public static Query parse(Subject subject, String filter, List<String> order, Lifecycle lifecycle) {
        return new Query(Filter.parse(filter, subject), Filter.order(order, subject), lifecycle);
    }
}
