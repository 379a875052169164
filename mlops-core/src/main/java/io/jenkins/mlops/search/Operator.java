package io.jenkins.mlops.search;

/** How a value is compared; LIKE and ILIKE know {@code %} and {@code _} and are for texts, ILIKE ignores case. */
public enum Operator {
    EQ("="),
    NE("!="),
    LT("<"),
    LE("<="),
    GT(">"),
    GE(">="),
    LIKE("LIKE"),
    ILIKE("ILIKE"),
    IN("IN"),
    NOT_IN("NOT IN"),
    /** The thing has no such tag or parameter; takes no value. */
    IS_NULL("IS NULL"),
    IS_NOT_NULL("IS NOT NULL");

    private final String symbol;

    Operator(String symbol) {
        this.symbol = symbol;
    }

    /** As it is written in a filter. */
    public String symbol() {
        return symbol;
    }

    /** Whether it compares with a list of values. */
    public boolean takesList() {
        return this == IN || this == NOT_IN;
    }

    /** Whether it asks if there is a value, rather than comparing with one. */
    public boolean takesNone() {
        return this == IS_NULL || this == IS_NOT_NULL;
    }
}
