package io.jenkins.plugins.mlops.registry.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.evaluation.Direction;
import io.jenkins.mlops.evaluation.MetricCatalog;
import io.jenkins.mlops.evaluation.MetricDifference;
import io.jenkins.plugins.mlops.registry.lineage.chart.IntervalBar;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One metric of the candidate beside the champion's. */
@ExportedBean(defaultVisibility = 999)
public final class DifferenceView {
    private final String name;
    private final MetricDifference difference;

    DifferenceView(String name, MetricDifference difference) {
        this.name = name;
        this.difference = difference;
    }

    @Exported
    public String getName() {
        return name;
    }

    @Exported
    @CheckForNull
    public Double getCandidate() {
        return NamedNumber.finite(difference.candidate());
    }

    @Exported
    @CheckForNull
    public Double getChampion() {
        return NamedNumber.finite(difference.champion());
    }

    /** Candidate minus champion. */
    @Exported
    @CheckForNull
    public Double getDifference() {
        return NamedNumber.finite(difference.difference());
    }

    @Exported
    @CheckForNull
    public Double getLower() {
        return NamedNumber.finite(difference.lower());
    }

    @Exported
    @CheckForNull
    public Double getUpper() {
        return NamedNumber.finite(difference.upper());
    }

    /** The two-sided p-value of "no difference". */
    @Exported(name = "pValue")
    @CheckForNull
    public Double getProbability() {
        return NamedNumber.finite(difference.pValue());
    }

    @Exported
    public String getMethod() {
        return difference.method();
    }

    /** {@code better}, {@code worse}, {@code same}, {@code unclear}, or empty where the direction or the interval is not known. */
    @Exported
    public String getOutcome() {
        Direction direction = MetricCatalog.direction(name);
        if (!difference.hasInterval() || direction == Direction.UNKNOWN) {
            return "";
        }
        if (difference.isSame()) {
            return "same";
        }
        if (difference.lower() <= 0 && difference.upper() >= 0) {
            return "unclear";
        }
        return difference.lower() > 0 == (direction == Direction.HIGHER) ? "better" : "worse";
    }

    public String getCandidateText() {
        return NumberText.metric(difference.candidate());
    }

    public String getChampionText() {
        return NumberText.metric(difference.champion());
    }

    public String getDifferenceText() {
        return NumberText.difference(difference.difference());
    }

    public String getIntervalText() {
        return difference.hasInterval()
                ? NumberText.difference(difference.lower()) + " \u2026 " + NumberText.difference(difference.upper())
                : "";
    }

    /** The p-value and the method, as far as there are any. */
    public String getTest() {
        double p = difference.pValue();
        if (Double.isNaN(p)) {
            return difference.method();
        }
        return (p < 0.0001 ? "p < 0.0001" : "p " + NumberText.metric(p)) + " \u00b7 " + difference.method();
    }

    /** The outcome in words, with a sign. */
    public String getOutcomeText() {
        return switch (getOutcome()) {
            case "better" -> Messages.DifferenceView_better();
            case "worse" -> Messages.DifferenceView_worse();
            case "same" -> Messages.DifferenceView_same();
            case "unclear" -> Messages.DifferenceView_unclear();
            default -> "";
        };
    }

    /** The interval around "no difference"; null without one. */
    @CheckForNull
    public IntervalBar getBar() {
        if (!difference.hasInterval() || !Double.isFinite(difference.lower()) || !Double.isFinite(difference.upper())) {
            return null;
        }
        double reach = Math.max(Math.abs(difference.lower()), Math.abs(difference.upper()));
        String text = name + " " + getDifferenceText() + ", " + getIntervalText();
        return new IntervalBar.Domain(-reach, reach, 0)
                .bar(text, difference.difference(), difference.lower(), difference.upper());
    }
}
