package hudson.model;

import java.util.Locale;

/** The colour that stands for a build's state. */
public enum BallColor {
    RED,
    RED_ANIME,
    YELLOW,
    YELLOW_ANIME,
    BLUE,
    BLUE_ANIME,
    DISABLED,
    DISABLED_ANIME,
    ABORTED,
    ABORTED_ANIME,
    NOTBUILT,
    NOTBUILT_ANIME;

    public String getDescription() {
        return switch (noAnime()) {
            case RED -> "Failed";
            case YELLOW -> "Unstable";
            case BLUE -> "Success";
            case ABORTED -> "Aborted";
            case DISABLED -> "Disabled";
            default -> "Not built";
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ENGLISH);
    }

    public BallColor anime() {
        return isAnimated() ? this : valueOf(name() + "_ANIME");
    }

    public BallColor noAnime() {
        return isAnimated() ? valueOf(name().replace("_ANIME", "")) : this;
    }

    public boolean isAnimated() {
        return name().endsWith("_ANIME");
    }
}
