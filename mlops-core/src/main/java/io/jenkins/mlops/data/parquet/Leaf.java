package io.jenkins.mlops.data.parquet;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * A leaf of a file's schema: what is stored as one column.
 *
 * @param name the names from the root to the leaf, joined by dots
 * @param type how its values are stored
 * @param meaning what they mean
 * @param width the bytes of a {@link PhysicalType#FIXED_LEN_BYTE_ARRAY}
 * @param scale the digits after the decimal point of a {@link Meaning#DECIMAL}
 * @param ticks how many units of a time make a second
 * @param utc whether times are given in UTC
 * @param maxDefinition the definition level of a value that is there
 * @param unreadable why the column cannot be read; null when it can
 */
record Leaf(
        String name,
        PhysicalType type,
        Meaning meaning,
        int width,
        int scale,
        long ticks,
        boolean utc,
        int maxDefinition,
        @CheckForNull String unreadable) {}
