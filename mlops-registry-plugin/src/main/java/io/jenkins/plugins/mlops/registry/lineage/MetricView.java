package io.jenkins.plugins.mlops.registry.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.evaluation.Direction;
import io.jenkins.mlops.evaluation.Metric;
import io.jenkins.mlops.evaluation.MetricCatalog;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.plugins.mlops.registry.lineage.chart.IntervalBar;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One metric of an evaluation or of a slice. */
@ExportedBean(defaultVisibility = 999)
public final class MetricView {
    private final String name;
    private final MetricValue metric;
    private final boolean headline;

    @CheckForNull
    private final IntervalBar bar;

    /**
     * A metric on a scale that it shares with others.
     *
     * @param domain null draws no bar
     */
    MetricView(String name, MetricValue metric, boolean headline, @CheckForNull IntervalBar.Domain domain) {
        this.name = name;
        this.metric = metric;
        this.headline = headline;
        this.bar = domain == null || Double.isNaN(metric.value())
                ? null
                : domain.bar(describe(name, metric), metric.value(), metric.lower(), metric.upper());
    }

    /** A metric on the scale of its possible values, if these are bounded. */
    static MetricView onItsRange(String name, MetricValue metric, boolean headline) {
        Metric known = MetricCatalog.find(name).orElse(null);
        boolean bounded = known != null && Double.isFinite(known.lowest()) && Double.isFinite(known.highest());
        return new MetricView(
                name,
                metric,
                headline,
                bounded ? new IntervalBar.Domain(known.lowest(), known.highest(), Double.NaN) : null);
    }

    /** Where a metric stands in a table: as in the catalog, which a document written by sorted keys no longer tells. */
    public static int place(String name) {
        int place = 0;
        for (Metric metric : MetricCatalog.all()) {
            if (name.equals(metric.name()) || name.startsWith(metric.name() + "_")) {
                return place;
            }
            place++;
        }
        return place;
    }

    private static String describe(String name, MetricValue metric) {
        String value = name + " " + NumberText.metric(metric.value());
        return metric.hasInterval()
                ? value + ", " + NumberText.metric(metric.lower()) + " \u2013 " + NumberText.metric(metric.upper())
                : value;
    }

    @Exported
    public String getName() {
        return name;
    }

    /** The value; null if it is undefined or infinite. */
    @Exported
    @CheckForNull
    public Double getValue() {
        return NamedNumber.finite(metric.value());
    }

    /** The lower bound of its interval; null without one. */
    @Exported
    @CheckForNull
    public Double getLower() {
        return NamedNumber.finite(metric.lower());
    }

    /** The upper bound of its interval; null without one. */
    @Exported
    @CheckForNull
    public Double getUpper() {
        return NamedNumber.finite(metric.upper());
    }

    /** How the interval was found; empty without one. */
    @Exported
    public String getMethod() {
        return metric.interval();
    }

    /** Whether it stands in the build's headline. */
    @Exported
    public boolean isHeadline() {
        return headline;
    }

    public String getValueText() {
        return NumberText.metric(metric.value());
    }

    public String getIntervalText() {
        return metric.hasInterval()
                ? NumberText.metric(metric.lower()) + " \u2013 " + NumberText.metric(metric.upper())
                : "";
    }

    /** One line for a newcomer; empty for metrics that are not the field's. */
    public String getMeaning() {
        String meaning = MetricCatalog.find(name).map(Metric::meaning).orElse("");
        Direction direction = MetricCatalog.direction(name);
        if (meaning.isEmpty() || direction == Direction.UNKNOWN) {
            return meaning;
        }
        return direction == Direction.HIGHER ? Messages.MetricView_higher(meaning) : Messages.MetricView_lower(meaning);
    }

    @CheckForNull
    public IntervalBar getBar() {
        return bar;
    }
}
