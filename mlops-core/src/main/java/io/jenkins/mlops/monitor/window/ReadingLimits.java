package io.jenkins.mlops.monitor.window;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;

/**
 * What one reading may take; what is over a limit is left for the next reading, or noted and passed over.
 *
 * @param lineBytes the longest line; a longer one is broken
 * @param columns the most columns of a window, whichever rows they are in; further ones are passed over with a note
 * @param rowsPerWindow the most rows of one window; further ones are counted, not compared
 * @param windows the most windows that one reading closes; the rest waits for the next one
 * @param exactValues the most numbers that are kept as they are, over all columns and windows of a look; from there on
 *     sketches
 * @param ids the most ids that are kept to find doubled rows, over all windows of a look; further ones are not checked
 */
public record ReadingLimits(int lineBytes, int columns, long rowsPerWindow, int windows, long exactValues, int ids)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Lines of 10 MiB, 10,000 columns, 100 million rows a window, 50 windows, 8 million numbers, a million ids. */
    public static final ReadingLimits DEFAULT =
            new ReadingLimits(10 << 20, Expect.COLUMNS, 100_000_000L, 50, 8_000_000L, 1_000_000);

    public ReadingLimits {
        Expect.that(lineBytes >= 1 && lineBytes <= 1 << 29, "lines of 1 to 536870912 bytes", lineBytes);
        Expect.that(columns >= 1 && columns <= Expect.COLUMNS, "1 to " + Expect.COLUMNS + " columns", columns);
        Expect.that(rowsPerWindow >= 1, "1 row or more", rowsPerWindow);
        Expect.that(windows >= 1 && windows <= 1_000, "1 to 1000 windows", windows);
        Expect.that(exactValues >= 0, "0 numbers or more", exactValues);
        Expect.that(ids >= 0, "0 ids or more", ids);
    }
}
