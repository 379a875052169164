package io.jenkins.plugins.mlops.registry.retention;

import io.jenkins.mlops.registry.retention.RetentionPreview;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a retention sweep deleted, or would delete.
 *
 * @param dryRun whether nothing was changed
 * @param versions the versions, such as {@code churn version 3}, with what their rule says
 * @param problems what could not be deleted, and why
 * @param models the models of which anything goes, with their rules, and how much it was before the sweep
 */
public record RetentionReport(
        boolean dryRun, List<String> versions, List<String> problems, List<RetentionPreview> models) {
    public RetentionReport {
        versions = Collections.unmodifiableList(new ArrayList<>(versions));
        problems = Collections.unmodifiableList(new ArrayList<>(problems));
        models = Collections.unmodifiableList(new ArrayList<>(models));
    }
}
