package io.jenkins.mlops.comparison;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.tracking.TrackedRun;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What is known of one version when it is compared.
 *
 * @param version the version
 * @param evaluation the evaluation that it was registered with, with intervals; null where it has none any more
 * @param run the run that produced it; null where there was none
 */
public record VersionFacts(
        ModelVersion version,
        @CheckForNull EvaluationReport evaluation,
        @CheckForNull TrackedRun run) {
    public VersionFacts {
        Objects.requireNonNull(version, "version");
    }

    /** The metrics in display order: those of the evaluation, then those that only the registry has. */
    Map<String, MetricValue> metrics() {
        Map<String, MetricValue> metrics = new LinkedHashMap<>();
        EvaluationReport report = evaluation;
        if (report != null) {
            metrics.putAll(report.metrics());
        }
        version.metrics().forEach((name, value) -> metrics.putIfAbsent(name, MetricValue.of(value)));
        return metrics;
    }

    Map<String, String> params() {
        TrackedRun tracked = run;
        return tracked == null ? Map.of() : tracked.params();
    }
}
