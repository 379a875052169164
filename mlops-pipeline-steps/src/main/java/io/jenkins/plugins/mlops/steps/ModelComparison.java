package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.comparison.ComparedMetric;
import io.jenkins.mlops.comparison.ComparedValue;
import io.jenkins.mlops.comparison.VersionComparison;
import io.jenkins.mlops.evaluation.MetricValue;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code compareModels} returns: two versions side by side, readable in a sandboxed Jenkinsfile. */
public final class ModelComparison implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String model;
    private final int from;
    private final int to;
    private final LinkedHashMap<String, Metric> metrics;
    private final ArrayList<String> changedParams;
    private final boolean sameData;
    private final boolean sameCode;
    private final String codeDiff;

    private ModelComparison(VersionComparison comparison) {
        model = comparison.to().model();
        from = comparison.from().number();
        to = comparison.to().number();
        metrics = new LinkedHashMap<>();
        comparison.metrics().forEach(metric -> metrics.put(metric.name(), new Metric(metric)));
        changedParams = new ArrayList<>();
        for (ComparedValue param : VersionComparison.changed(comparison.params())) {
            changedParams.add(param.name());
        }
        sameData = comparison.sameData();
        sameCode = comparison.sameCode();
        String diff = comparison.codeDiff();
        codeDiff = diff == null ? "" : diff;
    }

    static ModelComparison of(VersionComparison comparison) {
        return new ModelComparison(comparison);
    }

    @Whitelisted
    public String getModel() {
        return model;
    }

    /** The number of the version compared with. */
    @Whitelisted
    public int getFrom() {
        return from;
    }

    /** The number of the version looked at. */
    @Whitelisted
    public int getTo() {
        return to;
    }

    /** The metrics of either version by name. */
    @Whitelisted
    public Map<String, Metric> getMetrics() {
        return Collections.unmodifiableMap(metrics);
    }

    /** Names of the parameters that differ, sorted. */
    @Whitelisted
    public List<String> getChangedParams() {
        return Collections.unmodifiableList(changedParams);
    }

    /** Whether both were made from the same snapshots; false where that isn't known. */
    @Whitelisted
    public boolean isSameData() {
        return sameData;
    }

    /** Whether both were made from the same commit; false where that isn't known. */
    @Whitelisted
    public boolean isSameCode() {
        return sameCode;
    }

    /** The command that shows how the code differs; empty where there is nothing to show. */
    @Whitelisted
    public String getCodeDiff() {
        return codeDiff;
    }

    /** Names of the metrics that are better, in display order. */
    @Whitelisted
    public List<String> getBetter() {
        return with("BETTER");
    }

    /** Names of the metrics that are worse, in display order. */
    @Whitelisted
    public List<String> getWorse() {
        return with("WORSE");
    }

    private List<String> with(String change) {
        List<String> names = new ArrayList<>();
        metrics.forEach((name, metric) -> {
            if (metric.getChange().equals(change)) {
                names.add(name);
            }
        });
        return names;
    }

    @Whitelisted
    @Override
    public String toString() {
        return model + " version " + to + " compared with version " + from;
    }

    /** One metric of both versions. */
    public static final class Metric implements Serializable {
        private static final long serialVersionUID = 1L;

        @CheckForNull
        private final Double from;

        @CheckForNull
        private final Double to;

        private final double difference;
        private final String change;
        private final boolean intervalsApart;

        private Metric(ComparedMetric metric) {
            from = value(metric.from());
            to = value(metric.to());
            difference = metric.difference();
            change = metric.change().name();
            intervalsApart = metric.intervalsApart();
        }

        @CheckForNull
        private static Double value(@CheckForNull MetricValue value) {
            return value == null ? null : (Double) value.value();
        }

        /** The value of the version compared with; null where it has none. */
        @Whitelisted
        @CheckForNull
        public Double getFrom() {
            return from;
        }

        /** The value of the version looked at; null where it has none. */
        @Whitelisted
        @CheckForNull
        public Double getTo() {
            return to;
        }

        /** {@code to} minus {@code from}; NaN where one is absent. */
        @Whitelisted
        public double getDifference() {
            return difference;
        }

        /** {@code BETTER}, {@code WORSE}, {@code SAME} or {@code UNKNOWN}. */
        @Whitelisted
        public String getChange() {
            return change;
        }

        /** Whether the confidence intervals have no point in common. */
        @Whitelisted
        public boolean isIntervalsApart() {
            return intervalsApart;
        }

        @Whitelisted
        @Override
        public String toString() {
            return from + " -> " + to + " (" + change + ")";
        }
    }
}
