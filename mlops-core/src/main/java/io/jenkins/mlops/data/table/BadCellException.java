package io.jenkins.mlops.data.table;

/**
 * A cell that a {@link CellSink} cannot take; the parser adds where it stands.
 *
 * <p>The message says what was expected, what was found and what to do, without the place.
 */
public final class BadCellException extends Exception {
    private static final long serialVersionUID = 1L;

    public BadCellException(String message) {
        super(message, null, false, false);
    }
}
