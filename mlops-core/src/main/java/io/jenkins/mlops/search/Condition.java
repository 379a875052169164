package io.jenkins.mlops.search;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One comparison.
 *
 * @param field what it is about
 * @param key name of the metric, parameter, tag, attribute or property of a dataset, 1 to 255 characters
 * @param operator how it is compared
 * @param values what it is compared with: one, or 1 to 1,000 for IN and NOT IN, or none for IS NULL and IS NOT NULL; a
 *     number's text for metrics and times
 */
public record Condition(Field field, String key, Operator operator, List<String> values) implements Serializable {
    private static final int MAX_KEY = 255;
    private static final int MAX_VALUE = 8_000;
    private static final int MAX_VALUES = 1_000;

    public Condition {
        if (field == null || operator == null) {
            throw new IllegalArgumentException("A condition needs a field and an operator");
        }
        checkKey(key);
        values = Collections.unmodifiableList(new ArrayList<>(values));
        if (operator.takesNone()
                ? !values.isEmpty()
                : values.isEmpty() || values.size() > (operator.takesList() ? MAX_VALUES : 1)) {
            throw new IllegalArgumentException("The condition on '" + key + "' compares with " + values.size()
                    + " values; expected "
                    + (operator.takesNone() ? "none" : operator.takesList() ? "1 to " + MAX_VALUES : "one"));
        }
        for (String value : values) {
            if (value == null || value.length() > MAX_VALUE || value.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("The condition on '" + key + "' compares with a text that is"
                        + " missing, has the character U+0000 or more than " + MAX_VALUE + " characters");
            }
        }
    }

    /** A comparison with one value. */
    public Condition(Field field, String key, Operator operator, String value) {
        this(field, key, operator, Collections.singletonList(value));
    }

    static void checkKey(String key) {
        if (key == null || key.isBlank() || key.length() > MAX_KEY || key.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "A condition's key must have 1 to " + MAX_KEY + " characters, found " + key);
        }
    }

    /** The value, or the first of several. */
    public String value() {
        return values.get(0);
    }
}
