package jenkins.management;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Locale;

/** A small label beside a link, with a tooltip and a severity. */
public class Badge {
    private final String text;
    private final String tooltip;
    private final Severity severity;

    public Badge(@NonNull String text, @NonNull String tooltip, @NonNull Severity severity) {
        this.text = text;
        this.tooltip = tooltip;
        this.severity = severity;
    }

    public String getText() {
        return text;
    }

    public String getTooltip() {
        return tooltip;
    }

    public String getSeverity() {
        return severity.toString().toLowerCase(Locale.US);
    }

    /** How much a badge wants to be seen. */
    public enum Severity {
        DANGER,
        WARNING,
        INFO
    }
}
