package io.jenkins.plugins.mlops.registry.lineage;

import java.util.Locale;

/** A verdict or state as a small label: a word and a sign, so that it is not the colour alone that tells. */
public final class Badge {
    private final String text;
    private final String sign;
    private final String style;

    private Badge(String text, String sign, String style) {
        this.text = text;
        this.sign = sign;
        this.style = style;
    }

    /** The badge of a verdict or of the state of a run, a promotion or a deployment, by the constant's name. */
    public static Badge of(String constant) {
        String text = constant.toLowerCase(Locale.ROOT).replace('_', ' ');
        return switch (constant) {
            case "PASS",
                    "FINISHED",
                    "APPLIED",
                    "VERIFIED",
                    "SERVING",
                    "APPROVED",
                    "SAME",
                    "OK",
                    "SUCCEEDED",
                    "HELPED" -> new Badge(text, "\u2713", "good");
            case "FAIL", "FAILED", "KILLED", "REJECTED", "ALARM", "HARMED" -> new Badge(text, "\u2715", "bad");
            case "INCONCLUSIVE", "ROLLED_BACK", "DIFFERENT", "SUSPECT", "RECOVERING" -> new Badge(text, "!", "unsure");
            case "REQUESTED",
                    "AWAITING_APPROVAL",
                    "RUNNING",
                    "SCHEDULED",
                    "SWITCHING",
                    "SUGGESTED",
                    "CLAIMED",
                    "QUEUED" -> new Badge(text, "\u2026", "open");
            default -> new Badge(text, "\u2013", "over");
        };
    }

    public String getText() {
        return text;
    }

    /** A sign beside the word, which screen readers need not read. */
    public String getSign() {
        return sign;
    }

    /** The last part of the CSS class: {@code good}, {@code bad}, {@code unsure}, {@code open} or {@code over}. */
    public String getStyle() {
        return style;
    }
}
