package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The bounds of every text, list and map that a registry or tracking record accepts.
 *
 * <p>The records cross from agents, which are not trusted, so their constructors call these checks. Each method
 * returns the value that may be kept (collections are copied into unmodifiable, serialisable JDK collections) or
 * throws {@link IllegalArgumentException} with the field's name, the bound and what was found.
 */
public final class Limits {
    /** Longest key of a metric, a parameter or a tag, in UTF-16 units, as in MLflow. */
    public static final int KEY = 250;
    /** Longest value of a tag, as in MLflow. */
    public static final int TAG_VALUE = 5_000;
    /** Longest value of a parameter, as in MLflow. */
    public static final int PARAM_VALUE = 6_000;
    /** Longest one-line text: a user id, a job's full name, a URL. */
    public static final int LINE = 2_000;
    /** Longest free text: a description, a comment, a reason. */
    public static final int TEXT = 20_000;
    /** Longest JSON document that is kept with a record: a signature, a gate report, an evaluation. */
    public static final int DOCUMENT = 4_000_000;
    /** Most entries in a map of tags, parameters or headline metrics of one record. */
    public static final int ENTRIES = 2_000;
    /** Most files of one model version. */
    public static final int FILES = 100_000;

    private Limits() {}

    /** A text that must be there: not null, not blank, at most {@code max} long, without control characters. */
    public static String line(String field, @CheckForNull String value, int max) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(field + " is missing; give a text of 1 to " + max + " characters");
        }
        return optionalLine(field, value, max);
    }

    /** As {@link #line}, but null and the empty text pass as they are. */
    @CheckForNull
    public static String optionalLine(String field, @CheckForNull String value, int max) {
        if (value == null) {
            return null;
        }
        text(field, value, max);
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                throw new IllegalArgumentException(field + " has a control character (U+"
                        + String.format("%04X", (int) value.charAt(i)) + ") at position " + i
                        + "; use printable characters on one line");
            }
        }
        return value;
    }

    /** A free text, line breaks allowed: null passes, more than {@code max} characters or U+0000 do not. */
    @CheckForNull
    public static String text(String field, @CheckForNull String value, int max) {
        if (value != null) {
            if (value.length() > max) {
                throw new IllegalArgumentException(field + " has " + value.length() + " characters, at most " + max
                        + " are kept; it begins with: " + value.substring(0, 40));
            }
            int nul = value.indexOf('\0');
            if (nul >= 0) {
                throw new IllegalArgumentException(field + " has the character U+0000 at position " + nul
                        + ", which databases do not store; remove it");
            }
            for (int i = 0; i < value.length(); i++) {
                boolean pair =
                        i + 1 < value.length() && Character.isSurrogatePair(value.charAt(i), value.charAt(i + 1));
                if (pair) {
                    i++;
                } else if (Character.isSurrogate(value.charAt(i))) {
                    throw new IllegalArgumentException(
                            field + " has half of a character (an unpaired surrogate) at position " + i);
                }
            }
        }
        return value;
    }

    /** A digest such as {@code sha256:9f86d0...} or a bare hexadecimal one: 8 to 200 printable ASCII characters. */
    public static String digest(String field, @CheckForNull String value) {
        if (value == null || !value.matches("[!-~]{8,200}")) {
            throw new IllegalArgumentException(
                    field + " must be a digest of 8 to 200 printable ASCII characters, found: " + shown(value));
        }
        return value;
    }

    /** A number that must lie in {@code min..max}. */
    public static long range(String field, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(field + " must lie between " + min + " and " + max + ", found " + value);
        }
        return value;
    }

    /** A value that must be there. */
    public static <T> T required(String field, @CheckForNull T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value;
    }

    /** Tags: keys of 1 to {@value #KEY} characters, values of at most {@value #TAG_VALUE}; sorted by key. */
    public static Map<String, String> tags(String field, @CheckForNull Map<String, String> tags) {
        return strings(field, tags, TAG_VALUE);
    }

    /** Parameters: keys of 1 to {@value #KEY} characters, values of at most {@value #PARAM_VALUE}; sorted by key. */
    public static Map<String, String> params(String field, @CheckForNull Map<String, String> params) {
        return strings(field, params, PARAM_VALUE);
    }

    private static Map<String, String> strings(String field, @CheckForNull Map<String, String> map, int max) {
        TreeMap<String, String> copy = new TreeMap<>();
        if (map != null) {
            entries(field, map.size(), ENTRIES);
            map.forEach((key, value) -> copy.put(
                    line(field + "'s key", key, KEY), required(field + "[" + key + "]", text(field, value, max))));
        }
        return Collections.unmodifiableMap(copy);
    }

    /** Metrics by name, sorted; NaN and the infinities are kept as they are. */
    public static Map<String, Double> metrics(String field, @CheckForNull Map<String, Double> metrics) {
        TreeMap<String, Double> copy = new TreeMap<>();
        if (metrics != null) {
            entries(field, metrics.size(), ENTRIES);
            metrics.forEach((key, value) ->
                    copy.put(line(field + "'s key", key, KEY), required(field + "[" + key + "]", value)));
        }
        return Collections.unmodifiableMap(copy);
    }

    /** A sorted set of one-line texts. */
    public static Set<String> lines(String field, @CheckForNull Collection<String> values, int maxEntries) {
        TreeSet<String> copy = new TreeSet<>();
        if (values != null) {
            entries(field, values.size(), maxEntries);
            values.forEach(value -> copy.add(line(field, value, LINE)));
        }
        return Collections.unmodifiableSet(copy);
    }

    /** A list without nulls, in the given order. */
    public static <T> List<T> list(String field, @CheckForNull Collection<? extends T> values, int maxEntries) {
        ArrayList<T> copy = new ArrayList<>();
        if (values != null) {
            entries(field, values.size(), maxEntries);
            values.forEach(value -> copy.add(required(field + "'s entry", value)));
        }
        return Collections.unmodifiableList(copy);
    }

    private static void entries(String field, int size, int max) {
        if (size > max) {
            throw new IllegalArgumentException(field + " has " + size + " entries, at most " + max + " are kept");
        }
    }

    static String shown(@CheckForNull String value) {
        if (value == null) {
            return "nothing";
        }
        return value.length() <= 60 ? "'" + value + "'" : "'" + value.substring(0, 60) + "...'";
    }
}
