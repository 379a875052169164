package io.jenkins.mlops.comparison;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.evaluation.TextTable;
import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.mlops.registry.ModelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A comparison of two versions as plain text for a console. */
public final class ComparisonText {
    private ComparisonText() {}

    /** The lines, one table for each kind of difference; what doesn't differ is said in one line. */
    public static List<String> lines(VersionComparison comparison) {
        List<String> lines = new ArrayList<>();
        lines.add("comparing " + name(comparison.from()) + " with " + name(comparison.to()));
        metrics(comparison, lines);
        values("parameter", "parameters", comparison.params(), comparison, lines);
        values("tag", "tags", comparison.tags(), comparison, lines);
        data(comparison, lines);
        code(comparison, lines);
        long files = VersionComparison.changed(comparison.files()).size();
        lines.add("files: "
                + (files == 0 ? "the same" : files + " of " + comparison.files().size() + " differ"));
        return lines;
    }

    private static String name(ModelVersion version) {
        return version.model() + " version " + version.number();
    }

    private static void metrics(VersionComparison comparison, List<String> lines) {
        if (comparison.metrics().isEmpty()) {
            lines.add("metrics: none on either side");
            return;
        }
        TextTable table = new TextTable(
                "metric", ">" + side(comparison.from()), ">" + side(comparison.to()), ">difference", "means");
        for (ComparedMetric metric : comparison.metrics()) {
            double difference = metric.difference();
            table.row(
                    metric.name(),
                    value(metric.from()),
                    value(metric.to()),
                    Double.isNaN(difference) ? "" : String.format(Locale.ROOT, "%+.4g", difference),
                    meaning(metric));
        }
        lines.addAll(table.lines());
    }

    private static String meaning(ComparedMetric metric) {
        return switch (metric.change()) {
            case BETTER -> metric.intervalsApart() ? "better, intervals apart" : "better";
            case WORSE -> metric.intervalsApart() ? "worse, intervals apart" : "worse";
            case SAME -> "same";
            case UNKNOWN -> "";
        };
    }

    private static String side(ModelVersion version) {
        return "version " + version.number();
    }

    private static String value(@CheckForNull MetricValue value) {
        if (value == null) {
            return "-";
        }
        String shown = number(value.value());
        return value.hasInterval() ? shown + " [" + number(value.lower()) + ", " + number(value.upper()) + "]" : shown;
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "undefined" : String.format(Locale.ROOT, "%.4g", value);
    }

    private static void values(
            String one, String many, List<ComparedValue> all, VersionComparison comparison, List<String> lines) {
        List<ComparedValue> changed = VersionComparison.changed(all);
        if (changed.isEmpty()) {
            lines.add(many + ": " + (all.isEmpty() ? "none on either side" : "the same"));
            return;
        }
        TextTable table = new TextTable(one, side(comparison.from()), side(comparison.to()));
        for (ComparedValue value : changed) {
            table.row(value.name(), shown(value.from()), shown(value.to()));
        }
        lines.addAll(table.lines());
    }

    private static String shown(@CheckForNull String value) {
        return value == null ? "-" : value;
    }

    private static void data(VersionComparison comparison, List<String> lines) {
        if (comparison.sameData()) {
            lines.add("data: the same");
            return;
        }
        if (comparison.from().dataDigests().isEmpty()
                && comparison.to().dataDigests().isEmpty()) {
            lines.add("data: not recorded on either side");
            return;
        }
        comparison.dataOnlyFrom().forEach(digest -> lines.add("data: only " + side(comparison.from()) + ": " + digest));
        comparison.dataOnlyTo().forEach(digest -> lines.add("data: only " + side(comparison.to()) + ": " + digest));
    }

    private static void code(VersionComparison comparison, List<String> lines) {
        CodeRef before = comparison.from().commit();
        CodeRef after = comparison.to().commit();
        if (comparison.sameCode()) {
            lines.add("code: the same");
            return;
        }
        lines.add("code: " + commit(before) + " -> " + commit(after));
        String diff = comparison.codeDiff();
        if (diff != null) {
            lines.add("code: " + diff);
        }
    }

    private static String commit(@CheckForNull CodeRef code) {
        return code == null ? "not recorded" : code.commit() + (code.dirty() ? " with changes" : "");
    }
}
