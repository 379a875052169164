package io.jenkins.mlops.registry.window;

/** Says which line of the change windows can't be read, what was expected and what was found. */
public final class WindowSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int line;

    WindowSyntaxException(int line, String expected, String found) {
        super("The change windows can't be read at line " + line + ": expected " + expected + ", found "
                + (found.isEmpty() ? "nothing" : "'" + found + "'"));
        this.line = line;
    }

    /** The line, from 1. */
    public int line() {
        return line;
    }
}
