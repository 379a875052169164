package io.jenkins.plugins.mlops.steps;

import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.gate.GateReport;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An evaluation as {@link EvaluationListener} is told of it.
 *
 * @param name what the step calls it; empty where it has no name
 * @param report the whole evaluation
 * @param gates the gates' verdicts
 * @param champion the metrics that the alias' holder was registered with; empty where none is known
 * @param checksName the name of the check, as the step gives it; empty for the usual one
 * @param skipPublishingChecks whether the step asks for no check
 */
public record RecordedEvaluation(
        String name,
        EvaluationReport report,
        GateReport gates,
        Map<String, Double> champion,
        String checksName,
        boolean skipPublishingChecks) {
    public RecordedEvaluation {
        champion = Collections.unmodifiableMap(new LinkedHashMap<>(champion));
    }
}
