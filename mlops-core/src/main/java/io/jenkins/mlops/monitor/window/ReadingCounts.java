package io.jenkins.mlops.monitor.window;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a reading met.
 *
 * @param rows rows read for the first time
 * @param late rows of windows that were closed before they came
 * @param doubled rows whose id the window had already
 * @param broken lines that are no row
 * @param untimed rows without a time that can be read
 * @param ahead rows whose time is more than a day ahead of the clock
 * @param beyond rows beyond the most of a window
 */
public record ReadingCounts(long rows, long late, long doubled, long broken, long untimed, long ahead, long beyond)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final ReadingCounts NONE = new ReadingCounts(0, 0, 0, 0, 0, 0, 0);

    public ReadingCounts {
        for (long count : new long[] {rows, late, doubled, broken, untimed, ahead, beyond}) {
            Expect.notNegative(count, "a count");
        }
    }

    /** What of it a reader should know: rows that are in no window, and why. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        note(notes, late, "Rows that came after their window was closed, and are in none");
        note(notes, doubled, "Rows with an id that another row of their window has, and not counted again");
        note(notes, broken, "Lines that are no row");
        note(notes, untimed, "Rows without a time that can be read, and in no window");
        note(notes, ahead, "Rows that are more than a day ahead of the clock, and in no window");
        note(notes, beyond, "Rows beyond the most that a window compares");
        return notes;
    }

    private static void note(List<String> notes, long count, String what) {
        if (count > 0) {
            notes.add(what + ": " + count + ".");
        }
    }
}
