package io.jenkins.mlops.monitor.drift;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.data.QuantileSketch;
import java.util.Arrays;

/** Takes the numbers of a column: as they are while the table's budget lasts, then into a quantile sketch. */
final class NumberCollector {
    private static final int FIRST = 16;

    private final ValueBudget budget;
    private final int sketchSize;
    private double[] values = new double[0];
    private int size;
    private QuantileSketch sketch;
    private long count;
    private long counted;
    private double mean;
    private double squares;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    NumberCollector(ValueBudget budget, int sketchSize) {
        this.budget = budget;
        this.sketchSize = sketchSize;
    }

    /** A finite number. */
    void add(double value) {
        count++;
        min = Math.min(min, value);
        max = Math.max(max, value);
        if (sketch == null) {
            if (size < values.length || grow()) {
                values[size++] = value;
                return;
            }
            sketch();
        }
        moment(value);
        sketch.add(value);
    }

    private boolean grow() {
        // Never more than Java's arrays hold; the budget ends long before.
        int more = values.length == 0 ? FIRST : Math.min(values.length, 1 << 29);
        if (!budget.take(more)) {
            return false;
        }
        values = Arrays.copyOf(values, values.length + more);
        return true;
    }

    private void sketch() {
        sketch = new QuantileSketch(sketchSize);
        for (int i = 0; i < size; i++) {
            moment(values[i]);
            sketch.add(values[i]);
        }
        budget.give(values.length);
        values = new double[0];
    }

    private void moment(double value) {
        counted++;
        double off = value - mean;
        mean += off / counted;
        squares += off * (value - mean);
    }

    long count() {
        return count;
    }

    double min() {
        return min;
    }

    double max() {
        return max;
    }

    /** The numbers in the order in which they came; null when they are not all kept. */
    @CheckForNull
    double[] inOrder() {
        return sketch == null ? Arrays.copyOf(values, size) : null;
    }

    /** The numbers, sorted; of a column with none, an empty one. */
    Numbers numbers() {
        if (sketch == null) {
            return Numbers.of(Arrays.copyOf(values, size));
        }
        QuantileSketch.Points points = sketch.points();
        return Numbers.weighted(
                points.values(), points.weights(), sketch.rankError(), mean, Math.sqrt(squares / counted));
    }
}
