package io.jenkins.mlops.data.table;

import java.io.Serializable;

/**
 * What a table may take: a file that goes beyond is refused with an error that names the limit.
 *
 * @param maxLineBytes the longest line (record) of a text file, in bytes; 1 or more
 * @param maxColumns the most columns that a file may have; 1 or more
 * @param maxRows the most rows; 1 to 2,147,483,639
 * @param maxTextBytes the most bytes of UTF-8 that the distinct values of all requested text columns may take together
 * @param threads how many threads parse; 1 to 64
 */
public record TableLimits(int maxLineBytes, int maxColumns, long maxRows, long maxTextBytes, int threads)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The default limits: lines of 10 MiB, 10,000 columns, 200 million rows, 256 MiB of text, a thread per core. */
    public static final TableLimits DEFAULT = new TableLimits(
            10 << 20,
            10_000,
            200_000_000L,
            256L << 20,
            Math.min(8, Math.max(1, Runtime.getRuntime().availableProcessors())));

    /** Checks the ranges. */
    public TableLimits {
        require(maxLineBytes >= 1 && maxLineBytes <= 1 << 29, "maxLineBytes", "1 to 536870912", maxLineBytes);
        require(maxColumns >= 1 && maxColumns <= 1_000_000, "maxColumns", "1 to 1000000", maxColumns);
        require(maxRows >= 1 && maxRows <= Integer.MAX_VALUE - 8, "maxRows", "1 to 2147483639", maxRows);
        require(maxTextBytes >= 1, "maxTextBytes", "1 or more", maxTextBytes);
        require(threads >= 1 && threads <= 64, "threads", "1 to 64", threads);
    }

    private static void require(boolean holds, String name, String range, long found) {
        if (!holds) {
            throw new IllegalArgumentException("Expected " + name + " in " + range + ", found " + found + ".");
        }
    }

    public TableLimits withMaxLineBytes(int bytes) {
        return new TableLimits(bytes, maxColumns, maxRows, maxTextBytes, threads);
    }

    public TableLimits withMaxColumns(int columns) {
        return new TableLimits(maxLineBytes, columns, maxRows, maxTextBytes, threads);
    }

    public TableLimits withMaxRows(long rows) {
        return new TableLimits(maxLineBytes, maxColumns, rows, maxTextBytes, threads);
    }

    public TableLimits withMaxTextBytes(long bytes) {
        return new TableLimits(maxLineBytes, maxColumns, maxRows, bytes, threads);
    }

    public TableLimits withThreads(int count) {
        return new TableLimits(maxLineBytes, maxColumns, maxRows, maxTextBytes, count);
    }
}
