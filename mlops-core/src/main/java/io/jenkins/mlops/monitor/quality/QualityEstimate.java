package io.jenkins.mlops.monitor.quality;

import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * Quality estimated from the model's own confidence (CBPE), without labels.
 *
 * @param rows rows that it rests on
 * @param metrics metric by name: {@code accuracy}, {@code roc_auc}, {@code precision}, {@code recall}, {@code f1}; and the
 *     expected counts {@code true_positives}, {@code false_positives}, {@code true_negatives}, {@code false_negatives}
 * @param assumptions what must hold for the estimate to be worth anything, as sentences to show beside it
 */
public record QualityEstimate(long rows, Map<String, MetricValue> metrics, List<String> assumptions)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What every such estimate assumes. */
    public static final List<String> ASSUMPTIONS = List.of(
            "The scores are calibrated probabilities: of the rows scored 0.8, four in five are positive.",
            "What makes a row positive is as it was (no concept drift): only the mixture of rows may have changed.",
            "The rows are of kinds that the model has seen; on others its confidence says little.");

    public QualityEstimate {
        Expect.notNegative(rows, "rows");
        metrics = Expect.map(metrics, "metrics", 100);
        assumptions = Expect.list(assumptions, "assumptions", 100);
    }
}
