package org.kohsuke.stapler;

/** A class can't be made from data. */
public class NoStaplerConstructorException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public NoStaplerConstructorException(String s) {
        super(s);
    }
}
