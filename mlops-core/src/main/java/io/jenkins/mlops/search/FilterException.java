package io.jenkins.mlops.search;

/** Says what a filter or an order lacks, and at which character. */
public final class FilterException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int position;

    FilterException(String text, int position, String reason) {
        super("Invalid filter or order at character " + (position + 1) + " of \"" + shown(text) + "\": " + reason);
        this.position = position;
    }

    /** The character that could not be read, from 0. */
    public int position() {
        return position;
    }

    private static String shown(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "...";
    }
}
