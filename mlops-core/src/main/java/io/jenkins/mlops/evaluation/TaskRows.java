package io.jenkins.mlops.evaluation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;
import java.util.Map;

/**
 * The rows of one predictions file, decoded for their task: what each task has to offer to the {@link Evaluator}.
 *
 * @param <R> the implementing class
 */
interface TaskRows<R extends TaskRows<R>> {
    /** Number of rows. */
    int rows();

    /** The given rows, in the given order. */
    R subset(int[] rows);

    /** All metrics asked for, in display order. */
    Map<String, MetricValue> metrics(EvaluationOptions options, List<String> warnings);

    /** The metrics of both models on the same rows, with what the pairing tells. */
    Map<String, MetricDifference> compare(R champion, EvaluationOptions options);

    /** The same rows with the weights of others: the champion's file need not hold them. */
    R weightedAs(R other);

    /** The first row whose label differs, or -1. */
    int firstDifferentLabel(R other);

    @CheckForNull
    default ConfusionMatrix confusion() {
        return null;
    }

    default List<Curve> curves(EvaluationOptions options) {
        return List.of();
    }
}
