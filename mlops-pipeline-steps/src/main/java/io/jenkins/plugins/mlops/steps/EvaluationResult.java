package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.evaluation.Figures;
import io.jenkins.mlops.evaluation.MetricCatalog;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code evaluateModel} returns: the metrics and the verdict, readable in a sandboxed Jenkinsfile. */
public final class EvaluationResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String task;
    private final long rows;
    private final String verdict;
    private final LinkedHashMap<String, Double> metrics = new LinkedHashMap<>();
    private final LinkedHashMap<String, Double> lower = new LinkedHashMap<>();
    private final LinkedHashMap<String, Double> upper = new LinkedHashMap<>();

    EvaluationResult(String id, String verdict, EvaluationReport report) {
        this.id = id;
        this.task = report.task().name();
        this.rows = report.rows();
        this.verdict = verdict;
        report.metrics().forEach((name, metric) -> {
            metrics.put(name, metric.value());
            if (metric.hasInterval()) {
                lower.put(name, metric.lower());
                upper.put(name, metric.upper());
            }
        });
    }

    /** The evaluation's id within its build. */
    @Whitelisted
    public String getId() {
        return id;
    }

    /** The kind of prediction, such as {@code BINARY}. */
    @Whitelisted
    public String getTask() {
        return task;
    }

    @Whitelisted
    public long getRows() {
        return rows;
    }

    /** What the gates said: {@code PASS}, {@code FAIL} or {@code INCONCLUSIVE}. */
    @Whitelisted
    public String getVerdict() {
        return verdict;
    }

    @Whitelisted
    public boolean isPassed() {
        return verdict.equals("PASS");
    }

    /** Value by metric. */
    @Whitelisted
    public Map<String, Double> getMetrics() {
        return Collections.unmodifiableMap(metrics);
    }

    /** Lower bounds of the confidence intervals, for the metrics that have one. */
    @Whitelisted
    public Map<String, Double> getLower() {
        return Collections.unmodifiableMap(lower);
    }

    /** Upper bounds of the confidence intervals, for the metrics that have one. */
    @Whitelisted
    public Map<String, Double> getUpper() {
        return Collections.unmodifiableMap(upper);
    }

    /** One metric by its name or a usual other name ({@code auc} for {@code roc_auc}); null if there is none. */
    @CheckForNull
    @Whitelisted
    public Double metric(String name) {
        return MetricCatalog.findIn(name, metrics.keySet()).map(metrics::get).orElse(null);
    }

    @Whitelisted
    @Override
    public String toString() {
        return "evaluation of " + Figures.count(rows, "row") + ": " + verdict + " " + metrics;
    }
}
