package io.jenkins.mlops.gate;

import io.jenkins.mlops.evaluation.Comparison;
import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.evaluation.EvaluationText;
import io.jenkins.mlops.evaluation.Figures;
import io.jenkins.mlops.evaluation.MetricDifference;
import io.jenkins.mlops.evaluation.MetricValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An evaluation with its verdicts as Markdown, for the check of a pull request.
 *
 * <p>Names of metrics, slices and gates come from files and Jenkinsfiles of whoever asks for the pull: they stand in
 * code spans, where they are neither links nor mark-up and call nobody by name.
 */
public final class EvaluationMarkdown {
    /** Longest text, in characters; hosts of code refuse more than 65,535. */
    public static final int MOST_CHARACTERS = 60_000;

    private EvaluationMarkdown() {}

    /** One line: the verdict, and how many gates came to what. */
    public static String title(GateReport gates) {
        return GateText.lines(gates).get(0);
    }

    /** What was evaluated, on how many rows, and against whom. */
    public static String summary(EvaluationReport report) {
        StringBuilder summary = new StringBuilder(code(report.description()));
        if (report.rows() > 0) {
            summary.append(", ").append(Figures.count(report.rows(), "row"));
        }
        Comparison comparison = report.comparison();
        if (comparison != null) {
            summary.append("; compared with the champion");
            var champion = comparison.champion();
            if (champion != null) {
                summary.append(" (")
                        .append(code(champion.alias()))
                        .append(", version ")
                        .append(champion.version())
                        .append(')');
            }
            summary.append(" on the same ").append(Figures.count(comparison.rows(), "row"));
        }
        return summary.append('.').toString();
    }

    /**
     * Tables of the metrics, beside the champion's where there are any, and of the gates.
     *
     * @param registered the champion's metrics as it was registered with them, which are shown where it was not compared
     *     with on the same rows; empty for none
     */
    public static String text(EvaluationReport report, GateReport gates, Map<String, Double> registered) {
        List<String> lines = new ArrayList<>();
        Comparison comparison = report.comparison();
        if (comparison != null) {
            compared(comparison, lines);
        } else {
            metrics(report, registered, lines);
        }
        gates(gates, lines);
        report.warnings().forEach(warning -> lines.add("- " + code(warning)));
        return cut(lines);
    }

    private static void compared(Comparison comparison, List<String> lines) {
        lines.add("| metric | candidate | champion | difference | " + percent(comparison.level())
                + " interval | outcome |");
        lines.add("|---|---:|---:|---:|---|---|");
        comparison
                .differences()
                .forEach((name, difference) -> lines.add("| " + code(name) + " | "
                        + value(difference.candidate()) + " | " + value(difference.champion()) + " | "
                        + value(difference.difference()) + " | " + interval(difference) + " | "
                        + EvaluationText.outcome(name, difference) + " |"));
    }

    private static String interval(MetricDifference difference) {
        return difference.hasInterval() ? value(difference.lower()) + " to " + value(difference.upper()) : "";
    }

    private static void metrics(EvaluationReport report, Map<String, Double> registered, List<String> lines) {
        boolean champion = !registered.isEmpty();
        lines.add("| metric | candidate | " + percent(report.level()) + " interval |"
                + (champion ? " champion, as registered |" : ""));
        lines.add("|---|---:|---|" + (champion ? "---:|" : ""));
        for (Map.Entry<String, MetricValue> metric : report.metrics().entrySet()) {
            MetricValue value = metric.getValue();
            String before = registered.containsKey(metric.getKey()) ? value(registered.get(metric.getKey())) : "";
            lines.add("| " + code(metric.getKey()) + " | " + value(value.value()) + " | "
                    + (value.hasInterval() ? value(value.lower()) + " to " + value(value.upper()) : "") + " |"
                    + (champion ? " " + before + " |" : ""));
        }
        if (champion) {
            lines.add("");
            lines.add("The champion's figures are those that it was registered with, perhaps on other rows.");
        }
    }

    private static void gates(GateReport gates, List<String> lines) {
        lines.add("");
        if (gates.results().isEmpty()) {
            lines.add("No gates are set.");
            return;
        }
        lines.add("| verdict | gate | why |");
        lines.add("|---|---|---|");
        for (GateResult result : gates.results()) {
            lines.add(
                    "| " + result.verdict() + " | " + code(result.rule()) + " | " + code(result.explanation()) + " |");
        }
        lines.add("");
    }

    private static String percent(double level) {
        return Figures.format(Math.round(level * 1e6) / 1e4) + " %";
    }

    private static String value(double value) {
        return Double.isNaN(value) ? "undefined" : Figures.format(value);
    }

    /** Text in a code span, on one line, that ends neither the span nor a table's cell. */
    static String code(String text) {
        StringBuilder span = new StringBuilder("`");
        text.codePoints().forEach(c -> {
            if (c == '`') {
                span.append('\'');
            } else if (c == '|') {
                span.append("\\|");
            } else {
                span.appendCodePoint(Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c);
            }
        });
        return span.append('`').toString();
    }

    private static String cut(List<String> lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            if (text.length() + lines.get(i).length() > MOST_CHARACTERS) {
                return text.append("\nand ")
                        .append(lines.size() - i)
                        .append(" more lines, on the build's page\n")
                        .toString();
            }
            text.append(lines.get(i)).append('\n');
        }
        return text.toString();
    }
}
