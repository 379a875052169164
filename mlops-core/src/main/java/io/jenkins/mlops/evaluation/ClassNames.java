package io.jenkins.mlops.evaluation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The classes of a classification, sorted: numbers by size, everything else by letters. Columns may spell a class
 * differently where that can mean nothing else: {@code 1} and {@code 1.0}, {@code true} and {@code True}, {@code 1} and
 * {@code True} beside {@code 0}.
 */
final class ClassNames {
    private static final Set<String> TRUTHS = Set.of("0", "1", "true", "false");

    private enum Spelling {
        NUMBERS,
        TRUTH_VALUES,
        TEXT
    }

    private final Spelling spelling;
    private final List<String> names;
    private final Map<String, Integer> codes = new HashMap<>();

    /** The classes that occur in any of the collections of values. */
    ClassNames(Collection<? extends Collection<String>> values) {
        List<String> all = new ArrayList<>();
        values.forEach(all::addAll);
        spelling = all.stream().allMatch(ClassNames::isNumber)
                ? Spelling.NUMBERS
                : all.stream().allMatch(ClassNames::isTruth) ? Spelling.TRUTH_VALUES : Spelling.TEXT;
        if (spelling == Spelling.NUMBERS) {
            TreeMap<Double, String> sorted = new TreeMap<>();
            all.forEach(value -> sorted.put(Double.parseDouble(value.trim()) + 0.0, canonical(value)));
            names = new ArrayList<>(sorted.values());
        } else {
            TreeSet<String> sorted = new TreeSet<>();
            all.forEach(value -> sorted.add(canonical(value)));
            names = new ArrayList<>(sorted);
        }
        for (int i = 0; i < names.size(); i++) {
            codes.put(names.get(i), i);
        }
    }

    List<String> names() {
        return Collections.unmodifiableList(names);
    }

    /** The position of a value's class, or -1. */
    int code(String value) {
        boolean spelt =
                switch (spelling) {
                    case NUMBERS -> isNumber(value);
                    case TRUTH_VALUES -> isTruth(value);
                    case TEXT -> true;
                };
        return spelt ? codes.getOrDefault(canonical(value), -1) : -1;
    }

    /** The positions of the classes of a dictionary's values. */
    int[] codes(List<String> dictionary) {
        return dictionary.stream().mapToInt(this::code).toArray();
    }

    private String canonical(String value) {
        return switch (spelling) {
            case NUMBERS -> number(Double.parseDouble(value.trim()));
            case TRUTH_VALUES -> truth(value);
            case TEXT -> value;
        };
    }

    private static String truth(String value) {
        String lower = value.trim().toLowerCase(Locale.ROOT);
        if (isNumber(lower)) {
            return Double.parseDouble(lower) == 0 ? "false" : "true";
        }
        return lower;
    }

    private static boolean isTruth(String value) {
        String lower = value.trim().toLowerCase(Locale.ROOT);
        return TRUTHS.contains(isNumber(lower) ? number(Double.parseDouble(lower)) : lower);
    }

    static boolean isNumber(String value) {
        String plain = value.trim();
        if (plain.isEmpty() || plain.length() > 400 || "+-.0123456789".indexOf(plain.charAt(0)) < 0) {
            return false;
        }
        char last = plain.charAt(plain.length() - 1);
        if (last != '.' && (last < '0' || last > '9')) {
            return false; // Java would read 1d and 1f as numbers
        }
        try {
            return !Double.isInfinite(Double.parseDouble(plain));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** Some of the names, for a message. */
    String shown() {
        return shown(names);
    }

    static String shown(Collection<String> names) {
        List<String> quoted =
                names.stream().limit(10).map(name -> "'" + name + "'").toList();
        int more = names.size() - quoted.size();
        return String.join(", ", quoted) + (more > 0 ? " and " + more + " more" : "");
    }
}
