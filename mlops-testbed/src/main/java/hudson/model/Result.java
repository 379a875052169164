package hudson.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.io.Serializable;
import java.util.Locale;
import org.kohsuke.stapler.export.CustomExportedBean;

/** The outcome of a build, ordered from good to bad. */
public final class Result implements Serializable, CustomExportedBean {
    private static final long serialVersionUID = 1L;

    @NonNull
    public static final Result SUCCESS = new Result("SUCCESS", BallColor.BLUE, 0, true);

    @NonNull
    public static final Result UNSTABLE = new Result("UNSTABLE", BallColor.YELLOW, 1, true);

    @NonNull
    public static final Result FAILURE = new Result("FAILURE", BallColor.RED, 2, true);

    @NonNull
    public static final Result NOT_BUILT = new Result("NOT_BUILT", BallColor.NOTBUILT, 3, false);

    @NonNull
    public static final Result ABORTED = new Result("ABORTED", BallColor.ABORTED, 4, false);

    private static final Result[] ALL = {SUCCESS, UNSTABLE, FAILURE, NOT_BUILT, ABORTED};

    @NonNull
    private final String name;

    public final int ordinal;

    @NonNull
    public final BallColor color;

    public final boolean completeBuild;

    private Result(String name, BallColor color, int ordinal, boolean complete) {
        this.name = name;
        this.color = color;
        this.ordinal = ordinal;
        this.completeBuild = complete;
    }

    public @NonNull Result combine(@NonNull Result that) {
        return ordinal < that.ordinal ? that : this;
    }

    public boolean isWorseThan(@NonNull Result that) {
        return ordinal > that.ordinal;
    }

    public boolean isWorseOrEqualTo(@NonNull Result that) {
        return ordinal >= that.ordinal;
    }

    public boolean isBetterThan(@NonNull Result that) {
        return ordinal < that.ordinal;
    }

    public boolean isBetterOrEqualTo(@NonNull Result that) {
        return ordinal <= that.ordinal;
    }

    public boolean isCompleteBuild() {
        return completeBuild;
    }

    @Override
    public @NonNull String toString() {
        return name;
    }

    @Override
    public @NonNull String toExportedObject() {
        return name;
    }

    /** The result of that name, or {@link #FAILURE} for an unknown one. */
    public static @NonNull Result fromString(@NonNull String s) {
        for (Result r : ALL) {
            if (r.name.equals(s.toUpperCase(Locale.ROOT))) {
                return r;
            }
        }
        return FAILURE;
    }

    private Object readResolve() {
        return fromString(name);
    }
}
