package io.jenkins.mlops.registry.retention;

import io.jenkins.mlops.registry.Limits;
import io.jenkins.mlops.registry.ModelVersion;
import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What becomes of a version.
 *
 * @param version the version
 * @param keptBy all that keeps it; empty where it goes
 */
public record RetentionOutcome(ModelVersion version, Set<Keeping> keptBy) implements Serializable {
    public RetentionOutcome {
        version = Limits.required("The version", version);
        keptBy = Collections.unmodifiableSet(copy(keptBy));
    }

    private static Set<Keeping> copy(Collection<Keeping> keptBy) {
        return keptBy.isEmpty() ? EnumSet.noneOf(Keeping.class) : EnumSet.copyOf(keptBy);
    }

    /** Whether it goes at a sweep. */
    public boolean goes() {
        return keptBy.isEmpty();
    }
}
