package io.jenkins.mlops.monitor.retraining;

import io.jenkins.mlops.evaluation.Direction;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.evaluation.interval.Distributions;
import io.jenkins.mlops.monitor.QualityRecord;
import io.jenkins.mlops.monitor.WindowRecord;
import io.jenkins.mlops.monitor.drift.DriftReport;
import io.jenkins.mlops.monitor.quality.QualityEstimate;
import io.jenkins.mlops.monitor.retraining.RetrainingAttempt.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a retraining helped: the last {@value #WINDOWS} windows before it was decided against the first {@value
 * #WINDOWS} of its version, on the best basis that both sides have.
 */
public final class EffectMeasure {
    /** So many windows on either side are put together. */
    public static final int WINDOWS = 3;

    private static final double LEVEL = 0.95;

    private EffectMeasure() {}

    /**
     * The quality of one window.
     *
     * @param version the version that served in it
     * @param millis when it was kept
     * @param rows what the value rests on
     * @param value a share, such as accuracy
     */
    public record Point(int version, long millis, double rows, MetricValue value) {}

    /**
     * The attempt with what is known of its effect; itself when nothing is, or it hasn't succeeded.
     *
     * <p>A better or worse quality counts as soon as it is beyond the intervals; no difference, and a version that doesn't
     * come to serve, only after {@value #WINDOWS} windows. What labels say that come later replaces what was estimated.
     *
     * @param labelled accuracy by labels, window by window, in any order; empty without labels
     * @param windows the monitor's windows, in any order
     */
    public static RetrainingAttempt measured(
            RetrainingAttempt attempt, List<Point> labelled, List<WindowRecord> windows) {
        return measured(attempt, labelled, Direction.HIGHER, windows);
    }

    /**
     * As {@link #measured(RetrainingAttempt, List, List)}, with labels that show another metric than accuracy.
     *
     * @param better which way that metric is better; with {@link Direction#UNKNOWN} it is no basis
     */
    public static RetrainingAttempt measured(
            RetrainingAttempt attempt, List<Point> labelled, Direction better, List<WindowRecord> windows) {
        if (attempt.state() != State.SUCCEEDED) {
            return attempt;
        }
        List<Point> estimated = new ArrayList<>();
        List<Point> drifted = new ArrayList<>();
        for (WindowRecord window : windows) {
            estimate(window, estimated);
            drift(window, drifted);
        }
        Map<Basis, List<Point>> bases = Map.of(
                Basis.LABELS,
                better == Direction.UNKNOWN ? List.of() : labelled,
                Basis.ESTIMATE,
                estimated,
                Basis.DRIFT,
                drifted);
        for (Basis basis : List.of(Basis.LABELS, Basis.ESTIMATE, Basis.DRIFT)) {
            List<Point> points = bases.get(basis);
            List<Point> before = points.stream()
                    .filter(point -> point.millis() <= attempt.claimedMillis())
                    .sorted(Comparator.comparingLong(Point::millis).reversed())
                    .limit(WINDOWS)
                    .toList();
            List<Point> after = points.stream()
                    .filter(point -> point.millis() > attempt.claimedMillis()
                            && attempt.version() > 0
                            && point.version() == attempt.version())
                    .sorted(Comparator.comparingLong(Point::millis))
                    .limit(WINDOWS)
                    .toList();
            if (!before.isEmpty() && !after.isEmpty()) {
                MetricValue was = together(before);
                MetricValue is = together(after);
                Direction direction =
                        switch (basis) {
                            case LABELS -> better;
                            case DRIFT -> Direction.LOWER;
                            default -> Direction.HIGHER;
                        };
                Effect effect = Effect.of(was, is, direction);
                boolean soon = effect == Effect.NO_DIFFERENCE && after.size() < WINDOWS;
                return attempt.measured(was, is, basis, soon ? Effect.UNKNOWN : effect);
            }
        }
        long others = windows.stream()
                .filter(window -> window.keptMillis() > attempt.endedMillis()
                        && window.result().rows() > 0)
                .filter(window -> window.version() != attempt.version() || attempt.version() == 0)
                .count();
        return others >= WINDOWS && attempt.effect() == Effect.UNKNOWN
                ? attempt.measured(attempt.before(), null, Basis.NONE, Effect.NO_DIFFERENCE)
                : attempt;
    }

    /**
     * What labels show of a monitor's windows. A window has the time at which it was kept: its labels may have come long
     * after a retraining that they tell the state before of.
     *
     * @param metric the metric that is watched
     * @param qualities the quality by labels, in any order
     * @param windows the monitor's windows, in any order; the quality of one that is none of them is left out
     */
    public static List<Point> labelled(String metric, List<QualityRecord> qualities, List<WindowRecord> windows) {
        Map<String, Long> kept = new HashMap<>();
        windows.forEach(window -> kept.put(window.result().key(), window.keptMillis()));
        List<Point> points = new ArrayList<>();
        for (QualityRecord record : qualities) {
            Long millis = kept.get(record.quality().key());
            MetricValue value = record.quality().metrics().get(metric);
            if (millis != null && value != null && !Double.isNaN(value.value())) {
                points.add(new Point(record.version(), millis, record.quality().labelled(), value));
            }
        }
        return points;
    }

    private static void estimate(WindowRecord window, List<Point> points) {
        QualityEstimate estimate = window.result().estimate();
        MetricValue accuracy = estimate == null ? null : estimate.metrics().get("accuracy");
        if (accuracy != null && !Double.isNaN(accuracy.value())) {
            points.add(new Point(window.version(), window.keptMillis(), estimate.rows(), accuracy));
        }
    }

    private static void drift(WindowRecord window, List<Point> points) {
        DriftReport drift = window.result().drift();
        if (drift != null && !Double.isNaN(drift.share()) && !drift.columns().isEmpty()) {
            int columns = drift.columns().size();
            points.add(new Point(window.version(), window.keptMillis(), columns, wilson(drift.share(), columns)));
        }
    }

    /** Wilson's score interval of a share of {@code n}, as if columns drifted apart from each other. */
    private static MetricValue wilson(double share, double n) {
        double z = Distributions.normalWidth(LEVEL);
        double middle = (share + z * z / (2 * n)) / (1 + z * z / n);
        double width = z / (1 + z * z / n) * Math.sqrt(share * (1 - share) / n + z * z / (4 * n * n));
        // Rounding must not leave the share outside of its own interval.
        return new MetricValue(
                share,
                Math.min(share, Math.max(0, middle - width)),
                Math.max(share, Math.min(1, middle + width)),
                "wilson");
    }

    /** The mean by rows; its interval from those of the windows as of independent ones, where all have one. */
    static MetricValue together(List<Point> points) {
        double rows = points.stream().mapToDouble(Point::rows).sum();
        double value = 0;
        double below = 0;
        double above = 0;
        boolean intervals = rows > 0;
        for (Point point : points) {
            double share = rows > 0 ? point.rows() / rows : 1.0 / points.size();
            MetricValue metric = point.value();
            value += share * metric.value();
            intervals &= metric.hasInterval();
            if (metric.hasInterval()) {
                below += Math.pow(share * (metric.value() - metric.lower()), 2);
                above += Math.pow(share * (metric.upper() - metric.value()), 2);
            }
        }
        if (points.size() == 1) {
            return points.get(0).value();
        }
        return intervals
                ? new MetricValue(
                        value,
                        Math.max(0, value - Math.sqrt(below)),
                        Math.min(1, value + Math.sqrt(above)),
                        "mean of " + points.size() + " windows")
                : MetricValue.of(value);
    }
}
