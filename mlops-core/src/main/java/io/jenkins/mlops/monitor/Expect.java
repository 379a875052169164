package io.jenkins.mlops.monitor;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The checks that the records of monitors share: values may come from agents, which are not trusted. */
public final class Expect {
    /** The most characters of a name: a column, a monitor, a window. */
    public static final int NAME = 1_000;

    /** The most characters of a sentence for people. */
    public static final int SENTENCE = 4_000;

    /** The most columns of a table under watch. */
    public static final int COLUMNS = 10_000;

    /** The most notes beside a result. */
    public static final int NOTES = 200;

    private Expect() {}

    /** Refuses what doesn't hold: "Expected ..., found ...". */
    public static void that(boolean holds, String expected, @CheckForNull Object found) {
        if (!holds) {
            throw new IllegalArgumentException("Expected " + expected + ", found " + shown(found) + ".");
        }
    }

    /** A text of at most so many characters; may be empty. */
    public static String text(@CheckForNull String value, String what, int most) {
        that(value != null && value.length() <= most, what + " of at most " + most + " characters", value);
        return value;
    }

    /** A name: not empty, at most {@value #NAME} characters. */
    public static String name(@CheckForNull String value, String what) {
        that(value != null && !value.isBlank(), what, value);
        return text(value, what, NAME);
    }

    /** A number from 0 to 1. */
    public static double share(double value, String what) {
        that(value >= 0 && value <= 1, what + " from 0 to 1", value);
        return value;
    }

    /** A number of 0 or more. */
    public static long notNegative(long value, String what) {
        that(value >= 0, what + " of 0 or more", value);
        return value;
    }

    /** A value that is there. */
    public static <T> T present(@CheckForNull T value, String what) {
        if (value == null) {
            throw new IllegalArgumentException("Expected " + what + ", found none.");
        }
        return value;
    }

    /** A copy that can't be changed, of at most so many elements, none of them null. */
    public static <T> List<T> list(@CheckForNull Collection<? extends T> values, String what, int most) {
        Collection<? extends T> given = present(values, what);
        that(given.size() <= most, "at most " + most + " " + what, given.size());
        List<T> copy = new ArrayList<>(given);
        that(!copy.contains(null), what + " without a null", "one");
        return Collections.unmodifiableList(copy);
    }

    /** A copy in the same order that can't be changed, of at most so many entries. */
    public static <V> Map<String, V> map(@CheckForNull Map<String, ? extends V> values, String what, int most) {
        Map<String, ? extends V> given = present(values, what);
        that(given.size() <= most, "at most " + most + " " + what, given.size());
        Map<String, V> copy = new LinkedHashMap<>();
        given.forEach((key, value) ->
                copy.put(name(key, "a name in " + what), present(value, "a value for '" + key + "' in " + what)));
        return Collections.unmodifiableMap(copy);
    }

    /** At most so many of the sentences, the last one saying how many more there were. */
    public static List<String> notes(List<String> notes) {
        if (notes.size() <= NOTES) {
            return notes;
        }
        List<String> kept = new ArrayList<>(notes.subList(0, NOTES - 1));
        kept.add("And " + (notes.size() - NOTES + 1) + " more notes.");
        return kept;
    }

    private static String shown(@CheckForNull Object found) {
        String text = String.valueOf(found);
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }
}
