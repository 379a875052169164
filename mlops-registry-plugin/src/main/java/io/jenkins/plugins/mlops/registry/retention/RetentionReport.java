package io.jenkins.plugins.mlops.registry.retention;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a retention sweep deleted, or would delete.
 *
 * @param dryRun whether nothing was changed
 * @param versions the versions, such as {@code churn version 3}, with what their rule says
 * @param problems what could not be deleted, and why
 */
public record RetentionReport(boolean dryRun, List<String> versions, List<String> problems) {
    public RetentionReport {
        versions = Collections.unmodifiableList(new ArrayList<>(versions));
        problems = Collections.unmodifiableList(new ArrayList<>(problems));
    }
}
