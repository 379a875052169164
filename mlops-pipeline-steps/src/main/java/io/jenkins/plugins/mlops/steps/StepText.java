package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns what a Jenkinsfile passes into plain, serialisable text: Groovy strings and numbers among it. */
final class StepText {
    private StepText() {}

    /** A copy whose keys and values are Strings; an absent value is left out. */
    static LinkedHashMap<String, String> strings(@CheckForNull Map<?, ?> given) {
        LinkedHashMap<String, String> copy = new LinkedHashMap<>();
        if (given != null) {
            given.forEach((key, value) -> {
                if (value != null) {
                    copy.put(String.valueOf(key), String.valueOf(value));
                }
            });
        }
        return copy;
    }

    /**
     * A copy whose values are numbers.
     *
     * @throws IllegalArgumentException naming the entry that is none
     */
    static LinkedHashMap<String, Double> numbers(String option, @CheckForNull Map<?, ?> given) {
        LinkedHashMap<String, Double> copy = new LinkedHashMap<>();
        if (given != null) {
            given.forEach((key, value) -> copy.put(String.valueOf(key), number(option, key, value)));
        }
        return copy;
    }

    private static double number(String option, Object key, @CheckForNull Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        try {
            return Double.parseDouble(String.valueOf(value).trim());
        } catch (NumberFormatException x) {
            throw new IllegalArgumentException(
                    "expected a number for " + option + " '" + key + "', found '" + value + "'", x);
        }
    }

    /** A copy of a list whose entries are Strings. */
    static ArrayList<String> list(@CheckForNull List<?> given) {
        ArrayList<String> copy = new ArrayList<>();
        if (given != null) {
            given.forEach(value -> copy.add(String.valueOf(value)));
        }
        return copy;
    }
}
