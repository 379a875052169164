package io.jenkins.plugins.mlops.registry.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.evaluation.Comparison;
import io.jenkins.mlops.evaluation.ConfusionMatrix;
import io.jenkins.mlops.evaluation.Curve;
import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.evaluation.Task;
import io.jenkins.mlops.gate.GateReport;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An evaluation as a page and the REST API show it. */
@ExportedBean(defaultVisibility = 999)
public final class EvaluationView {
    private static final int MOST_METRICS = 200;

    private final EvaluationFact fact;

    @CheckForNull
    private final EvaluationReport report;

    @CheckForNull
    private final GateReport gates;

    private final String problem;

    private String ownName = "";
    private String otherName = "";
    private Map<String, Curve> otherCurves = Map.of();

    public EvaluationView(EvaluationFact fact, @CheckForNull EvaluationDocument document, String problem) {
        this.fact = fact;
        this.report = document == null ? null : document.report();
        this.gates = document == null ? null : document.gates();
        this.problem = problem;
    }

    /**
     * Draws another model's curves beside its own.
     *
     * @param name what this one is called in the legend
     * @param other what the other one is called
     * @param curves the other one's curves by name; may be empty
     */
    public EvaluationView against(String name, String other, Map<String, Curve> curves) {
        ownName = name;
        otherName = other;
        otherCurves = new TreeMap<>(curves);
        return this;
    }

    /** Whether any curve has the other model's beside it. */
    public boolean isOverlaid() {
        EvaluationReport found = report;
        return found != null && found.curves().stream().anyMatch(curve -> otherCurves.containsKey(curve.name()));
    }

    /** What this model is called in the legend. */
    public String getOwnName() {
        return ownName;
    }

    /** What the other model is called in the legend. */
    public String getOtherName() {
        return otherName;
    }

    @Exported
    public String getId() {
        return fact.getId();
    }

    @Exported
    public String getName() {
        return fact.getName();
    }

    @Exported
    public String getTask() {
        return fact.getTask();
    }

    @Exported
    public long getRows() {
        return fact.getRows();
    }

    /** {@code PASS}, {@code FAIL} or {@code INCONCLUSIVE}. */
    @Exported
    public String getVerdict() {
        return fact.getVerdict();
    }

    /** Id of the run whose model was evaluated; empty if that is not known. */
    @Exported
    public String getRunId() {
        return fact.getRunId();
    }

    /** Digest of the predictions file; empty for given metrics. */
    @Exported
    public String getDataDigest() {
        return fact.getDataDigest();
    }

    /** What was evaluated and how the columns were understood. */
    @Exported
    public String getDescription() {
        return report == null ? "" : report.description();
    }

    /** Confidence level of the intervals. */
    @Exported
    @CheckForNull
    public Double getLevel() {
        return report == null ? null : (Double) report.level();
    }

    /** The headline metrics as the build recorded them. */
    @Exported(inline = true)
    public List<NamedNumber> getHeadline() {
        return NamedNumber.of(fact.getHeadline());
    }

    @Exported(inline = true)
    public List<MetricView> getMetrics() {
        List<MetricView> list = new ArrayList<>();
        if (report != null) {
            report.metrics()
                    .forEach((name, value) -> list.add(MetricView.onItsRange(
                            name, value, fact.getHeadline().containsKey(name))));
        }
        list.sort(Comparator.comparingInt(metric -> MetricView.place(metric.getName())));
        return list;
    }

    @Exported(inline = true)
    @CheckForNull
    public ConfusionView getConfusion() {
        ConfusionMatrix matrix = report == null ? null : report.confusion();
        return matrix == null ? null : new ConfusionView(matrix);
    }

    @Exported(inline = true)
    public List<CurveView> getCurves() {
        EvaluationReport found = report;
        return found == null
                ? List.of()
                : found.curves().stream()
                        .map(curve -> new CurveView(curve, figure(curve, found))
                                .against(ownName, otherName, otherCurves.get(curve.name())))
                        .toList();
    }

    private static String figure(Curve curve, EvaluationReport report) {
        String metric =
                switch (curve.name()) {
                    case "roc" -> "roc_auc";
                    case "pr" -> "average_precision";
                    case "calibration" -> "ece";
                    default -> "";
                };
        MetricValue value = report.metrics().get(metric);
        return value == null ? "" : metric + " " + NumberText.metric(value.value());
    }

    @Exported(inline = true)
    public List<SliceView> getSlices() {
        return report == null
                ? List.of()
                : report.slices().stream().map(SliceView::new).toList();
    }

    @Exported(inline = true)
    @CheckForNull
    public ComparisonView getComparison() {
        Comparison comparison = report == null ? null : report.comparison();
        return comparison == null ? null : new ComparisonView(comparison);
    }

    @Exported(inline = true)
    public List<GateView> getGates() {
        return gates == null
                ? List.of()
                : gates.results().stream().map(GateView::new).toList();
    }

    /** What a reader should know before trusting a number. */
    @Exported
    public List<String> getWarnings() {
        return report == null ? List.of() : report.warnings();
    }

    /** Why there is only the headline; empty if there is all. */
    public String getProblem() {
        return problem;
    }

    /** As many metrics as a page takes, the headline first. */
    public List<MetricView> getShownMetrics() {
        List<MetricView> list = new ArrayList<>(getMetrics());
        list.sort((a, b) -> Boolean.compare(b.isHeadline(), a.isHeadline()));
        return list.subList(0, Math.min(MOST_METRICS, list.size()));
    }

    /** How many metrics the page leaves to the REST API. */
    public int getHiddenMetrics() {
        return Math.max(0, getMetrics().size() - MOST_METRICS);
    }

    /** The slices by column, the headline metrics first. */
    public List<SliceView.Table> getSliceTables() {
        return report == null
                ? List.of()
                : SliceView.Table.of(
                        report.slices(), new ArrayList<>(fact.getHeadline().keySet()), report.metrics());
    }

    public Badge getBadge() {
        return Badge.of(fact.getVerdict());
    }

    /** Kind of prediction and number of rows in one line. */
    public String getShape() {
        String task = fact.getTask();
        for (Task known : Task.values()) {
            if (known.name().equalsIgnoreCase(task)) {
                task = known.displayName();
            }
        }
        return fact.getRows() > 0
                ? task + " \u00b7 " + Messages.LineagePage_rows(NumberText.count(fact.getRows()))
                : task;
    }

    /** The interval column's title, with the confidence level. */
    public String getLevelText() {
        return report == null ? "" : NumberText.percent(report.level());
    }

    /** Whether any metric has a bar to show. */
    public boolean isBarred() {
        return getMetrics().stream().anyMatch(metric -> metric.getBar() != null);
    }

    /** Whether any metric has an interval. */
    public boolean isInterval() {
        return report != null && report.metrics().values().stream().anyMatch(MetricValue::hasInterval);
    }

    /** The headline in one line, as a summary has it. */
    public static String headline(Map<String, Double> headline, int most) {
        StringBuilder text = new StringBuilder();
        headline.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> MetricView.place(entry.getKey())))
                .limit(most)
                .forEach(entry -> text.append(text.length() == 0 ? "" : " \u00b7 ")
                        .append(NamedNumber.isolated(entry.getKey()))
                        .append(' ')
                        .append(NumberText.metric(entry.getValue())));
        return text.toString();
    }
}
