package io.jenkins.mlops.gate;

import static io.jenkins.mlops.gate.RuleText.number;

import io.jenkins.mlops.evaluation.ComparedChampion;
import io.jenkins.mlops.evaluation.Comparison;
import io.jenkins.mlops.evaluation.Direction;
import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.evaluation.Figures;
import io.jenkins.mlops.evaluation.MetricCatalog;
import io.jenkins.mlops.evaluation.MetricDifference;
import io.jenkins.mlops.evaluation.MetricValue;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Judges the rules on one metric of the whole evaluation: a bound, and non-inferiority to the champion. */
final class MetricGates {
    /** Intervals at 0.95 and rules at 0.95 must meet, whatever way the number was computed. */
    private static final double LEVEL_TOLERANCE = 1e-9;

    private MetricGates() {}

    static GateResult threshold(Threshold rule, GateInput input, Map<String, Double> evidence) {
        EvaluationReport report = input.evaluation();
        if (report == null) {
            return fail(rule, evidence, "there is no evaluation to judge; run evaluateModel before the gate");
        }
        Optional<String> name = report.findMetric(rule.metric());
        if (name.isEmpty()) {
            return fail(
                    rule,
                    evidence,
                    MissingMetric.explain(rule.metric(), report.metrics().keySet(), "the evaluation"));
        }
        String wrong = wrongWay(rule.metric(), rule.isLowerBound());
        if (!wrong.isEmpty()) {
            return fail(rule, evidence, wrong);
        }
        MetricValue metric = report.metrics().get(name.get());
        evidence.put(name.get(), metric.value());
        if (Double.isNaN(metric.value())) {
            return fail(
                    rule,
                    evidence,
                    name.get() + " is undefined (NaN) for this evaluation, and a gate can't pass on"
                            + " it; see the evaluation's warnings");
        }
        boolean lowerBound = rule.isLowerBound();
        double bound = rule.bound();
        evidence.put(lowerBound ? "atLeast" : "atMost", bound);
        String found = name.get() + " is " + shown(metric.value());
        String wanted = (lowerBound ? "at least " : "at most ") + number(bound);
        Double level = rule.confidence();
        if (level == null) {
            boolean holds = lowerBound ? metric.value() >= bound : metric.value() <= bound;
            return holds
                    ? new GateResult(rule.describe(), Verdict.PASS, found + ", " + wanted + " was asked", evidence)
                    : fail(
                            rule,
                            evidence,
                            "expected " + wanted + ", found " + shown(metric.value()) + " ("
                                    + shown(Math.abs(metric.value() - bound))
                                    + (lowerBound ? " too low)" : " too high)"));
        }
        if (!metric.hasInterval()) {
            return fail(
                    rule,
                    evidence,
                    found + ", but it has no confidence interval, which confidence: " + number(level)
                            + " asks for; evaluate from a predictions file, or leave confidence out");
        }
        if (report.level() + LEVEL_TOLERANCE < level) {
            return fail(rule, evidence, tooLowLevel(report.level(), level));
        }
        evidence.put("lower", metric.lower());
        evidence.put("upper", metric.upper());
        evidence.put("level", report.level());
        String interval = found + " with " + interval(report.level(), metric.lower(), metric.upper());
        boolean clears = lowerBound ? metric.lower() >= bound : metric.upper() <= bound;
        boolean misses = lowerBound ? metric.upper() < bound : metric.lower() > bound;
        if (clears) {
            return new GateResult(
                    rule.describe(), Verdict.PASS, interval + ": all of it is " + wanted + ", as asked", evidence);
        }
        if (misses) {
            return fail(rule, evidence, "expected " + wanted + "; " + interval + " misses it altogether");
        }
        return new GateResult(
                rule.describe(),
                Verdict.INCONCLUSIVE,
                "expected " + wanted + "; " + interval + " has values on both sides of it: evaluate on more rows",
                evidence);
    }

    static GateResult noWorseThan(NoWorseThan rule, GateInput input, Map<String, Double> evidence) {
        if (input.vacant().contains(rule.alias())) {
            return new GateResult(
                    rule.describe(),
                    Verdict.PASS,
                    "first version: nobody holds the alias '" + rule.alias()
                            + "' yet, so there is nothing to be worse than",
                    Map.of("firstVersion", 1.0));
        }
        String outdated = input.outdated().get(rule.alias());
        if (outdated != null) {
            return new GateResult(rule.describe(), Verdict.INCONCLUSIVE, outdated, evidence);
        }
        Comparison comparison = input.comparisons().get(rule.alias());
        if (comparison == null) {
            return fail(
                    rule,
                    evidence,
                    "the candidate was not compared with the holder of alias '" + rule.alias()
                            + "'; evaluate both on the same rows by giving evaluateModel the champion's predictions file");
        }
        Optional<String> name =
                MetricCatalog.findIn(rule.metric(), comparison.differences().keySet());
        if (name.isEmpty()) {
            return fail(
                    rule,
                    evidence,
                    MissingMetric.explain(
                            rule.metric(), comparison.differences().keySet(), "the comparison"));
        }
        Direction known = MetricCatalog.direction(name.get());
        Direction stated = rule.direction() == null ? known : rule.direction();
        if (stated == Direction.UNKNOWN) {
            return fail(
                    rule,
                    evidence,
                    "it is not known whether a higher or a lower " + name.get()
                            + " is better; state direction: 'HIGHER' or 'LOWER'");
        }
        if (known != Direction.UNKNOWN && stated != known) {
            return fail(
                    rule,
                    evidence,
                    name.get() + " is better when " + known.name().toLowerCase(Locale.ROOT)
                            + ", the gate states the opposite; leave direction out");
        }
        return nonInferior(rule, comparison, name.get(), stated, evidence);
    }

