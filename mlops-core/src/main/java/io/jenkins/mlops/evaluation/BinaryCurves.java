package io.jenkins.mlops.evaluation;

import io.jenkins.mlops.evaluation.metric.Probabilities.Calibration;
import io.jenkins.mlops.evaluation.metric.RankedScores;
import java.util.ArrayList;
import java.util.List;

/** Draws the ROC, precision-recall and calibration curves, thinned so that the shape is kept. */
final class BinaryCurves {
    /** Points of a curve at most: more than a screen shows. */
    static final int MOST_POINTS = 500;

    /** Steps of each axis: a point is kept when the curve has moved on by one of them, or turns. */
    private static final double STEPS = 200;

    private BinaryCurves() {}

    static List<Curve> of(RankedScores ranked, int bins) {
        double[] totals = new double[2];
        Calibration calibration = new Calibration(bins);
        ranked.descend(null, (threshold, p, n) -> {
            totals[0] += p;
            totals[1] += n;
            calibration.add(true, threshold, p);
            calibration.add(false, threshold, n);
        });
        List<Curve> curves = new ArrayList<>();
        if (totals[0] > 0 && totals[1] > 0) {
            curves.add(roc(ranked, totals[0], totals[1]));
        }
        if (totals[0] > 0) {
            curves.add(precisionRecall(ranked, totals[0]));
        }
        curves.add(calibration(calibration));
        return curves;
    }

    private static Curve roc(RankedScores ranked, double positives, double negatives) {
        Thinned points = new Thinned();
        points.add(0, 0, Double.POSITIVE_INFINITY);
        double[] seen = new double[2];
        ranked.descend(null, (threshold, p, n) -> {
            seen[0] += p;
            seen[1] += n;
            points.add(seen[1] / negatives, seen[0] / positives, threshold);
        });
        return points.curve("roc", "false positive rate", "true positive rate");
    }

    private static Curve precisionRecall(RankedScores ranked, double positives) {
        Thinned points = new Thinned();
        points.add(0, 1, Double.POSITIVE_INFINITY);
        double[] seen = new double[2];
        ranked.descend(null, (threshold, p, n) -> {
            seen[0] += p;
            seen[1] += n;
            points.add(seen[0] / positives, seen[0] / (seen[0] + seen[1]), threshold);
        });
        return points.curve("pr", "recall", "precision");
    }

    private static Curve calibration(Calibration calibration) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (int i = 0; i < calibration.bins(); i++) {
            if (calibration.weight(i) > 0) {
                x.add(calibration.meanScore(i));
                y.add(calibration.frequency(i));
                weights.add(calibration.weight(i));
            }
        }
        return new Curve("calibration", "mean score", "share of positives", x, y, List.of(), weights);
    }

    /** Keeps the ends, and of the rest each point at which the curve has moved on by a step or turned a corner. */
    private static final class Thinned {
        private final List<double[]> kept = new ArrayList<>();
        private double[] before;
        private double[] last;

        void add(double x, double y, double threshold) {
            double[] point = {x, y, threshold};
            if (last == null) {
                kept.add(point);
            } else if (turns(point) && movedOn(last)) {
                kept.add(last);
            }
            before = last;
            last = point;
        }

        /** Whether the line from the point before over the last one to this one has a corner at the last one. */
        private boolean turns(double[] point) {
            if (before == null) {
                return false;
            }
            double cross = (last[0] - before[0]) * (point[1] - last[1]) - (last[1] - before[1]) * (point[0] - last[0]);
            return cross != 0;
        }

        private boolean movedOn(double[] point) {
            double[] from = kept.get(kept.size() - 1);
            return Math.abs(point[0] - from[0]) + Math.abs(point[1] - from[1]) >= 1 / STEPS;
        }

        Curve curve(String name, String xAxis, String yAxis) {
            if (last != null && kept.get(kept.size() - 1) != last) {
                kept.add(last);
            }
            List<double[]> points = kept;
            // A precision that swings wildly can pass the step test any number of times.
            if (points.size() > MOST_POINTS) {
                points = new ArrayList<>();
                for (int i = 0; i < MOST_POINTS; i++) {
                    points.add(kept.get((int) ((long) i * (kept.size() - 1) / (MOST_POINTS - 1))));
                }
            }
            List<Double> x = new ArrayList<>();
            List<Double> y = new ArrayList<>();
            List<Double> thresholds = new ArrayList<>();
            for (double[] point : points) {
                x.add(point[0]);
                y.add(point[1]);
                thresholds.add(point[2]);
            }
            return new Curve(name, xAxis, yAxis, x, y, thresholds, List.of());
        }
    }
}
