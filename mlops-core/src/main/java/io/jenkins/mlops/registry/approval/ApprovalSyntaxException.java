package io.jenkins.mlops.registry.approval;

/** Says where an approval expression can't be read, what was expected there and what was found. */
public final class ApprovalSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int position;
    private final String expected;
    private final String found;

    ApprovalSyntaxException(String text, int position, String expected, String found) {
        super("The approvals '" + shortened(text) + "' can't be read at position " + position + ": expected " + expected
                + ", found " + found);
        this.position = position;
        this.expected = expected;
        this.found = found;
    }

    private static String shortened(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "...";
    }

    /** Where, counted in characters from 1; one behind the last when the text ends too early. */
    public int position() {
        return position;
    }

    /** What could have stood there. */
    public String expected() {
        return expected;
    }

    /** What stands there. */
    public String found() {
        return found;
    }
}
