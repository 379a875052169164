package io.jenkins.mlops.search;

import java.io.Serializable;

/**
 * One key to sort by; things without it come last.
 *
 * @param field what it is about
 * @param key name of the metric, parameter, tag or attribute, 1 to 255 characters
 * @param descending whether the highest comes first
 */
public record Order(Field field, String key, boolean descending) implements Serializable {
    public Order {
        if (field == null) {
            throw new IllegalArgumentException("An order needs a field");
        }
        Condition.checkKey(key);
    }
}
