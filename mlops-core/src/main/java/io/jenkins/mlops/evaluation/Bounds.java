package io.jenkins.mlops.evaluation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The limits of what a report may hold. Reports come from agents, which are not trusted: every record copies its
 * collections through here, so that a forged one can neither grow without bound nor change after it was checked.
 */
final class Bounds {
    static final int TEXT = 10_000;
    static final int METRICS = 2_000;
    static final int SLICES = 10_000;
    static final int POINTS = 2_000;
    static final int LABELS = 200;
    static final int NOTES = 1_000;

    private Bounds() {}

    static String text(String value, String what) {
        Objects.requireNonNull(value, what);
        if (value.length() > TEXT) {
            throw new EvaluationException(
                    what + " has " + value.length() + " characters, the most that is kept is " + TEXT);
        }
        return value;
    }

    static <T> List<T> list(Collection<? extends T> values, int most, String what) {
        Objects.requireNonNull(values, what);
        size(values.size(), most, what);
        List<T> copy = new ArrayList<>(values.size());
        for (T value : values) {
            if (value == null) {
                throw new EvaluationException("an element of " + what + " is null");
            }
            if (value instanceof String text) {
                text(text, what);
            }
            copy.add(value);
        }
        size(copy.size(), most, what);
        return Collections.unmodifiableList(copy);
    }

    static <V> Map<String, V> map(Map<String, ? extends V> values, int most, String what) {
        Objects.requireNonNull(values, what);
        size(values.size(), most, what);
        Map<String, V> copy = new LinkedHashMap<>();
        for (Map.Entry<String, ? extends V> entry : values.entrySet()) {
            if (entry.getKey() == null || entry.getKey().isBlank()) {
                throw new EvaluationException("a name in " + what + " is empty");
            }
            if (entry.getValue() == null) {
                throw new EvaluationException("'" + entry.getKey() + "' in " + what + " has no value");
            }
            copy.put(text(entry.getKey(), what), entry.getValue());
        }
        size(copy.size(), most, what);
        return Collections.unmodifiableMap(copy);
    }

    private static void size(int size, int most, String what) {
        if (size > most) {
            throw new EvaluationException(what + " has " + size + " elements, the most that is kept is " + most);
        }
    }

    static double level(double level, String what) {
        if (!(level > 0 && level < 1)) {
            throw new EvaluationException(what + " must lie between 0 and 1, such as 0.95; found " + level);
        }
        return level;
    }

    static long notNegative(long value, String what) {
        if (value < 0) {
            throw new EvaluationException(what + " can't be negative; found " + value);
        }
        return value;
    }
}
