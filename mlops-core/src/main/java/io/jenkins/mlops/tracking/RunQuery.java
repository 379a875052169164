package io.jenkins.mlops.tracking;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Limits;
import java.io.Serializable;
import java.util.List;

/**
 * What a search for runs asks; every condition must hold.
 *
 * @param experimentIds the experiments; empty for all
 * @param conditions see {@link Condition}
 * @param order see {@link Order}; empty: newest first
 * @param deleted whether deleted runs are asked for, instead of those that are there
 */
public record RunQuery(List<String> experimentIds, List<Condition> conditions, List<Order> order, boolean deleted)
        implements Serializable {
    public RunQuery {
        experimentIds = Limits.list("The experiments", experimentIds, 1_000);
        conditions = Limits.list("The conditions", conditions, 50);
        order = Limits.list("The order", order, 3);
    }

    /** What a condition or an order is about. */
    public enum Field {
        METRIC,
        PARAM,
        TAG,
        /** One of {@code run_id}, {@code run_name}, {@code status}, {@code user_id}, {@code start_time}, {@code end_time}. */
        ATTRIBUTE
    }

    /** How a value is compared; LIKE and ILIKE know {@code %} and {@code _} and are for texts. */
    public enum Operator {
        EQ,
        NE,
        LT,
        LE,
        GT,
        GE,
        LIKE,
        ILIKE
    }

    /**
     * One comparison.
     *
     * @param field what it is about
     * @param key name of the metric, parameter, tag or attribute
     * @param operator how it is compared
     * @param value what it is compared with; a number's text for metrics and times
     */
    public record Condition(Field field, String key, Operator operator, String value) implements Serializable {
        public Condition {
            field = Limits.required("A condition's field", field);
            key = Limits.line("A condition's key", key, Limits.KEY);
            operator = Limits.required("A condition's operator", operator);
            value = Limits.required(
                    "A condition's value", Limits.text("A condition's value", value, Limits.PARAM_VALUE));
        }
    }

    /**
     * One key to sort by; runs without it come last.
     *
     * @param field what it is about
     * @param key name of the metric, parameter, tag or attribute
     * @param descending whether the highest comes first
     */
    public record Order(Field field, String key, boolean descending) implements Serializable {
        public Order {
            field = Limits.required("An order's field", field);
            key = Limits.line("An order's key", key, Limits.KEY);
        }
    }

    /** All runs of one experiment (null: of all), newest first. */
    public static RunQuery of(@CheckForNull String experimentId) {
        return new RunQuery(experimentId == null ? List.of() : List.of(experimentId), List.of(), List.of(), false);
    }
}
