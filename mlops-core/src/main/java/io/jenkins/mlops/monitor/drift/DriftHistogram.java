package io.jenkins.mlops.monitor.drift;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;
import java.util.List;

/**
 * Both distributions of a column over the same bins.
 *
 * @param edges the ascending edges of the bins of numbers, one more than bins; empty for categories
 * @param labels the categories, most frequent first, the rest together as {@value #OTHERS}; empty for numbers
 * @param reference how many reference rows are in each bin
 * @param current how many current rows are in each bin
 */
public record DriftHistogram(List<Double> edges, List<String> labels, List<Long> reference, List<Long> current)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The label of all categories that have no bin of their own. */
    public static final String OTHERS = "(others)";

    /** The most bins. */
    public static final int MOST = 200;

    /** No histogram: nothing to count, or left out to keep a report small. */
    public static final DriftHistogram NONE = new DriftHistogram(List.of(), List.of(), List.of(), List.of());

    public DriftHistogram {
        edges = Expect.list(edges, "edges", MOST + 1);
        labels = Expect.list(labels, "labels", MOST);
        labels.forEach(label -> Expect.text(label, "a label", Expect.NAME));
        reference = Expect.list(reference, "counts", MOST);
        current = Expect.list(current, "counts", MOST);
        int bins = labels.isEmpty() ? Math.max(0, edges.size() - 1) : labels.size();
        Expect.that(
                reference.size() == bins && current.size() == bins,
                bins + " counts for each side",
                reference.size() + " and " + current.size());
    }

    public boolean none() {
        return reference.isEmpty();
    }
}
