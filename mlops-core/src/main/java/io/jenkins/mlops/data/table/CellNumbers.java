package io.jenkins.mlops.data.table;

/** Tells what the text of a cell is, by the rules of numeric columns; one per thread. */
public final class CellNumbers {
    /** What a cell's text is. */
    public enum Kind {
        /** A whole number of at most 18 digits, without decimal point and exponent. */
        INTEGER,
        /** Another number, NaN and the infinities included. */
        DECIMAL,
        /** {@code true} or {@code false}. */
        BOOLEAN,
        /** Something else. */
        TEXT
    }

    private static final int MAX_DIGITS = 18;

    private final NumberParser parser = new NumberParser();
    private double value;

    /** Tells the kind of {@code buffer[from..to)}. */
    public Kind kindOf(byte[] buffer, int from, int to) {
        byte first = buffer[from];
        // Most texts are told from numbers by their first character.
        if (first > '9' && "tTfFnNiI".indexOf(first) < 0 || first < 0) {
            return Kind.TEXT;
        }
        value = parser.parse(buffer, from, to);
        if (!parser.valid()) {
            return Kind.TEXT;
        }
        if ("tTfF".indexOf(first) >= 0) {
            return Kind.BOOLEAN;
        }
        int start = first == '-' || first == '+' ? from + 1 : from;
        if (to - start > MAX_DIGITS) {
            return Kind.DECIMAL;
        }
        for (int i = start; i < to; i++) {
            if (buffer[i] < '0' || buffer[i] > '9') {
                return Kind.DECIMAL;
            }
        }
        return Kind.INTEGER;
    }

    /** The number that was found last; 1 or 0 for a truth value. */
    public double value() {
        return value;
    }
}
