package io.jenkins.mlops.evaluation;

import java.io.Serializable;
import java.util.Map;

/**
 * The paired comparison of candidate and champion on the same rows.
 *
 * @param rows rows compared
 * @param joinedBy how the two files were joined, such as {@code column 'id'} or {@code row order, equal labels}
 * @param level confidence level of the intervals, between 0 and 1
 * @param differences metric by name, in display order
 */
public record Comparison(long rows, String joinedBy, double level, Map<String, MetricDifference> differences)
        implements Serializable {
    public Comparison {
        Bounds.notNegative(rows, "rows of the comparison");
        Bounds.text(joinedBy, "join of the comparison");
        Bounds.level(level, "confidence level of the comparison");
        differences = Bounds.map(differences, Bounds.METRICS, "differences of the comparison");
    }
}
