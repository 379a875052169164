package io.jenkins.mlops.gate;

import io.jenkins.mlops.evaluation.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** The verdicts of a gate as plain text in 100 columns, for the build console. */
public final class GateText {
    private static final int COLUMN = "  INCONCLUSIVE  ".length();

    private GateText() {}

    /** All verdicts, line ends {@code \n}, the last one included. */
    public static String render(GateReport report) {
        return String.join("\n", lines(report)) + "\n";
    }

    /** The same, line by line: the overall verdict first, then each rule with its explanation. */
    public static List<String> lines(GateReport report) {
        List<String> lines = new ArrayList<>();
        if (report.results().isEmpty()) {
            lines.add("Gates: PASS (no gates are set, so nothing was checked)");
            return lines;
        }
        lines.add("Gates: " + report.verdict() + " (" + tally(report) + ")");
        for (GateResult result : report.results()) {
            String verdict = "  " + result.verdict();
            lines.addAll(TextTable.wrap(verdict + " ".repeat(COLUMN - verdict.length()), COLUMN, result.rule()));
            lines.addAll(TextTable.wrap(" ".repeat(COLUMN), COLUMN, result.explanation()));
        }
        return lines;
    }

    private static String tally(GateReport report) {
        StringJoiner tally = new StringJoiner(", ");
        for (Verdict verdict : Verdict.values()) {
            long count = report.results().stream()
                    .filter(result -> result.verdict() == verdict)
                    .count();
            if (count > 0) {
                tally.add(count + " "
                        + switch (verdict) {
                            case PASS -> "passed";
                            case INCONCLUSIVE -> "inconclusive";
                            case FAIL -> "failed";
                        });
            }
        }
        return tally.toString();
    }
}
