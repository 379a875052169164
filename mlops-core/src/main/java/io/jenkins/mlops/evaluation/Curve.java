package io.jenkins.mlops.evaluation;

import java.io.Serializable;
import java.util.List;

/**
 * A curve to draw, thinned so that its shape is kept.
 *
 * @param name {@code roc}, {@code pr} or {@code calibration}
 * @param xAxis what x is, such as {@code false positive rate}
 * @param yAxis what y is
 * @param x the points' x
 * @param y the points' y, as many
 * @param thresholds the score from which on a row counts as positive at this point ({@code roc}, {@code pr}; the first
 *     point of {@code roc} and the last of {@code pr} have positive infinity: nothing is positive), else empty
 * @param weights rows (or their weight) behind each point ({@code calibration}), else empty
 */
public record Curve(
        String name,
        String xAxis,
        String yAxis,
        List<Double> x,
        List<Double> y,
        List<Double> thresholds,
        List<Double> weights)
        implements Serializable {
    public Curve {
        Bounds.text(name, "name of the curve");
        Bounds.text(xAxis, "x axis of the curve");
        Bounds.text(yAxis, "y axis of the curve");
        x = Bounds.list(x, Bounds.POINTS, "points of the curve");
        y = Bounds.list(y, Bounds.POINTS, "points of the curve");
        thresholds = Bounds.list(thresholds, Bounds.POINTS, "thresholds of the curve");
        weights = Bounds.list(weights, Bounds.POINTS, "weights of the curve");
        if (x.size() != y.size()
                || !thresholds.isEmpty() && thresholds.size() != x.size()
                || !weights.isEmpty() && weights.size() != x.size()) {
            throw new EvaluationException("curve '" + name + "' has " + x.size() + " x, " + y.size() + " y, "
                    + thresholds.size() + " thresholds and " + weights.size() + " weights");
        }
    }
}
