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
        Walk walk = new Walk(ranked.positives(), ranked.negatives(), bins);
        ranked.descend(null, walk);
        List<Curve> curves = new ArrayList<>();
        if (walk.positives > 0 && walk.negatives > 0) {
            curves.add(walk.roc.curve("roc", "false positive rate", "true positive rate"));
        }
        if (walk.positives > 0) {
            curves.add(walk.precisionRecall.curve("pr", "recall", "precision"));
        }
        curves.add(calibration(walk.calibration));
        return curves;
    }

    private static final class Walk implements RankedScores.Steps {
        private final double positives;
        private final double negatives;
        private final Calibration calibration;
        private final Thinned roc = new Thinned(0, 0);
        private final Thinned precisionRecall = new Thinned(0, 1);
        private double tp;
        private double fp;

        Walk(double positives, double negatives, int bins) {
            this.positives = positives;
            this.negatives = negatives;
            calibration = new Calibration(bins);
        }

        @Override
        public void step(double threshold, double p, double n) {
            tp += p;
            fp += n;
            calibration.add(threshold, p, n);
            roc.add(fp / negatives, tp / positives, threshold);
            precisionRecall.add(tp / positives, tp / (tp + fp), threshold);
        }
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
        private double lastX;
        private double lastY;
        private double lastThreshold = Double.POSITIVE_INFINITY;
        private double beforeX = Double.NaN;
        private double beforeY;
        private double keptX;
        private double keptY;

        /** Begins where nothing is called positive. */
        Thinned(double x, double y) {
            lastX = x;
            lastY = y;
            keep();
        }

        void add(double x, double y, double threshold) {
            // A corner at the last point, unless the curve has hardly moved since the point that was kept before it.
            if (Math.abs(lastX - keptX) + Math.abs(lastY - keptY) >= 1 / STEPS
                    && Math.abs((lastX - beforeX) * (y - lastY) - (lastY - beforeY) * (x - lastX)) > 0) {
                keep();
            }
            beforeX = lastX;
            beforeY = lastY;
            lastX = x;
            lastY = y;
            lastThreshold = threshold;
        }

        private void keep() {
            kept.add(new double[] {lastX, lastY, lastThreshold});
            keptX = lastX;
            keptY = lastY;
        }

        Curve curve(String name, String xAxis, String yAxis) {
            if (lastThreshold < kept.get(kept.size() - 1)[2]) {
                keep();
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
