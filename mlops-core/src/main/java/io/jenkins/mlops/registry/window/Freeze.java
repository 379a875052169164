package io.jenkins.mlops.registry.window;

import io.jenkins.mlops.registry.Limits;
import java.time.LocalDate;

/**
 * Days on which nothing is changed.
 *
 * @param first the first of them
 * @param last the last of them
 */
public record Freeze(LocalDate first, LocalDate last) {
    public Freeze {
        Limits.required("A freeze's first day", first);
        Limits.required("A freeze's last day", last);
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("A freeze can't end on " + last + " before it begins on " + first);
        }
    }

    boolean covers(LocalDate date) {
        return !date.isBefore(first) && !date.isAfter(last);
    }
}
