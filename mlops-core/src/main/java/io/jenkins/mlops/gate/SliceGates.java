package io.jenkins.mlops.gate;

import static io.jenkins.mlops.gate.MetricGates.fail;
import static io.jenkins.mlops.gate.MetricGates.shown;
import static io.jenkins.mlops.gate.RuleText.number;

import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.evaluation.Figures;
import io.jenkins.mlops.evaluation.MetricCatalog;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.evaluation.SliceReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges the rules on slices and on the number of rows. */
final class SliceGates {
    private static final int MOST_NAMED = 5;

    private SliceGates() {}

    static GateResult everySlice(EverySlice rule, GateInput input, Map<String, Double> evidence) {
        EvaluationReport report = input.evaluation();
        if (report == null) {
            return fail(rule, evidence, "there is no evaluation to judge; run evaluateModel before the gate");
        }
        if (report.slices().isEmpty()) {
            return fail(
                    rule,
                    evidence,
                    "the evaluation has no slices; name the columns to slice by, such as slices:" + " ['region']");
        }
        String wrong = MetricGates.wrongWay(rule.metric(), rule.isLowerBound());
        if (!wrong.isEmpty()) {
            return fail(rule, evidence, wrong);
        }
        boolean lowerBound = rule.isLowerBound();
        double bound = rule.bound();
        evidence.put(lowerBound ? "atLeast" : "atMost", bound);
        List<String> broken = new ArrayList<>();
        List<String> small = new ArrayList<>();
        String worstName = "";
        double worst = Double.NaN;
        int judged = 0;
        for (SliceReport slice : report.slices()) {
            if (slice.rows() < rule.minRows()) {
                small.add(slice.displayName() + " (" + Figures.count(slice.rows(), "row") + ")");
                continue;
            }
            judged++;
            Optional<String> name =
                    MetricCatalog.findIn(rule.metric(), slice.metrics().keySet());
            if (name.isEmpty()) {
                return fail(
                        rule,
                        evidence,
                        MissingMetric.explain(rule.metric(), slice.metrics().keySet(), "slice " + slice.displayName()));
            }
            MetricValue metric = slice.metrics().get(name.get());
            double value = metric.value();
            evidence.put(slice.displayName(), value);
            if (Double.isNaN(value)) {
                broken.add(slice.displayName() + " where " + name.get() + " is undefined (NaN, "
                        + Figures.count(slice.rows(), "row") + ")");
            } else {
                if (lowerBound ? value < bound : value > bound) {
                    broken.add(slice.displayName() + " with " + shown(value) + " (" + Figures.count(slice.rows(), "row")
                            + ")");
                }
                if (Double.isNaN(worst) || (lowerBound ? value < worst : value > worst)) {
                    worst = value;
                    worstName = slice.displayName();
                }
            }
        }
        evidence.put("slicesJudged", (double) judged);
        evidence.put("slicesTooSmall", (double) small.size());
        String wanted = rule.metric() + (lowerBound ? " of at least " : " of at most ") + number(bound);
        String ignored = small.isEmpty()
                ? ""
                : "; not judged, for fewer than " + Figures.count(rule.minRows(), "row") + ": " + named(small);
        if (!broken.isEmpty()) {
            return fail(
                    rule,
                    evidence,
                    "expected " + wanted + " in every slice, found " + broken.size() + " of " + judged + " without: "
                            + named(broken) + ignored);
        }
        if (judged == 0) {
            return new GateResult(
                    rule.describe(),
                    Verdict.INCONCLUSIVE,
                    "no slice has the " + Figures.count(rule.minRows(), "row") + " to be judged: " + named(small)
                            + "; evaluate on more rows",
                    evidence);
        }
        return new GateResult(
                rule.describe(),
                Verdict.PASS,
                (judged == 1 ? "the one slice judged has " : "all " + judged + " slices judged have ") + wanted
                        + "; the worst is " + worstName + " with " + shown(worst) + ignored,
                evidence);
    }

    static GateResult sampleSize(SampleSize rule, GateInput input, Map<String, Double> evidence) {
        EvaluationReport report = input.evaluation();
        if (report == null) {
            return fail(rule, evidence, "there is no evaluation to judge; run evaluateModel before the gate");
        }
        evidence.put("rows", (double) report.rows());
        evidence.put("atLeast", (double) rule.atLeast());
        if (report.rows() < rule.atLeast()) {
            return fail(
                    rule,
                    evidence,
                    "expected an evaluation over at least " + Figures.count(rule.atLeast(), "row") + ", found "
                            + (report.rows() == 0 ? "none stated" : Long.toString(report.rows())));
        }
        if (!rule.slices()) {
            return new GateResult(
                    rule.describe(),
                    Verdict.PASS,
                    "evaluated over " + Figures.count(report.rows(), "row") + ", at least " + rule.atLeast()
                            + " were asked",
                    evidence);
        }
        if (report.slices().isEmpty()) {
            return fail(
                    rule,
                    evidence,
                    "the evaluation has no slices; name the columns to slice by, such as slices:" + " ['region']");
        }
        List<String> small = report.slices().stream()
                .filter(slice -> slice.rows() < rule.atLeast())
                .map(slice -> slice.displayName() + " (" + Figures.count(slice.rows(), "row") + ")")
                .toList();
        if (!small.isEmpty()) {
            return fail(
                    rule,
                    evidence,
                    "expected at least " + Figures.count(rule.atLeast(), "row") + " in every slice, found fewer in "
                            + named(small));
        }
        return new GateResult(
                rule.describe(),
                Verdict.PASS,
                "evaluated over " + Figures.count(report.rows(), "row") + ", and every slice has at least "
                        + rule.atLeast(),
                evidence);
    }

    private static String named(List<String> names) {
        if (names.size() <= MOST_NAMED) {
            return String.join(", ", names);
        }
        return String.join(", ", names.subList(0, MOST_NAMED)) + " and " + (names.size() - MOST_NAMED) + " more";
    }
}
