package io.jenkins.mlops.evaluation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.Map;

/**
 * The paired comparison of candidate and champion on the same rows.
 *
 * @param rows rows compared
 * @param joinedBy how the two files were joined, such as {@code column 'id'} or {@code row order, equal labels}
 * @param level confidence level of the intervals, between 0 and 1
 * @param differences metric by name, in display order
 * @param champion the version that it was compared with, as the controller knew it; null when nobody said which model
 *     this is
 */
public record Comparison(
        long rows,
        String joinedBy,
        double level,
        Map<String, MetricDifference> differences,
        @CheckForNull ComparedChampion champion)
        implements Serializable {
    public Comparison {
        Bounds.notNegative(rows, "rows of the comparison");
        Bounds.text(joinedBy, "join of the comparison");
        Bounds.level(level, "confidence level of the comparison");
        differences = Bounds.map(differences, Bounds.METRICS, "differences of the comparison");
    }

    /** A comparison with a champion that is not known by version. */
    public Comparison(long rows, String joinedBy, double level, Map<String, MetricDifference> differences) {
        this(rows, joinedBy, level, differences, null);
    }

    /** The same, knowing which version it was compared with. */
    public Comparison against(@CheckForNull ComparedChampion version) {
        return new Comparison(rows, joinedBy, level, differences, version);
    }
}
