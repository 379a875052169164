package io.jenkins.mlops.gate;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.math.BigDecimal;
import java.util.StringJoiner;

/** Checks the parts of a rule, and writes a rule as a Jenkinsfile states it. */
final class RuleText {
    private static final int LONGEST_NAME = 250;
    private final StringJoiner parts;

    RuleText(String function) {
        parts = new StringJoiner(", ", function + "(", ")");
    }

    RuleText with(String name, @CheckForNull Object value) {
        if (value instanceof String text) {
            parts.add(name + ": '" + text.replace("\\", "\\\\").replace("'", "\\'") + "'");
        } else if (value != null) {
            parts.add(name + ": " + (value instanceof Double number ? number(number) : value.toString()));
        }
        return this;
    }

    @Override
    public String toString() {
        return parts.toString();
    }

    /** A number without needless zeros or exponent. */
    static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.toString(value);
        }
        String plain = BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
        return plain.length() > 24 ? Double.toString(value) : plain;
    }

    static String name(@CheckForNull String value, String what) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("expected " + what + ", found none");
        }
        if (value.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    what + " has " + value.length() + " characters, the most is " + LONGEST_NAME);
        }
        return value;
    }

    static void exactlyOneBound(String rule, @CheckForNull Double atLeast, @CheckForNull Double atMost) {
        if ((atLeast == null) == (atMost == null)) {
            throw new IllegalArgumentException("expected exactly one of atLeast and atMost in " + rule + ", found "
                    + (atLeast == null ? "neither" : "both"));
        }
        finite(atLeast == null ? atMost : atLeast, rule + ": the bound");
    }

    static double finite(double value, String what) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(what + " must be a finite number; found " + value);
        }
        return value;
    }

    static void level(@CheckForNull Double confidence, String rule) {
        if (confidence != null && !(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException(
                    rule + ": confidence lies between 0 and 1, such as 0.95; found " + confidence);
        }
    }
}
