package io.jenkins.plugins.mlops.registry.rebuild;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a rebuild of the registry did, or would do.
 *
 * @param state {@code never}, {@code running}, {@code done} or {@code failed}
 * @param dryRun whether nothing was changed
 * @param builds how many builds with a record were read
 * @param present how many of their versions the registry has
 * @param restored the versions that were put back, or would be, such as {@code churn version 3}
 * @param problems what could not be put back, and why; the first {@value #MOST_PROBLEMS}
 */
public record RebuildReport(
        String state, boolean dryRun, int builds, int present, List<String> restored, List<String> problems) {
    static final int MOST_PROBLEMS = 1_000;

    public RebuildReport {
        restored = Collections.unmodifiableList(new ArrayList<>(restored));
        problems = Collections.unmodifiableList(
                new ArrayList<>(problems.subList(0, Math.min(problems.size(), MOST_PROBLEMS))));
    }

    static RebuildReport of(String state, boolean dryRun, String... problems) {
        return new RebuildReport(state, dryRun, 0, 0, List.of(), List.of(problems));
    }
}