    private static GateResult nonInferior(
            NoWorseThan rule, Comparison comparison, String name, Direction direction, Map<String, Double> evidence) {
        MetricDifference difference = comparison.differences().get(name);
        evidence.put("candidate", difference.candidate());
        evidence.put("champion", difference.champion());
        evidence.put("difference", difference.difference());
        evidence.put("margin", rule.margin());
        evidence.put("rows", (double) comparison.rows());
        ComparedChampion champion = comparison.champion();
        if (champion != null) {
            evidence.put("championVersion", (double) champion.version());
        }
        if (Double.isNaN(difference.difference())) {
            return fail(
                    rule,
                    evidence,
                    "the difference in " + name + " is undefined (NaN): candidate " + shown(difference.candidate())
                            + ", champion " + shown(difference.champion()));
        }
        if (!difference.hasInterval()) {
            return fail(
                    rule,
                    evidence,
                    "the difference in " + name
                            + " has no confidence interval, so it can't be told from chance; allow bootstrap resamples");
        }
        if (comparison.level() + LEVEL_TOLERANCE < rule.confidence()) {
            return fail(rule, evidence, tooLowLevel(comparison.level(), rule.confidence()));
        }
        evidence.put("lower", difference.lower());
        evidence.put("upper", difference.upper());
        evidence.put("level", comparison.level());
        // In units of "better": a positive gain is an improvement, whatever the metric's direction.
        boolean higher = direction == Direction.HIGHER;
        double worstGain = higher ? difference.lower() : -difference.upper();
        double bestGain = higher ? difference.upper() : -difference.lower();
        String found = name + " is " + shown(difference.candidate()) + ", the " + rule.alias() + "'s is "
                + shown(difference.champion()) + " on the same " + Figures.count(comparison.rows(), "row")
                + "; difference "
                + signed(difference.difference()) + " with "
                + percent(comparison.level()) + signed(difference.lower()) + " to " + signed(difference.upper())
                + (difference.isSame() ? " (no draw from these rows tells the two apart)" : "");
        if (worstGain > -rule.margin()) {
            return new GateResult(
                    rule.describe(),
                    Verdict.PASS,
                    found + (worstGain > 0 ? ": better" : ": not worse by the margin " + number(rule.margin())),
                    evidence);
        }
        if (bestGain < -rule.margin()) {
            return fail(rule, evidence, found + ": worse by more than the margin " + number(rule.margin()));
        }
        return new GateResult(
                rule.describe(),
                Verdict.INCONCLUSIVE,
                found + ": it may or may not be worse by the margin " + number(rule.margin())
                        + "; evaluate on more rows, or accept a wider margin",
                evidence);
    }

    /** Why a bound on a metric points the wrong way, or empty. */
    static String wrongWay(String metric, boolean lowerBound) {
        Direction direction = MetricCatalog.direction(metric);
        if (direction == Direction.LOWER && lowerBound) {
            return metric + " is better when lower, so atLeast would pass bad models and stop good ones; use atMost";
        }
        if (direction == Direction.HIGHER && !lowerBound) {
            return metric + " is better when higher, so atMost would pass bad models and stop good ones; use atLeast";
        }
        return "";
    }

    static String tooLowLevel(double level, double wanted) {
        return "the evaluation's intervals are at confidence " + number(level) + ", the gate asks for " + number(wanted)
                + "; evaluate with confidence: " + number(wanted) + " or higher";
    }

    static GateResult fail(GateRule rule, Map<String, Double> evidence, String explanation) {
        return new GateResult(rule.describe(), Verdict.FAIL, explanation, evidence);
    }

    static String interval(double level, double lower, double upper) {
        return percent(level) + shown(lower) + " to " + shown(upper);
    }

    private static String percent(double level) {
        return number(Math.round(level * 1e6) / 1e4) + " % interval ";
    }

    static String signed(double value) {
        return (value > 0 ? "+" : "") + shown(value);
    }

    /** Four significant digits and no fewer than are needed to tell 0.9999 from 1. */
    static String shown(double value) {
        return Figures.format(value);
    }
}
