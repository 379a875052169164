package io.jenkins.mlops.data.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The words that R, SQL, Python and spreadsheets write for a missing number.
 *
 * <p>In a column of numbers they are missing cells; in a column of text they are text. NaN is not among them: it is a
 * number.
 */
public final class MissingMarks {
    private static final byte[][] MARKS = marks("NA", "N/A", "n/a", "<NA>", "#N/A", "NULL", "null", "None");
    private static final int LONGEST = 4;

    private MissingMarks() {}

    /** Whether a cell is one of these words. */
    public static boolean is(byte[] buffer, int from, int to) {
        if (to - from > LONGEST || to - from < 2) {
            return false;
        }
        for (byte[] mark : MARKS) {
            if (Arrays.equals(mark, 0, mark.length, buffer, from, to)) {
                return true;
            }
        }
        return false;
    }

    private static byte[][] marks(String... words) {
        byte[][] marks = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            marks[i] = words[i].getBytes(StandardCharsets.US_ASCII);
        }
        return marks;
    }
}
