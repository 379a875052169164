package io.jenkins.mlops.comparison;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.Objects;

/**
 * One parameter, tag or other text of two versions.
 *
 * @param name what it is called
 * @param from its value for the version compared with; null where that one doesn't have it
 * @param to its value for the version that is looked at; null where that one doesn't have it
 */
public record ComparedValue(
        String name,
        @CheckForNull String from,
        @CheckForNull String to) implements Serializable {
    public ComparedValue {
        Objects.requireNonNull(name, "name");
    }

    /** Whether the two differ. */
    public boolean changed() {
        return !Objects.equals(from, to);
    }
}
