package io.jenkins.mlops.data;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.List;

/**
 * What one column of a dataset holds.
 *
 * @param name the column's name
 * @param type what all present cells are
 * @param nulls how many cells are missing
 * @param distinct how many different values occur, missing ones not counted
 * @param distinctExact whether {@code distinct} was counted; else it is an estimate with a relative standard error of
 *     1.6 %
 * @param numbers the distribution of the numbers; null unless the type is {@link ColumnType#INTEGER}, {@link
 *     ColumnType#NUMBER} or {@link ColumnType#BOOLEAN} (as 0 and 1)
 * @param minLength the length of the shortest text in bytes of UTF-8; -1 unless the type is {@link ColumnType#TEXT}
 * @param maxLength the length of the longest text in bytes of UTF-8; -1 unless the type is {@link ColumnType#TEXT}
 * @param topValues the most frequent values, most frequent first, at most {@value #MAX_TOP_VALUES}
 */
public record ColumnProfile(
        String name,
        ColumnType type,
        long nulls,
        long distinct,
        boolean distinctExact,
        @CheckForNull NumberSummary numbers,
        int minLength,
        int maxLength,
        List<ValueCount> topValues)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The most values that {@code topValues} holds. */
    public static final int MAX_TOP_VALUES = 20;

    /** The most characters of a name; a longer one is cut when the profile is made. */
    public static final int MAX_NAME_LENGTH = 1000;

    /** Checks presence, ranges and sizes. */
    public ColumnProfile {
        Checks.text(name, "a column name", MAX_NAME_LENGTH);
        Checks.require(type != null, "a type", type);
        Checks.require(nulls >= 0, "a count of nulls of 0 or more", nulls);
        Checks.require(distinct >= 0, "a count of distinct values of 0 or more", distinct);
        Checks.require(minLength >= -1 && maxLength >= minLength, "lengths in order", minLength + ", " + maxLength);
        topValues = Checks.list(topValues, "top values", MAX_TOP_VALUES);
    }
}
