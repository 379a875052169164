package io.jenkins.mlops.data;

import java.io.Serializable;

/**
 * A value and how often it occurs.
 *
 * @param value the value as text, cut after 200 characters
 * @param count the number of rows; an upper bound when {@code error} is not 0
 * @param error by how much {@code count} may be too high
 */
public record ValueCount(String value, long count, long error) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Checks lengths and ranges. */
    public ValueCount {
        Checks.text(value, "a value", 1000);
        Checks.require(count >= 0, "a count of 0 or more", count);
        Checks.require(error >= 0 && error <= count, "an error from 0 to the count", error);
    }
}
