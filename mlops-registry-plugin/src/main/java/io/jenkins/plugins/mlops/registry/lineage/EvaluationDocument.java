package io.jenkins.plugins.mlops.registry.lineage;

import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.gate.GateReport;

/**
 * An evaluation with its verdicts, as written beside {@code build.xml}.
 *
 * @param report the whole evaluation
 * @param gates the gates' verdicts with their evidence
 */
public record EvaluationDocument(EvaluationReport report, GateReport gates) {}
