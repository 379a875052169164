package io.jenkins.mlops.monitor;

import java.util.Locale;

/** How much what was seen matters, in ascending order. */
public enum Severity {
    /** Worth a line on the page. */
    INFO,
    /** Worth a look by a person. */
    WARNING,
    /** Users are or will be harmed. */
    CRITICAL;

    /** Whether this is at least as severe as another. */
    public boolean atLeast(Severity other) {
        return compareTo(other) >= 0;
    }

    /** The more severe of the two. */
    public Severity or(Severity other) {
        return atLeast(other) ? this : other;
    }

    /** The name as people write it, such as {@code warning}. */
    public String symbol() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a name in any case.
     *
     * @throws IllegalArgumentException naming those there are
     */
    public static Severity of(String symbol) {
        for (Severity severity : values()) {
            if (severity.symbol().equalsIgnoreCase(symbol.trim())) {
                return severity;
            }
        }
        throw new IllegalArgumentException("Expected a severity info, warning or critical, found '" + symbol + "'.");
    }
}
