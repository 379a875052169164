package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.comparison.ComparedMetric;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.evaluation.interval.Interval;
import io.jenkins.mlops.evaluation.interval.Mover;
import io.jenkins.plugins.mlops.registry.lineage.chart.IntervalBar;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;

/** One metric of two versions, with the difference and how sure it is. */
public final class MetricDifferenceView {
    private final ComparedMetric metric;

    @CheckForNull
    private final Interval interval;

    MetricDifferenceView(ComparedMetric metric) {
        this.metric = metric;
        MetricValue from = metric.from();
        MetricValue to = metric.to();
        boolean known = from != null && to != null && from.hasInterval() && to.hasInterval();
        this.interval = known
                ? Mover.difference(
                        from.value(),
                        new Interval(from.lower(), from.upper(), from.interval()),
                        to.value(),
                        new Interval(to.lower(), to.upper(), to.interval()))
                : null;
    }

    public String getName() {
        return metric.name();
    }

    public String getFrom() {
        return value(metric.from());
    }

    public String getFromInterval() {
        return interval(metric.from());
    }

    public String getTo() {
        return value(metric.to());
    }

    public String getToInterval() {
        return interval(metric.to());
    }

    private static String value(@CheckForNull MetricValue value) {
        return value == null ? "\u2013" : NumberText.metric(value.value());
    }

    private static String interval(@CheckForNull MetricValue value) {
        return value == null || !value.hasInterval()
                ? ""
                : NumberText.metric(value.lower()) + " \u2013 " + NumberText.metric(value.upper());
    }

    public String getDifference() {
        return Double.isNaN(metric.difference()) ? "" : NumberText.difference(metric.difference());
    }

    public String getInterval() {
        Interval known = interval;
        return known == null
                ? ""
                : NumberText.difference(known.lower()) + " \u2026 " + NumberText.difference(known.upper());
    }

    /** The interval around "no difference"; null without one. */
    @CheckForNull
    public IntervalBar getBar() {
        Interval known = interval;
        if (known == null || !Double.isFinite(known.lower()) || !Double.isFinite(known.upper())) {
            return null;
        }
        double reach = Math.max(Math.abs(known.lower()), Math.abs(known.upper()));
        return new IntervalBar.Domain(-reach, reach, 0)
                .bar(
                        metric.name() + " " + getDifference() + ", " + getInterval(),
                        metric.difference(),
                        known.lower(),
                        known.upper());
    }

    private boolean unclear() {
        Interval known = interval;
        return known != null && known.lower() <= 0 && known.upper() >= 0;
    }

    /** What the difference means, with a sign; empty where nobody knows which way the metric gets better. */
    public String getOutcome() {
        return switch (metric.change()) {
            case BETTER -> unclear() ? Messages.MetricDifferenceView_unclear() : Messages.MetricDifferenceView_better();
            case WORSE -> unclear() ? Messages.MetricDifferenceView_unclear() : Messages.MetricDifferenceView_worse();
            case SAME -> Messages.MetricDifferenceView_same();
            case UNKNOWN -> "";
        };
    }

    /** The CSS class of the outcome. */
    public String getStyle() {
        return switch (metric.change()) {
            case BETTER -> unclear() ? "" : "mlops-better";
            case WORSE -> unclear() ? "" : "mlops-worse";
            default -> "";
        };
    }
}
