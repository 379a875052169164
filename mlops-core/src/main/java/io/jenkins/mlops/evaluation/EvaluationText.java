package io.jenkins.mlops.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An evaluation as plain text in 100 columns, for the build console. */
public final class EvaluationText {
    private static final int MOST_SLICES = 30;
    private static final int MOST_CLASSES = 8;
    private static final int MOST_METRICS_OF_A_SLICE = 5;

    /** What is shown of a slice, of those that it has, most telling first. */
    private static final List<String> HEADLINES = List.of(
            "roc_auc",
            "f1",
            "f1_macro",
            "accuracy",
            "recall",
            "precision",
            "balanced_accuracy",
            "log_loss",
            "rmse",
            "mae",
            "r2",
            "mape",
            "ndcg",
            "map",
            "mrr",
            "exact_match",
            "token_f1",
            "rouge_l",
            "bleu");

    private EvaluationText() {}

    /** The whole evaluation, line ends {@code \n}, the last one included. */
    public static String render(EvaluationReport report) {
        return String.join("\n", lines(report)) + "\n";
    }

    /** The same, line by line. */
    public static List<String> lines(EvaluationReport report) {
        List<String> lines = new ArrayList<>(TextTable.wrap("Evaluation: ", 12, report.description()));
        if (report.rows() > 0 && report.task() != Task.GIVEN) {
            lines.add("            " + Figures.count(report.rows(), "row"));
        }
        lines.add("");
        lines.addAll(indented(metrics(report)));
        confusion(report, lines);
        slices(report, lines);
        comparison(report, lines);
        if (!report.warnings().isEmpty()) {
            lines.add("");
        }
        for (String warning : report.warnings()) {
            lines.addAll(TextTable.wrap("  warning: ", 11, warning));
        }
        return lines;
    }

    private static List<String> indented(TextTable table) {
        return table.lines().stream().map(line -> "  " + line).toList();
    }

    private static String percent(double level) {
        return Figures.format(Math.round(level * 1e6) / 1e4) + " % interval";
    }

    private static TextTable metrics(EvaluationReport report) {
        boolean intervals = report.metrics().values().stream().anyMatch(MetricValue::hasInterval);
        TextTable table = intervals
                ? new TextTable("metric", ">value", percent(report.level()), "better", "interval by")
                : new TextTable("metric", ">value", "better");
        report.metrics().forEach((name, metric) -> {
            String better =
                    switch (MetricCatalog.direction(name)) {
                        case HIGHER -> "higher";
                        case LOWER -> "lower";
                        case UNKNOWN -> "";
                    };
            String value = value(metric.value());
            if (intervals) {
                table.row(name, value, interval(metric.lower(), metric.upper()), better, metric.interval());
            } else {
                table.row(name, value, better);
            }
        });
        return table;
    }

    private static String value(double value) {
        return Double.isNaN(value) ? "undefined" : Figures.format(value);
    }

    private static String interval(double lower, double upper) {
        return Double.isNaN(lower) ? "" : Figures.format(lower) + " to " + Figures.format(upper);
    }

    private static void confusion(EvaluationReport report, List<String> lines) {
        ConfusionMatrix matrix = report.confusion();
        if (matrix == null || matrix.labels().size() > MOST_CLASSES) {
            return;
        }
        int size = matrix.labels().size();
        String[] header = new String[size + 1];
        header[0] = "actual \\ predicted";
        for (int p = 0; p < size; p++) {
            header[p + 1] = ">" + shortened(matrix.labels().get(p));
        }
        TextTable table = new TextTable(header);
        for (int t = 0; t < size; t++) {
            String[] cells = new String[size + 1];
            cells[0] = shortened(matrix.labels().get(t));
            for (int p = 0; p < size; p++) {
                cells[p + 1] = Figures.format(matrix.count(t, p));
            }
            table.row(cells);
        }
        lines.add("");
        lines.addAll(indented(table));
    }

    private static String shortened(String label) {
        return label.codePointCount(0, label.length()) <= 12
                ? label
                : label.substring(0, label.offsetByCodePoints(0, 9)) + "...";
    }

    private static void slices(EvaluationReport report, List<String> lines) {
        if (report.slices().isEmpty()) {
            return;
        }
        Map<String, MetricValue> first = report.slices().get(0).metrics();
        List<String> names = HEADLINES.stream()
                .filter(first::containsKey)
                .limit(MOST_METRICS_OF_A_SLICE)
                .toList();
        if (names.isEmpty()) {
            names = first.keySet().stream().limit(MOST_METRICS_OF_A_SLICE).toList();
        }
        List<String> header = new ArrayList<>(List.of("slice", ">rows"));
        names.forEach(name -> header.add(">" + name));
        TextTable table = new TextTable(header.toArray(String[]::new));
        for (SliceReport slice :
                report.slices().subList(0, Math.min(MOST_SLICES, report.slices().size()))) {
            List<String> cells = new ArrayList<>(List.of(slice.displayName(), Long.toString(slice.rows())));
            for (String name : names) {
                MetricValue metric = slice.metrics().get(name);
                cells.add(metric == null ? "" : value(metric.value()));
            }
            table.row(cells.toArray(String[]::new));
        }
        lines.add("");
        lines.addAll(indented(table));
        if (report.slices().size() > MOST_SLICES) {
            lines.add("  and " + Figures.count(report.slices().size() - MOST_SLICES, "more slice"));
        }
    }

    private static void comparison(EvaluationReport report, List<String> lines) {
        Comparison comparison = report.comparison();
        if (comparison == null) {
            return;
        }
        lines.add("");
        lines.add("  Compared with the champion on the same " + Figures.count(comparison.rows(), "row") + ", joined by "
                + TextTable.plain(comparison.joinedBy()) + ":");
        lines.add("");
        TextTable table = new TextTable(
                "metric", ">candidate", ">champion", ">difference", percent(comparison.level()), ">p", "outcome");
        comparison
                .differences()
                .forEach((name, difference) -> table.row(
                        name,
                        value(difference.candidate()),
                        value(difference.champion()),
                        signed(difference.difference()),
                        difference.hasInterval()
                                ? signed(difference.lower()) + " to " + signed(difference.upper())
                                : "",
                        pValue(difference.pValue()),
                        outcome(name, difference)));
        lines.addAll(indented(table));
    }

    private static String signed(double value) {
        return Double.isNaN(value) ? "undefined" : (value > 0 ? "+" : "") + Figures.format(value);
    }

    private static String pValue(double p) {
        return Double.isNaN(p) ? "" : p < 0.001 ? "<0.001" : String.format(Locale.ROOT, "%.3f", p);
    }

    /** What a difference comes to: {@code better}, {@code worse}, {@code same} or {@code unclear}; empty without a test. */
    public static String outcome(String name, MetricDifference difference) {
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
}
