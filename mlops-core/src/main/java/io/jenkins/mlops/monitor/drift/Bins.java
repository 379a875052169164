package io.jenkins.mlops.monitor.drift;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Counts of both sides over the same bins or categories.
 *
 * @param edges ascending edges of bins of numbers; empty for categories
 * @param labels the categories; empty for bins of numbers
 * @param reference counts of the reference
 * @param current counts of the current data
 */
record Bins(double[] edges, List<String> labels, double[] reference, double[] current) {
    /** A reference of more different values than this is cut into bins. */
    private static final int VALUES = 20;

    /** So many categories are shown by themselves. */
    private static final int SHOWN = 30;

    /**
     * Numbers as Evidently bins them: with more than 20 different values in the reference, equal bins over both samples,
     * as many as Sturges' rule says; else a bin for each value.
     *
     * @param whole whether both are whole numbers: then a bin is one wide at least, as NumPy has it
     */
    static Bins ofNumbers(Numbers reference, Numbers current, boolean whole) {
        return reference.distinct(VALUES + 1) > VALUES
                ? cut(reference, current, sturges(reference, current, reference.count() + current.count(), whole))
                : ofCategories(values(reference), values(current));
    }

    private static CategoryCounts values(Numbers numbers) {
        CategoryCounts counts = new CategoryCounts(Integer.MAX_VALUE);
        for (int i = 0; i < numbers.size(); ) {
            int next = i + 1;
            while (next < numbers.size() && numbers.value(next) == numbers.value(i)) {
                next++;
            }
            counts.add(ColumnSample.label(numbers.value(i)), numbers.upTo(next - 1) - numbers.upTo(i - 1));
            i = next;
        }
        return counts;
    }

    /**
     * The edges of Sturges' bins over both samples.
     *
     * @param count how many values the rule counts
     */
    static double[] sturges(Numbers reference, Numbers current, double count, boolean whole) {
        double first = Math.min(reference.min(), current.min());
        double last = Math.max(reference.max(), current.max());
        if (first == last) {
            return new double[] {first - 0.5, last + 0.5};
        }
        double width = (last - first) / (Math.log(count) / Math.log(2) + 1);
        if (whole && width < 1) {
            width = 1;
        }
        int bins = (int) Math.max(1, Math.ceil((last - first) / width));
        double[] edges = new double[bins + 1];
        double step = (last - first) / bins;
        for (int i = 0; i < bins; i++) {
            edges[i] = i * step + first;
        }
        edges[bins] = last;
        return edges;
    }

    /** Counts between edges; the last bin has its upper edge. */
    static Bins cut(Numbers reference, Numbers current, double[] edges) {
        return new Bins(edges, List.of(), counts(reference, edges), counts(current, edges));
    }

    private static double[] counts(Numbers numbers, double[] edges) {
        double[] counts = new double[edges.length - 1];
        long before = numbers.below(edges[0], false);
        for (int i = 0; i < counts.length; i++) {
            long upTo = numbers.below(edges[i + 1], i == counts.length - 1);
            counts[i] = upTo - before;
            before = upTo;
        }
        return counts;
    }

    /** A bin for each value that either side names, and one for the rest where there is any. */
    static Bins ofCategories(CategoryCounts reference, CategoryCounts current) {
        Set<String> all = new LinkedHashSet<>(reference.counts().keySet());
        all.addAll(current.counts().keySet());
        List<String> labels = new ArrayList<>(all);
        boolean rest = !reference.exact() || !current.exact();
        if (rest) {
            // What one side doesn't name is in its rest, and so must be on the other.
            labels.removeIf(label -> !reference.exact() && !reference.counts().containsKey(label)
                    || !current.exact() && !current.counts().containsKey(label));
        }
        labels.sort((a, b) -> {
            int byCount = Long.compare(count(reference, b), count(reference, a));
            byCount = byCount != 0 ? byCount : Long.compare(count(current, b), count(current, a));
            return byCount != 0 ? byCount : a.compareTo(b);
        });
        double[] first = counts(reference, labels);
        double[] second = counts(current, labels);
        if (!rest) {
            return new Bins(new double[0], labels, first, second);
        }
        labels.add(DriftHistogram.OTHERS);
        return new Bins(new double[0], labels, withRest(first, reference.total()), withRest(second, current.total()));
    }

    private static long count(CategoryCounts counts, String label) {
        return counts.counts().getOrDefault(label, 0L);
    }

    private static double[] counts(CategoryCounts counts, List<String> labels) {
        return labels.stream().mapToDouble(label -> count(counts, label)).toArray();
    }

    private static double[] withRest(double[] counts, long total) {
        double[] all = java.util.Arrays.copyOf(counts, counts.length + 1);
        all[counts.length] = Math.max(0, total - ChiSquare.sum(counts));
        return all;
    }

    /** Both distributions, with at most so many categories as a page can show. */
    DriftHistogram histogram() {
        if (edges.length > 0) {
            if (edges.length > DriftHistogram.MOST + 1) {
                return DriftHistogram.NONE;
            }
            List<Double> at = new ArrayList<>();
            for (double edge : edges) {
                at.add(edge);
            }
            return new DriftHistogram(at, List.of(), whole(reference), whole(current));
        }
        if (labels.isEmpty()) {
            return DriftHistogram.NONE;
        }
        int shown = labels.size() <= SHOWN ? labels.size() : SHOWN - 1;
        List<String> names = new ArrayList<>(labels.subList(0, shown));
        List<Long> first = whole(java.util.Arrays.copyOf(reference, shown));
        List<Long> second = whole(java.util.Arrays.copyOf(current, shown));
        if (shown < labels.size()) {
            names.add(DriftHistogram.OTHERS);
            first.add((long) (ChiSquare.sum(reference)
                    - first.stream().mapToLong(Long::longValue).sum()));
            second.add((long) (ChiSquare.sum(current)
                    - second.stream().mapToLong(Long::longValue).sum()));
        }
        return new DriftHistogram(List.of(), names, first, second);
    }

    private static List<Long> whole(double[] counts) {
        List<Long> whole = new ArrayList<>();
        for (double count : counts) {
            whole.add((long) count);
        }
        return whole;
    }
}
